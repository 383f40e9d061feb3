package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Conv2DOpTest {
  private static final Window2D THREE = Window2D.of(3);

  @Test
  void shape() {
    assertThat(infer(THREE, 1, Shape.of(2, 3, 28, 28), Shape.of(8, 3, 3, 3))).isEqualTo(Shape.of(2, 8, 26, 26));
    assertThat(infer(THREE.withPadding(Padding.SAME).withStride(2), 1, Shape.of(2, 3, 28, 27), Shape.of(8, 3, 3, 3)))
        .isEqualTo(Shape.of(2, 8, 14, 14));
    assertThat(infer(THREE.withDilation(2), 3, Shape.of(2, 6, 9, 9), Shape.of(9, 2, 3, 3), Shape.of(9)))
        .isEqualTo(Shape.of(2, 9, 5, 5));
  }

  /** One channel 1..9 under a 2x2 kernel 1 2 3 4, bias 10: 1 + 2*2 + 3*4 + 4*5 + 10 = 47, and so on. */
  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    Tensor w = Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
    assertThat(Ops.conv2d(x, w, Tensor.vector(10), Window2D.of(2)).toArray()).containsExactly(47, 57, 77, 87);
    assertThat(Tape.apply(new Conv2DOp(Window2D.of(2), 1, new ReluOp()), x, w, Tensor.vector(-60)).toArray())
        .containsExactly(0, 0, 7, 17);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv2d_plain", "conv2d_same", "conv2d_1x1", "conv2d_5x5_pad2", "conv2d_depthwise",
      "conv2d_dilated", "conv2d_groups2", "conv2d_nobias_stride3", "conv2d_odd_channels", "conv2d_rect_kernel",
      "conv2d_stride2_pad1", "conv2d_tf_same_stride2"})
  void golden(String name) {
    Golden golden = Golden.read(name);
    int[] kernel = Golden.ints(golden.root().path("inputs").path("weight").path("shape"));
    int[] stride = golden.ints("stride");
    boolean tensorFlow = golden.setting("padding").isString();
    Window2D window = Window2D.of(kernel[2], kernel[3]).withStride(stride[0], stride[1]);
    if (tensorFlow) {
      window = window.withPadding(Padding.SAME);
    } else {
      int[] padding = golden.ints("padding");
      int[] dilation = golden.ints("dilation");
      window = window.withPadding(Padding.of(padding[0], padding[1])).withDilation(dilation[0], dilation[1]);
    }
    Window2D geometry = window;
    int groups = golden.setting("groups").asInt(1);
    boolean bias = golden.root().path("inputs").has("bias");
    golden.check(in -> Ops.conv2d(in[0], in[1], bias ? in[2] : null, geometry, groups),
        bias ? new String[] {"input", "weight", "bias"} : new String[] {"input", "weight"});
  }

  @Test
  void gradient() {
    List<Supplier<Conv2DOp>> geometries = List.of(
        () -> new Conv2DOp(THREE, 1, null),
        () -> new Conv2DOp(THREE.withPadding(Padding.SAME), 2, null),
        () -> new Conv2DOp(THREE.withPadding(Padding.of(1, 0, 0, 2)).withStride(2, 1), 1, null),
        () -> new Conv2DOp(THREE.withPadding(Padding.of(2)).withDilation(2).withStride(3), 1, null));
    for (Supplier<Conv2DOp> geometry : geometries) {
      int groups = geometry == geometries.get(1) ? 2 : 1;
      OpContract.of(geometry::get, normal(1, 2, 4, 7, 6), normal(2, 6, 4 / groups, 3, 3), normal(3, 6)).linear()
          .holds();
    }
  }

  @Test
  void gradientThroughItsActivation() {
    // The bias keeps half of the filters well above the kink and half well below.
    Tensor bias = Tensor.vector(9, -9, 9, -9).withGrad();
    Tensor x = Tensor.full(Shape.of(2, 2, 6, 6), 0.25f).withGrad();
    Tensor w = Tensor.full(Shape.of(4, 2, 3, 3), 0.5f).withGrad();
    OpContract.of(() -> new Conv2DOp(THREE, 1, new ReluOp()), x, w, bias).linear().holds();
  }

  @Test
  void pictureSmallerThanTheTileAndLargerThanARound() {
    OpContract.of(() -> new Conv2DOp(Window2D.of(1), 1, null), normal(1, 1, 1, 1, 1), normal(2, 1, 1, 1, 1),
        normal(3, 1)).linear().holds();
    OpContract.of(() -> new Conv2DOp(THREE, 1, null), normal(1, 1, 1, 36, 41), normal(2, 2, 1, 3, 3), normal(3, 2))
        .linear().holds();
  }

  @Test
  void refuses() {
    refused(THREE, 1, "conv2d: channels: input [1, 3, 28, 28] has 3, weight [8, 1, 3, 3] takes 1",
        Shape.of(1, 3, 28, 28), Shape.of(8, 1, 3, 3));
    refused(THREE, 2, "conv2d: channels: input [1, 3, 28, 28] has 3, weight [8, 1, 3, 3] takes 1 in each of 2 groups",
        Shape.of(1, 3, 28, 28), Shape.of(8, 1, 3, 3));
    refused(THREE, 1, "conv2d: expected an input [N, C, H, W], got [28, 28]", Shape.of(28, 28), Shape.of(8, 1, 3, 3));
    refused(THREE, 1, "conv2d: expected a weight [filters, channels / groups, 3, 3], got [8, 1, 5, 5]",
        Shape.of(1, 1, 28, 28), Shape.of(8, 1, 5, 5));
    refused(THREE, 2, "conv2d: 3 filters do not fall into 2 groups", Shape.of(1, 4, 9, 9), Shape.of(3, 2, 3, 3));
    refused(THREE, 1, "conv2d: expected a bias [8] for weight [8, 1, 3, 3], got [7]",
        Shape.of(1, 1, 9, 9), Shape.of(8, 1, 3, 3), Shape.of(7));
    refused(THREE, 1, "conv2d: expected input, weight and perhaps bias, got 1 inputs", Shape.of(1, 1, 9, 9));
    refused(THREE, 1, "conv2d: input [1, 1, 2, 9]: kernel 3 is longer than the padded input 2 (height 2, padding "
        + "VALID); a smaller kernel or SAME padding would fit", Shape.of(1, 1, 2, 9), Shape.of(8, 1, 3, 3));
    assertThatThrownBy(() -> new Conv2DOp(THREE, 0, null))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("conv2d: groups must be at least 1, got 0");
  }

  private static void refused(Window2D window, int groups, String message, Shape... in) {
    assertThatThrownBy(() -> infer(window, groups, in)).isInstanceOf(ShapeException.class).hasMessage(message);
  }

  private static Shape infer(Window2D window, int groups, Shape... in) {
    return new Conv2DOp(window, groups, null).infer(in);
  }

  private static Tensor normal(long seed, int... lengths) {
    return Tensor.normal(Shape.of(lengths), new RandomSource(seed)).withGrad();
  }
}
