package dev.fovea.core.kernels.conv.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Its gradients are compared with the definition in {@link DirectCases}, among those of few channels. */
class SpreadWeightsTest {
  private final DirectKernels kernels = DirectKernels.get();

  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  @Test
  void isMadeForFewFiltersAndRowsOfTheKernelThatFillTwoVectors() {
    assumeTwoVectorsOf16();
    assertThat(pays(AlgorithmCase.square(6, 14, 16, 1, 5, 1, 1, 0))).isTrue();
    assertThat(pays(AlgorithmCase.square(8, 17, 12, 1, 7, 2, 1, 3))).isTrue();
    assertThat(pays(AlgorithmCase.square(6, 14, 17, 1, 5, 1, 1, 0))).isFalse();
    assertThat(pays(AlgorithmCase.square(4, 14, 16, 1, 5, 1, 1, 0))).isFalse();
    assertThat(pays(AlgorithmCase.square(6, 14, 16, 1, 5, 1, 2, 0))).isFalse();
    assertThat(pays(AlgorithmCase.square(6, 14, 16, 2, 5, 1, 1, 0))).isFalse();
  }

  private void assumeTwoVectorsOf16() {
    assumeTrue(kernels.vectors() == 2 && kernels.lanes() == 16, "skipped: expects two vectors of 16 lanes");
  }

  private boolean pays(ConvShape shape) {
    return SpreadWeights.of(shape, kernels) != null;
  }

  @Test
  void threadsDoNotChangeABit() {
    ConvShape shape = AlgorithmCase.square(6, 14, 16, 1, 5, 1, 1, 0);
    assumeTwoVectorsOf16();
    assertThat(new FewChannels(shape, 19, false).partialLength()).isEqualTo(SpreadWeights.of(shape, kernels).length());
    AlgorithmCase problem = new AlgorithmCase(shape, 19);
    AlgorithmCase.Result many = problem.run(new FewChannels(shape, 19, false), true, false);
    Parallel.limit(1);
    AlgorithmCase.Result one = problem.run(new FewChannels(shape, 19, false), true, false);
    assertThat(one).usingRecursiveComparison().isEqualTo(many);
  }
}
