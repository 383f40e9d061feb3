package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Op;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PermuteOpTest {
  @Test
  void shape() {
    assertThat(new PermuteOp(0, 2, 3, 1).infer(Shape.of(2, 3, 4, 5))).isEqualTo(Shape.of(2, 4, 5, 3));
    assertThat(new PermuteOp(-1, 0).infer(Shape.of(2, 3))).isEqualTo(Shape.of(3, 2));
    assertThat(new PermuteOp().infer(Shape.scalar())).isEqualTo(Shape.scalar());
  }

  @Test
  void value() {
    assertThat(Ops.permute(TestTensors.counting(2, 3), 1, 0).toArray()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(Ops.permute(TestTensors.counting(1, 2, 2, 2), 0, 2, 3, 1).toArray())
        .containsExactly(1, 5, 2, 6, 3, 7, 4, 8);
    assertThat(Ops.permute(TestTensors.counting(2, 2, 2), 1, 0, 2).toArray()).containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
  }

  /** Every order of four axes, against the definition; larger than a tile. */
  @Test
  void valueOfEveryOrder() {
    Tensor x = TestTensors.counting(3, 37, 2, 41);
    for (int code = 0; code < 256; code++) {
      int[] axes = {code >> 6 & 3, code >> 4 & 3, code >> 2 & 3, code & 3};
      if (Arrays.stream(axes).distinct().count() == 4) {
        Tensor y = Ops.permute(x, axes);
        int[] place = new int[4];
        for (int i = 0; i < 3 * 37 * 2 * 41; i += 13) {
          int[] index = {i / (37 * 2 * 41), i / (2 * 41) % 37, i / 41 % 2, i % 41};
          for (int k = 0; k < 4; k++) {
            place[k] = index[axes[k]];
          }
          assertThat(y.get(place)).as("%s at %s", Arrays.toString(axes), Arrays.toString(index))
              .isEqualTo(i + 1);
        }
      }
    }
  }

  @Test
  void gradient() {
    Tensor x = TestTensors.counting(2, 3);
    TestTensors.backward(Ops.permute(x, 1, 0), 10, 20, 30, 40, 50, 60);
    assertThat(x.gradient().toArray()).containsExactly(10, 30, 50, 20, 40, 60);
    OpContract.of(() -> new PermuteOp(0, 2, 3, 1), TestTensors.random(2, 3, 4, 5)).linear().holds();
    OpContract.of(() -> new PermuteOp(2, 0, 1), TestTensors.random(3, 4, 5)).linear().holds();
    OpContract.of(() -> new PermuteOp(0, 2, 1, 3), TestTensors.random(2, 3, 4, 5)).linear().holds();
    OpContract.of(() -> new PermuteOp(3, 2, 1, 0), TestTensors.random(2, 3, 4, 5)).linear().holds();
    OpContract.of(() -> new PermuteOp(0, 1), TestTensors.random(3, 4)).linear().holds();
  }

  @Test
  void readsNothingInBackward() {
    Op op = new PermuteOp(1, 0);
    assertThat(op.backwardReads(0) || op.backwardReadsOutput()).isFalse();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new PermuteOp(0, 0, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("permute: expected each axis from 0 to 2 once, got [0, 0, 1]");
    assertThatThrownBy(() -> new PermuteOp(0, 3, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("permute: expected each axis from 0 to 2 once, got [0, 3, 1]");
    assertThatThrownBy(() -> new PermuteOp(0, 2, 1).infer(Shape.of(4, 5))).isInstanceOf(ShapeException.class)
        .hasMessage("permute [0, 2, 1]: expected 3 axes, got 2 in [4, 5]");
    assertThatThrownBy(() -> new PermuteOp(0).infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("permute: expected one input, got 2");
  }
}
