package dev.fovea.core.kernels.conv.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.conv.BlockedConvolution;
import dev.fovea.core.kernels.conv.Halving;
import dev.fovea.core.kernels.conv.Pooling;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PooledWindowsTest {
  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  static Stream<ConvShape> shapes() {
    return DirectCases.POOLED.stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void valueAndGradients(ConvShape shape) {
    DirectCases.pooled(shape);
  }

  @Test
  void threadsDoNotChangeABit() {
    PooledCase problem = new PooledCase(AlgorithmCase.square(1, 28, 32, 1, 3, 1, 1, 0), 13);
    PooledCase.Result many = problem.run(Halving.MAXIMUM, true, new FewChannels(problem.shape(), 13, true));
    Parallel.limit(1);
    PooledCase.Result one = problem.run(Halving.MAXIMUM, true, new FewChannels(problem.shape(), 13, true));
    assertThat(one).usingRecursiveComparison().isEqualTo(many);
  }

  /** In all windows that read it, whichever of the four cells that is, and in no other. */
  @Test
  void notANumberStaysSo() {
    ConvShape shape = AlgorithmCase.square(1, 6, 32, 1, 3, 1, 1, 0);
    BlockedConvolution convolution =
        new BlockedConvolution(shape, new FewChannels(shape, 1, true), null, Halving.MAXIMUM);
    for (int corner : new int[] {0, 3, 18, 21}) {
      float[] x = new float[36];
      x[corner] = Float.NaN;
      float[] y = new float[2 * 4 * Blocks.WIDTH];
      convolution.forward(x, new float[9 * 32], null, y, new int[convolution.choiceLength(y.length)], true);
      for (int i = 0; i < y.length; i++) {
        int column = i / Blocks.WIDTH % 2;
        int row = i / Blocks.WIDTH / 2 % 2;
        boolean read = covers(2 * row, corner / 6) && covers(2 * column, corner % 6);
        assertThat(Float.isNaN(y[i])).as("at " + i + ", of " + corner).isEqualTo(read);
      }
    }
  }

  /** Whether one of two outputs from {@code first} on reads this row or column. */
  private static boolean covers(int first, int cell) {
    return cell >= first && cell <= first + 3;
  }

  /** Where others do the work: all of it, or that of the way back. */
  @Test
  void isMadeForOneChannelAndSmallSteps() {
    assertThat(pooling(AlgorithmCase.square(1, 9, 32, 1, 3, 1, 1, 0)).goesBack(true)).isTrue();
    assertThat(pooling(AlgorithmCase.square(1, 9, 32, 1, 3, 1, 1, 0)).goesBack(false)).isFalse();
    assertThat(pooling(AlgorithmCase.square(1, 9, 32, 1, 3, 1, 1, 0)).takes(Halving.MEAN)).isFalse();
    assertThat(pooling(AlgorithmCase.square(1, 9, 32, 1, 5, 1, 1, 0)).goesBack(true)).isFalse();
    assertThat(pooling(AlgorithmCase.square(1, 9, 32, 1, 3, 1, 2, 0)).goesBack(true)).isFalse();
    assertThat(pooling(AlgorithmCase.square(1, 9, 32, 1, 3, 2, 1, 0))).isNull();
    assertThat(pooling(AlgorithmCase.square(3, 9, 32, 1, 3, 1, 1, 0))).isNull();
    assertThat(pooling(AlgorithmCase.square(1, 3, 32, 1, 3, 1, 1, 0))).isNull();
  }

  private static Pooling pooling(ConvShape shape) {
    return new FewChannels(shape, 1, true).pooling();
  }
}
