package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.Golden;
import dev.fovea.core.MemoryFormat;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxPool2DOpTest {
  private static final Window2D HALVING = Window2D.of(2).withStride(2);
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @Test
  void shape() {
    assertThat(new MaxPool2DOp(HALVING).infer(Shape.of(2, 3, 7, 8))).isEqualTo(Shape.of(2, 3, 3, 4));
    assertThat(new MaxPool2DOp(HALVING.withPadding(Padding.SAME)).infer(Shape.of(2, 3, 7, 8)))
        .isEqualTo(Shape.of(2, 3, 4, 4));
    assertThat(new MaxPool2DOp(HALVING).keptBytes(Shape.of(2, 3, 7, 8))).isEqualTo(2 * 3 * 3 * 4);
    assertThat(new MaxPool2DOp(HALVING).name()).isEqualTo("max_pool2d");
  }

  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(1, 1, 3, 4),
        1, 2, 3, 4,
        8, 7, 6, 5,
        9, -1, -2, -3);
    assertThat(Ops.maxPool2d(x, HALVING).toArray()).containsExactly(8, 6);
    assertThat(Ops.maxPool2d(x, Window2D.of(2)).toArray()).containsExactly(8, 7, 6, 9, 7, 6);
    assertThat(Ops.maxPool2d(x, Window2D.of(2).withDilation(2)).toArray()).containsExactly(9, 4);
    assertThat(Ops.maxPool2d(x, Window2D.of(3).withStride(2).withPadding(Padding.SAME)).toArray())
        .containsExactly(8, 6, 9, 6);
    Tensor corner = Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
    assertThat(Ops.maxPool2d(corner, HALVING.withPadding(Padding.of(1, 0, 1, 0))).toArray()).containsExactly(1);
  }

  /** Were padding a 0, it would win here. */
  @Test
  void paddingIsNeverChosen() {
    Tensor x = Tensor.full(Shape.of(1, 1, 2, 2), -5);
    assertThat(Ops.maxPool2d(x, Window2D.of(3).withPadding(Padding.of(1))).toArray()).containsExactly(-5, -5, -5, -5);
    Tensor least = Tensor.full(Shape.of(1, 1, 2, 2), -INFINITY);
    assertThat(Ops.maxPool2d(least, Window2D.of(3).withPadding(Padding.of(1))).toArray()).containsOnly(-INFINITY);
  }

  @Test
  void aNanStays() {
    for (Window2D window : new Window2D[] {HALVING, Window2D.of(2).withStride(2, 3)}) {
      for (int at = 0; at < 4; at++) {
        float[] cells = {INFINITY, 1, -1, INFINITY};
        cells[at] = NAN;
        assertThat(Ops.maxPool2d(Tensor.of(Shape.of(1, 1, 2, 2), cells), window).item()).isNaN();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxpool2d_2", "maxpool2d_3s2p1", "maxpool2d_odd_input"})
  void golden(String name) {
    Golden golden = Golden.read(name);
    Window2D window = PoolingGolden.window(golden);
    golden.check(in -> Ops.maxPool2d(in[0], window), "input");
  }

  @Test
  void gradient() {
    Tensor x = Distinct.values(Shape.of(2, 3, 7, 8));
    OpContract.of(() -> new MaxPool2DOp(HALVING), x).holds();
    OpContract.of(() -> new MaxPool2DOp(Window2D.of(3).withStride(2).withPadding(Padding.of(1))), x).holds();
    OpContract.of(() -> new MaxPool2DOp(Window2D.of(2, 3).withStride(1, 2).withPadding(Padding.SAME)), x).holds();
    OpContract.of(() -> new MaxPool2DOp(Window2D.of(3).withDilation(2).withPadding(Padding.of(2))), x).holds();
  }

  @Test
  void theFirstOfEqualsGetsTheGradient() {
    assertThat(gradientOf(HALVING, 7, 7, 7, 7)).containsExactly(1, 0, 0, 0);
    assertThat(gradientOf(HALVING, 1, 7, 7, 7)).containsExactly(0, 1, 0, 0);
    assertThat(gradientOf(HALVING, 1, 2, 7, 7)).containsExactly(0, 0, 1, 0);
    assertThat(gradientOf(HALVING, 1, 2, 3, 7)).containsExactly(0, 0, 0, 1);
    assertThat(gradientOf(Window2D.of(2), 1, 7, 7, 7)).containsExactly(0, 1, 0, 0);
  }

  private static float[] gradientOf(Window2D window, float... cells) {
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 2), cells).withGrad();
    Tensor y = Ops.maxPool2d(x, window);
    y.grad()[0] = 1;
    y.op().backward(y.inputs(), y);
    return x.gradient().toArray();
  }

  @Test
  void blocked() {
    Window2D[] windows = {HALVING, HALVING.withPadding(Padding.SAME), Window2D.of(3).withStride(2),
        Window2D.of(3).withStride(2).withPadding(Padding.of(1)), Window2D.of(2, 3).withStride(1, 2),
        Window2D.of(3).withDilation(2).withPadding(Padding.of(2)), Window2D.of(2).withStride(3)};
    for (Window2D window : windows) {
      for (int channels : BlockedContract.CHANNELS) {
        BlockedContract.of(() -> new MaxPool2DOp(window), TestTensors.random(2, channels, 7, 9)).holds();
      }
      BlockedContract.of(() -> new MaxPool2DOp(window), Tensor.full(Shape.of(1, 3, 6, 6), 2).withGrad()).holds();
      BlockedContract.of(() -> new MaxPool2DOp(window), TestTensors.random(1, 16, 51, 33)).holds();
    }
  }

  @Test
  void aNanStaysInBlocksToo() {
    for (Window2D window : new Window2D[] {HALVING, Window2D.of(2).withStride(2, 3)}) {
      for (int at = 0; at < 4; at++) {
        float[] cells = {INFINITY, 1, -1, INFINITY};
        cells[at] = NAN;
        Tensor x = blocked(Shape.of(1, 1, 2, 2));
        new ReformatOp().forward(new Tensor[] {Tensor.of(x.shape(), cells)}, x);
        Tensor y = blocked(Shape.of(1, 1, 1, 1));
        new MaxPool2DOp(window).forward(new Tensor[] {x}, y);
        assertThat(y.get(0, 0, 0, 0)).isNaN();
      }
    }
  }

  private static Tensor blocked(Shape shape) {
    Tensor tensor = Tensor.symbolic(shape);
    tensor.format(MemoryFormat.BLOCKED);
    tensor.bind(new float[tensor.length()]);
    return tensor;
  }

  /** 17 by 17 cells: their numbers need two bytes, which blocks do not keep. */
  @Test
  void largeWindows() {
    Window2D window = Window2D.of(17);
    OpContract.of(() -> new MaxPool2DOp(window), Distinct.values(Shape.of(1, 2, 18, 19))).holds();
    float[] cells = new float[17 * 17];
    cells[288] = 1;
    Tensor x = Tensor.of(Shape.of(1, 1, 17, 17), cells).withGrad();
    TestTensors.backward(Ops.maxPool2d(x, window), 5);
    assertThat(x.gradient().get(0, 0, 16, 16)).isEqualTo(5);
    assertThat(new MaxPool2DOp(window).keptBytes(Shape.of(2, 3, 17, 18))).isEqualTo(2 * 3 * 2 * 2);
    assertThat(new MaxPool2DOp(window).takes(MemoryFormat.BLOCKED, Shape.of(2, 16, 17, 18))).isFalse();
    assertThat(new MaxPool2DOp(Window2D.of(16)).takes(MemoryFormat.BLOCKED, Shape.of(2, 16, 17, 18))).isTrue();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new MaxPool2DOp(Window2D.of(300)))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("max_pool2d: the kernel may have at most 65536 cells, "
            + "got 300x300 = 90000; global max pooling has no limit");
    assertThatThrownBy(() -> new MaxPool2DOp(Window2D.of(1, 3).withPadding(Padding.of(0, 0, 0, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max_pool2d: padding must be shorter than the kernel, or a window would lie wholly in it, "
            + "got Window2D.of(1, 3).withPadding(Padding.of(0, 0, 0, 3))");
    refuses("max_pool2d: expected one input, got 2", Shape.of(1), Shape.of(1));
    refuses("max_pool2d: expected an input [N, C, H, W], got [9]", Shape.of(9));
    refuses("max_pool2d: input [1, 3, 8, 1]: kernel 2 is longer than the padded input 1 (width 1, padding VALID); "
        + "a smaller kernel or SAME padding would fit", Shape.of(1, 3, 8, 1));
    assertThatThrownBy(() -> new MaxPool2DOp(Window2D.of(2).withDilation(2).withPadding(Padding.of(1)))
        .infer(Shape.of(1, 1, 1, 8))).isInstanceOf(ShapeException.class)
        .hasMessage("max_pool2d: input [1, 1, 1, 8]: the picture falls between the cells of the window, "
            + "Window2D.of(2).withDilation(2).withPadding(Padding.of(1)); a smaller dilation would fit");
  }

  private static void refuses(String message, Shape... in) {
    assertThatThrownBy(() -> new MaxPool2DOp(HALVING).infer(in))
        .isInstanceOf(ShapeException.class).hasMessage(message);
  }
}
