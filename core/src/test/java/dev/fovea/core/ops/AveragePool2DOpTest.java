package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.Golden;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragePool2DOpTest {
  private static final Window2D HALVING = Window2D.of(2).withStride(2);

  @Test
  void shape() {
    assertThat(new AveragePool2DOp(HALVING, true).infer(Shape.of(2, 3, 7, 8))).isEqualTo(Shape.of(2, 3, 3, 4));
    assertThat(new AveragePool2DOp(HALVING, true).name()).isEqualTo("average_pool2d");
  }

  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(1, 1, 3, 4),
        1, 2, 3, 4,
        5, 6, 7, 8,
        9, 10, 11, 12);
    assertThat(Ops.averagePool2d(x, HALVING, true).toArray()).containsExactly(3.5f, 5.5f);
    assertThat(Ops.averagePool2d(x, Window2D.of(3, 2), true).toArray()).containsExactly(5.5f, 6.5f, 7.5f);
    assertThat(Ops.averagePool2d(x, Window2D.of(2).withDilation(2), true).toArray()).containsExactly(6, 7);
  }

  /** The corner window of 3x3 sees 4 cells of the picture, whose sum is 1 + 2 + 3 + 4 = 10. */
  @Test
  void paddingCountsOrNot() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
    Window2D window = Window2D.of(3).withStride(2).withPadding(Padding.of(1));
    assertThat(Ops.averagePool2d(x, window, true).item()).isEqualTo(10f / 9);
    assertThat(Ops.averagePool2d(x, window, false).item()).isEqualTo(2.5f);
    assertThat(Ops.averagePool2d(x, Window2D.of(2).withPadding(Padding.SAME), false).toArray())
        .containsExactly(2.5f, 3, 3.5f, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"avgpool2d_2", "avgpool2d_3s2p1_include_pad", "avgpool2d_3s2p1_exclude_pad"})
  void golden(String name) {
    Golden golden = Golden.read(name);
    Window2D window = PoolingGolden.window(golden);
    boolean countPadding = golden.setting("count_include_pad").asBoolean(true);
    golden.check(in -> Ops.averagePool2d(in[0], window, countPadding), "input");
  }

  @Test
  void gradient() {
    Tensor x = Tensor.normal(Shape.of(2, 3, 7, 8), new RandomSource(3)).withGrad();
    OpContract.of(() -> new AveragePool2DOp(HALVING, true), x).linear().holds();
    Window2D window = Window2D.of(3, 2).withStride(2, 1).withDilation(1, 2).withPadding(Padding.of(1, 0, 1, 1));
    OpContract.of(() -> new AveragePool2DOp(window, true), x).linear().holds();
    OpContract.of(() -> new AveragePool2DOp(window, false), x).linear().holds();
  }

  @Test
  void blocked() {
    Window2D[] windows = {HALVING, HALVING.withPadding(Padding.SAME), Window2D.of(3).withStride(2),
        Window2D.of(3, 2).withStride(2, 1).withDilation(1, 2).withPadding(Padding.of(1, 0, 1, 1))};
    for (Window2D window : windows) {
      for (boolean countPadding : new boolean[] {true, false}) {
        for (int channels : BlockedContract.CHANNELS) {
          BlockedContract.of(() -> new AveragePool2DOp(window, countPadding), TestTensors.random(2, channels, 7, 9))
              .holds();
        }
        BlockedContract.of(() -> new AveragePool2DOp(window, countPadding), TestTensors.random(1, 16, 51, 33)).holds();
      }
    }
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new AveragePool2DOp(Window2D.of(2).withPadding(Padding.of(2)), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("average_pool2d: padding must be shorter than the kernel, or a window would lie wholly in it, "
            + "got Window2D.of(2).withPadding(Padding.of(2))");
    assertThatThrownBy(() -> new AveragePool2DOp(HALVING, true).infer(Shape.of(1, 1, 1, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("average_pool2d: input [1, 1, 1, 4]: kernel 2 is longer than the padded input 1 "
            + "(height 1, padding VALID); a smaller kernel or SAME padding would fit");
  }
}
