package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class MatmulOpTest {
  @Test
  void shape() {
    assertThat(new MatmulOp().infer(Shape.of(2, 3), Shape.of(3, 4))).isEqualTo(Shape.of(2, 4));
  }

  @Test
  void value() {
    Tensor a = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Tensor b = Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 1, 1);
    assertThat(Ops.matmul(a, b).toArray()).containsExactly(4, 5, 10, 11);
  }

  @Test
  void gradient() {
    OpContract.of(MatmulOp::new, normal(1, 5, 7), normal(2, 7, 3)).linear().holds();
    OpContract.of(MatmulOp::new, normal(1, 19, 261), normal(2, 261, 37)).linear().holds();
  }

  @Test
  void refuses() {
    refused("matmul: expected two inputs, got 1", Shape.of(2, 3));
    refused("matmul: expected [M, K] and [K, N], got [2, 3] and [3]", Shape.of(2, 3), Shape.of(3));
    refused("matmul: [2, 3] has 3 columns, [4, 2] has 4 rows; they must be as many", Shape.of(2, 3), Shape.of(4, 2));
  }

  private static void refused(String message, Shape... in) {
    assertThatThrownBy(() -> new MatmulOp().infer(in)).isInstanceOf(ShapeException.class).hasMessage(message);
  }

  private static Tensor normal(long seed, int... lengths) {
    return Tensor.normal(Shape.of(lengths), new RandomSource(seed)).withGrad();
  }
}
