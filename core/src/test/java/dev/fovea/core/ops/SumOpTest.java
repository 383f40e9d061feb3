package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Op;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SumOpTest {
  @Test
  void shape() {
    assertThat(new SumOp().infer(Shape.of(2, 3, 4))).isEqualTo(Shape.scalar());
    assertThat(new SumOp(0).infer(Shape.of(2, 3, 4))).isEqualTo(Shape.of(3, 4));
    assertThat(new SumOp(-1, 0).infer(Shape.of(2, 3, 4))).isEqualTo(Shape.of(3));
    assertThat(new SumOp().infer(Shape.scalar())).isEqualTo(Shape.scalar());
  }

  @Test
  void value() {
    Tensor x = TestTensors.counting(2, 3);
    assertThat(Ops.sum(x).item()).isEqualTo(21);
    assertThat(Ops.sum(x, 0).toArray()).containsExactly(5, 7, 9);
    assertThat(Ops.sum(x, 1).toArray()).containsExactly(6, 15);
    assertThat(Ops.sum(TestTensors.counting(2, 2, 2), 0, 2).toArray()).containsExactly(1 + 2 + 5 + 6, 3 + 4 + 7 + 8);
    assertThat(Ops.sum(Tensor.of(Shape.of(1, 2, 1), 3, 4), 0, 2).toArray()).containsExactly(3, 4);
    assertThat(Ops.sum(Tensor.scalar(5)).item()).isEqualTo(5);
  }

  /** Added up one by one in float32, three million times 0.1 come to 293,000. */
  @Test
  void valueOfMillions() {
    double tenth = 0.1f;
    Tensor x = Tensor.full(Shape.of(1_000_001, 3), 0.1f);
    assertThat(Ops.sum(x).item() / (3_000_003 * tenth)).isBetween(1 - 5e-7, 1 + 5e-7);
    for (float column : Ops.sum(x, 0).toArray()) {
      assertThat(column / (1_000_001 * tenth)).isBetween(1 - 1e-6, 1 + 1e-6);
    }
    for (float row : Ops.sum(Ops.reshape(x, 3, -1), 1).toArray()) {
      assertThat(row / (1_000_001 * tenth)).isBetween(1 - 5e-7, 1 + 5e-7);
    }
  }

  @Test
  void valueForAnyNumberOfThreads() {
    Tensor x = TestTensors.random(700, 211);
    float[] several = {Ops.sum(x).item(), Ops.sum(x, 0).get(7), Ops.sum(x, 1).get(7)};
    int threads = Parallel.threads();
    Parallel.limit(1);
    try {
      assertThat(new float[] {Ops.sum(x).item(), Ops.sum(x, 0).get(7), Ops.sum(x, 1).get(7)}).isEqualTo(several);
    } finally {
      Parallel.limit(threads);
    }
  }

  /** Every set of axes, against sums in double precision. */
  @Test
  void valueOfEverySetOfAxes() {
    int[] lengths = {5, 140, 3, 33};
    Tensor x = TestTensors.random(lengths);
    for (int set = 1; set < 16; set++) {
      int bits = set;
      int[] axes = IntStream.range(0, 4).filter(axis -> (bits >> axis & 1) == 1).toArray();
      Tensor y = Ops.sum(x, axes);
      double[] expected = new double[y.shape().size()];
      int[] index = new int[4];
      for (int i = 0; i < x.shape().size(); i++) {
        int left = i;
        for (int axis = 3; axis >= 0; axis--) {
          index[axis] = left % lengths[axis];
          left /= lengths[axis];
        }
        int at = 0;
        for (int axis = 0; axis < 4; axis++) {
          at = (bits >> axis & 1) == 1 ? at : at * lengths[axis] + index[axis];
        }
        expected[at] += x.data()[i];
      }
      Golden.near("sum over " + Arrays.toString(axes), y.toArray(), expected, 1e-6);
    }
  }

  @Test
  void gradient() {
    Tensor x = TestTensors.counting(2, 3);
    TestTensors.backward(Ops.sum(x, 1), 10, 20);
    assertThat(x.gradient().toArray()).containsExactly(10, 10, 10, 20, 20, 20);
    for (int[] axes : new int[][] {{}, {0}, {1}, {2}, {0, 2}, {-1, 1}}) {
      OpContract.of(() -> new SumOp(axes), TestTensors.random(2, 5, 4)).linear().holds();
    }
    OpContract.of(() -> new SumOp(0), TestTensors.random(300, 2)).linear().holds();
    OpContract.of(SumOp::new, TestTensors.random()).linear().holds();
  }

  @Test
  void readsNothingInBackward() {
    Op op = new SumOp();
    assertThat(op.backwardReads(0) || op.backwardReadsOutput()).isFalse();
    assertThat(op.keptBytes(Shape.of(16, 1024))).isZero();
    // Blocks of 32 rows, and one of 8.
    assertThat(new SumOp(0).keptBytes(Shape.of(1000, 5))).isEqualTo(32 * 5 * Float.BYTES);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new SumOp(2).infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("sum: expected one of the 2 axes of [2, 3], got 2");
    assertThatThrownBy(() -> new SumOp(1, -1).infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("sum: expected each axis of [2, 3] at most once, got [1, -1]");
    assertThatThrownBy(() -> new SumOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("sum: expected one input, got 2");
  }
}
