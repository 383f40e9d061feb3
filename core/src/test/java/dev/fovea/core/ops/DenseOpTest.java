package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Golden;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class DenseOpTest {
  @Test
  void shape() {
    assertThat(infer(Shape.of(5, 7), Shape.of(4, 7))).isEqualTo(Shape.of(5, 4));
    assertThat(infer(Shape.of(5, 7), Shape.of(4, 7), Shape.of(4))).isEqualTo(Shape.of(5, 4));
  }

  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    Tensor w = Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 1, 1);
    assertThat(Ops.dense(x, w, null).toArray()).containsExactly(1, 2, 3, 3, 4, 7);
    assertThat(Ops.dense(x, w, Tensor.vector(10, 20, -30)).toArray()).containsExactly(11, 22, -27, 13, 24, -23);
    assertThat(Tape.apply(new DenseOp(new ReluOp()), x, w, Tensor.vector(10, 20, -30)).toArray())
        .containsExactly(11, 22, 0, 13, 24, 0);
    Golden.read("dense").check(in -> Ops.dense(in[0], in[1], in[2]), "input", "weight", "bias");
  }

  @Test
  void gradient() {
    OpContract.of(() -> new DenseOp(null), normal(1, 5, 7), normal(2, 4, 7), normal(3, 4)).linear().holds();
    OpContract.of(() -> new DenseOp(null), normal(1, 1, 1), normal(2, 1, 1)).linear().holds();
    OpContract.of(() -> new DenseOp(null), normal(1, 33, 300), normal(2, 70, 300), normal(3, 70)).linear().holds();
    OpContract.of(() -> new DenseOp(new ReluOp()), Tensor.full(Shape.of(3, 2), 0.25f).withGrad(),
        Tensor.full(Shape.of(2, 2), 0.5f).withGrad(), Tensor.vector(4, -4).withGrad()).linear().holds();
  }

  /** Few samples, many units: the gradient of the input is added up of two halves of the units. */
  @Test
  void gradientOfFewSamples() {
    OpContract.of(() -> new DenseOp(null), normal(1, 3, 530), normal(2, 131, 530), normal(3, 131)).linear().holds();
    Tensor x = normal(1, 3, 530);
    Tensor w = normal(2, 131, 530);
    Tensor y = Ops.dense(x, w, null);
    Ops.sum(y).backward();
    for (int i = 0; i < 530; i += 23) {
      double expected = 0;
      for (int unit = 0; unit < 131; unit++) {
        expected += w.data()[unit * 530 + i];
      }
      assertThat((double) x.grad()[2 * 530 + i]).isCloseTo(expected, within(1e-4));
    }
  }

  @Test
  void refuses() {
    refused("dense: expected input, weight and perhaps bias, got 1 inputs", Shape.of(5, 7));
    refused("dense: expected an input [N, in], got [5, 7, 2, 2]; put Flatten or GlobalAveragePooling before it",
        Shape.of(5, 7, 2, 2), Shape.of(4, 7));
    refused("dense: expected a weight [out, in], got [4]", Shape.of(5, 7), Shape.of(4));
    refused("dense: input [5, 7] has 7 values a sample, weight [4, 8] takes 8", Shape.of(5, 7), Shape.of(4, 8));
    refused("dense: expected a bias [4] for weight [4, 7], got [5]", Shape.of(5, 7), Shape.of(4, 7), Shape.of(5));
  }

  private static void refused(String message, Shape... in) {
    assertThatThrownBy(() -> infer(in)).isInstanceOf(ShapeException.class).hasMessage(message);
  }

  private static Shape infer(Shape... in) {
    return new DenseOp(null).infer(in);
  }

  private static Tensor normal(long seed, int... lengths) {
    return Tensor.normal(Shape.of(lengths), new RandomSource(seed)).withGrad();
  }
}
