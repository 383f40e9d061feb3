package dev.fovea.core.kernels.conv.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.conv.BlockedConvolution;
import dev.fovea.core.kernels.conv.Halving;
import dev.fovea.core.kernels.conv.ReferenceConvolution;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PooledRowsTest {
  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  static Stream<ConvShape> shapes() {
    return DirectCases.ROWS.stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void valueAndGradients(ConvShape shape) {
    assertThat(new FewChannels(shape, 9, true).pooling()).isInstanceOf(PooledRows.class);
    DirectCases.pooled(shape);
  }

  @ParameterizedTest
  @EnumSource(value = Halving.class, names = {"MAXIMUM", "MEAN"})
  void threadsDoNotChangeABit(Halving halving) {
    PooledCase problem = new PooledCase(AlgorithmCase.square(1, 28, 6, 1, 5, 1, 1, 2), 13);
    PooledCase.Result many = problem.run(halving, true, new FewChannels(problem.shape(), 13, true));
    Parallel.limit(1);
    PooledCase.Result one = problem.run(halving, true, new FewChannels(problem.shape(), 13, true));
    assertThat(one).usingRecursiveComparison().isEqualTo(many);
  }

  /** Weights that are not trained want no gradient and leave the bias its own. */
  @Test
  void theGradientOfTheBiasAlone() {
    ConvShape shape = AlgorithmCase.square(1, 28, 6, 1, 5, 1, 1, 2);
    ReferenceConvolution problem = new ReferenceConvolution(shape, 3, 5);
    BlockedConvolution convolution =
        new BlockedConvolution(shape, new FewChannels(shape, 3, true), null, Halving.MAXIMUM);
    float[] y = new float[3 * 14 * 14 * Blocks.WIDTH];
    int[] chosen = new int[convolution.choiceLength(y.length)];
    convolution.forward(problem.x, problem.w, problem.bias, y, chosen, true);
    float[] dy = ReferenceConvolution.random(y.length, 6, 1);
    float[] db = new float[6];
    convolution.backward(null, dy, chosen, problem.x, problem.w, null, false, new float[6 * 25], false, db, false);
    float[] alone = new float[6];
    convolution.backward(null, dy, chosen, null, problem.w, null, false, null, false, alone, false);
    assertThat(alone).isEqualTo(db);
  }

  /** In all windows that read it, and in no other. */
  @ParameterizedTest
  @EnumSource(value = Halving.class, names = {"MAXIMUM", "MEAN"})
  void notANumberStaysSo(Halving halving) {
    ConvShape shape = AlgorithmCase.square(1, 30, 4, 1, 3, 1, 1, 0);
    BlockedConvolution convolution =
        new BlockedConvolution(shape, new FewChannels(shape, 1, true), PooledCase.RELU, halving);
    float[] x = new float[900];
    x[10 * 30 + 17] = Float.NaN;
    float[] y = new float[14 * 14 * Blocks.WIDTH];
    convolution.forward(x, new float[4 * 9], null, y, new int[convolution.choiceLength(y.length)], true);
    for (int i = 0; i < y.length; i++) {
      int column = i / Blocks.WIDTH % 14;
      int row = i / Blocks.WIDTH / 14;
      boolean read = (row == 4 || row == 5) && (column == 7 || column == 8) && i % Blocks.WIDTH < 4;
      assertThat(Float.isNaN(y[i])).as("at " + i).isEqualTo(read);
    }
  }

  /** Where filters fill vectors as well, or columns do not, others are faster. */
  @Test
  void isMadeForPlainPicturesFewFiltersAndWideRows() {
    assertThat(pools(AlgorithmCase.square(1, 28, 6, 1, 5, 1, 1, 2), true)).isTrue();
    assertThat(pools(AlgorithmCase.square(1, 28, 6, 1, 5, 1, 1, 2), false)).isFalse();
    assertThat(pools(AlgorithmCase.square(1, 28, 9, 1, 5, 1, 1, 2), true)).isFalse();
    assertThat(pools(AlgorithmCase.square(1, 6, 8, 1, 3, 1, 1, 0), true)).isFalse();
    assertThat(pools(AlgorithmCase.square(2, 28, 6, 2, 5, 1, 1, 2), true)).isFalse();
    assertThat(pools(AlgorithmCase.square(1, 5, 6, 1, 5, 1, 1, 0), true)).isFalse();
  }

  private static boolean pools(ConvShape shape, boolean plain) {
    return new FewChannels(shape, 1, plain).pooling() instanceof PooledRows;
  }
}
