package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.MemoryFormat;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReformatOpTest {
  @Test
  void shape() {
    assertThat(new ReformatOp().infer(Shape.of(2, 3, 4, 5))).isEqualTo(Shape.of(2, 3, 4, 5));
    assertThat(new ReformatOp().name()).isEqualTo("reformat");
  }

  /** Three channels of two pixels: each pixel's channels side by side, then thirteen zeros. */
  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(1, 3, 1, 2), 1, 2, 3, 4, 5, 6);
    Tensor y = blocked(x.shape());
    new ReformatOp().forward(new Tensor[] {x}, y);
    float[] expected = new float[32];
    System.arraycopy(new float[] {1, 3, 5}, 0, expected, 0, 3);
    System.arraycopy(new float[] {2, 4, 6}, 0, expected, 16, 3);
    assertThat(Arrays.copyOf(y.data(), 32)).containsExactly(expected);
  }

  /** Pictures of more than one piece, of whole squares of 16 pixels and of what is left. */
  @Test
  void thereAndBackAgain() {
    for (int channels : BlockedContract.CHANNELS) {
      for (int side : new int[] {1, 3, 4, 5, 16, 33}) {
        Tensor x = Tensor.normal(Shape.of(3, channels, side, side), new RandomSource(1));
        Tensor y = blocked(x.shape());
        Tensor z = Tensor.symbolic(x.shape());
        z.bind(new float[x.length()]);
        new ReformatOp().forward(new Tensor[] {x}, y);
        new ReformatOp().forward(new Tensor[] {y}, z);
        assertThat(y.toArray()).isEqualTo(x.toArray());
        assertThat(z.toArray()).isEqualTo(x.toArray());
      }
    }
  }

  /** Here and there, values are told by their logical order, so the gradient is y's; a second one comes on top. */
  @Test
  void gradient() {
    OpContract.of(ReformatOp::new, TestTensors.random(2, 3, 4, 5)).linear().holds();
    for (int channels : BlockedContract.CHANNELS) {
      Shape shape = Shape.of(2, channels, 5, 7);
      gradient(Tensor.symbolic(shape), blocked(shape));
      gradient(blocked(shape), Tensor.symbolic(shape));
    }
  }

  private static void gradient(Tensor x, Tensor y) {
    x.withGrad();
    Tensor[] in = {x};
    new ReformatOp().forward(new Tensor[] {Tensor.full(x.shape(), 1)}, place(x));
    new ReformatOp().forward(in, place(y));
    Tensor dy = Tensor.normal(x.shape(), new RandomSource(2));
    Tensor dyInPlace = y.format() == MemoryFormat.BLOCKED ? blocked(x.shape()) : Tensor.zeros(x.shape());
    new ReformatOp().forward(new Tensor[] {dy}, dyInPlace);
    y.bindGrad(dyInPlace.data());
    y.claimGrad();
    x.bindGrad(rubbish(x));
    new ReformatOp().backward(in, y);
    assertThat(x.gradient().toArray()).isEqualTo(dy.toArray());
    new ReformatOp().backward(in, y);
    float[] twice = x.gradient().toArray();
    for (int i = 0; i < twice.length; i++) {
      assertThat(twice[i]).isEqualTo(2 * dy.data()[i]);
    }
    for (int i = 0; i < x.length(); i++) {
      assertThat(x.grad()[i]).isFinite();
    }
  }

  private static Tensor blocked(Shape shape) {
    Tensor tensor = Tensor.symbolic(shape);
    tensor.format(MemoryFormat.BLOCKED);
    return place(tensor);
  }

  private static Tensor place(Tensor tensor) {
    tensor.bind(rubbish(tensor));
    return tensor;
  }

  private static float[] rubbish(Tensor tensor) {
    float[] array = new float[tensor.length() + 3];
    Arrays.fill(array, Float.NaN);
    return array;
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new ReformatOp().infer()).isInstanceOf(ShapeException.class)
        .hasMessage("reformat: expected one input, got 0");
  }
}
