package dev.fovea.core.kernels.conv.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DepthwiseTest {
  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  static Stream<ConvShape> shapes() {
    return DirectCases.DEPTHWISE.stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void valueAndGradients(ConvShape shape) {
    DirectCases.depthwise(shape);
  }

  @Test
  void threadsDoNotChangeABit() {
    ConvShape shape = AlgorithmCase.square(40, 13, 40, 40, 3, 2, 1, 1);
    AlgorithmCase problem = new AlgorithmCase(shape, 9);
    AlgorithmCase.Result many = problem.run(new Depthwise(shape, 9), true, false);
    Parallel.limit(1);
    AlgorithmCase.Result one = problem.run(new Depthwise(shape, 9), true, false);
    assertThat(one).usingRecursiveComparison().isEqualTo(many);
  }

  @Test
  void refusesSharedChannels() {
    ConvShape shape = AlgorithmCase.square(16, 6, 32, 16, 3, 1, 1, 0);
    assertThatThrownBy(() -> new Depthwise(shape, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depthwise convolution: expected as many channels and filters as groups, got 16 channels and 32"
            + " filters in 16 groups");
  }
}
