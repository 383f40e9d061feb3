package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.Golden;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.WeightedSumOp;
import org.junit.jupiter.api.Test;

class GroupNormalizationOpTest {
  private static final double EPSILON = 1e-5;

  @Test
  void shape() {
    Shape six = Shape.of(6);
    assertThat(new GroupNormalizationOp(3, EPSILON).infer(Shape.of(4, 6, 5, 7), six, six))
        .isEqualTo(Shape.of(4, 6, 5, 7));
    assertThat(new GroupNormalizationOp(6, EPSILON).infer(Shape.of(4, 6), six, six)).isEqualTo(Shape.of(4, 6));
  }

  /** Two channels of two pixels make a group: mean 4 and variance 5, then mean 40 and variance 500. */
  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(1, 4, 2), 1, 3, 5, 7, 10, 30, 50, 70);
    Tensor y = Ops.groupNormalization(x, 2, Tensor.vector(1, 2, 1, 1), Tensor.vector(0, 1, 0, 0), 1e-9);
    float root5 = (float) Math.sqrt(5);
    assertThat(y.toArray()).containsExactly(new float[] {-3 / root5, -1 / root5, 1 + 2 / root5, 1 + 6 / root5,
        -3 / root5, -1 / root5, 1 / root5, 3 / root5}, within(1e-6f));
    Golden golden = Golden.read("groupnorm2");
    golden.check(in -> Ops.groupNormalization(in[0], golden.setting("groups").asInt(), in[1], in[2],
        golden.setting("eps").asDouble()), "input", "weight", "bias");
  }

  /** The statistics of a single group are those of layer normalization, for pictures summed in two parts as well. */
  @Test
  void oneGroupIsTheWholeSample() {
    for (Shape sample : new Shape[] {Shape.of(4, 5, 6), Shape.of(1, 260, 260)}) {
      Tensor x = Tensor.normal(sample.prepend(2), new RandomSource(1));
      Tensor whole = Ops.layerNormalization(x, Tensor.full(sample, 1), Tensor.zeros(sample), 1e-3);
      Shape channels = Shape.of(sample.dim(0));
      Tensor y = Ops.groupNormalization(x, 1, Tensor.full(channels, 1), Tensor.zeros(channels), 1e-3);
      double farthest = 0;
      for (int i = 0; i < y.shape().size(); i++) {
        farthest = Math.max(farthest, Math.abs((double) y.data()[i] - whole.data()[i]));
      }
      assertThat(farthest).isLessThan(1e-5);
    }
  }

  /** The mean of 10,000,000 .. 10,000,005 is no float, nor is their sum. */
  @Test
  void aGroupFarFromZero() {
    Tensor near = Tensor.of(Shape.of(1, 2, 3), 0, 1, 2, 3, 4, 5).withGrad();
    Tensor far = Ops.affine(near, 1, 1e7f).detach().withGrad();
    Tensor weight = Tensor.vector(1, 2).withGrad();
    Tensor slopes = Tensor.of(Shape.of(1, 2, 3), 1, -1, 2, 0, -3, 1);
    Tensor yNear = Ops.groupNormalization(near, 1, weight, Tensor.vector(0, 1), EPSILON);
    Tensor yFar = Ops.groupNormalization(far, 1, weight, Tensor.vector(0, 1), EPSILON);
    Tape.apply(new WeightedSumOp(), yNear, slopes).backward();
    float[] weightGradient = weight.gradient().toArray();
    weight.zeroGrad();
    Tape.apply(new WeightedSumOp(), yFar, slopes).backward();
    assertThat(yFar.toArray()).containsExactly(yNear.toArray(), within(1e-5f));
    assertThat(far.gradient().toArray()).containsExactly(near.gradient().toArray(), within(1e-5f));
    assertThat(weight.gradient().toArray()).containsExactly(weightGradient, within(1e-5f));
  }

  @Test
  void gradient() {
    for (int groups : new int[] {1, 2, 3, 6}) {
      OpContract.of(() -> new GroupNormalizationOp(groups, EPSILON),
          TestTensors.random(2, 6, 3, 4), TestTensors.random(6), TestTensors.random(6)).holds();
    }
    OpContract.of(() -> new GroupNormalizationOp(2, EPSILON),
        TestTensors.random(3, 8), TestTensors.random(8), TestTensors.random(8)).holds();
  }

  /** Groups that share a block, fill one, or reach over several. */
  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      for (int groups : new int[] {1, channels}) {
        blocked(groups, TestTensors.random(2, channels, 5, 7), channels);
      }
    }
    blocked(5, TestTensors.random(2, 40, 3, 3), 40);
  }

  private static void blocked(int groups, Tensor x, int channels) {
    BlockedContract.of(() -> new GroupNormalizationOp(groups, EPSILON), x, TestTensors.random(channels),
        TestTensors.random(channels)).tolerance(2e-5).holds();
  }

  @Test
  void refuses() {
    Shape six = Shape.of(6);
    refuses("group_normalization: expected three inputs, x, weight and bias, got 1", six);
    refuses("group_normalization: expected an input [N, C, ...], got [6]", six, six, six);
    refuses("group_normalization: 5 channels do not fall into 2 groups, input [4, 5, 6]", Shape.of(4, 5, 6), six, six);
    refuses("group_normalization: expected weight and bias [6] for an input [4, 6, 3], got [6] and [3]",
        Shape.of(4, 6, 3), six, Shape.of(3));
    assertThatThrownBy(() -> new GroupNormalizationOp(0, EPSILON)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group_normalization: the number of groups must be at least 1, got 0");
    assertThatThrownBy(() -> new GroupNormalizationOp(1, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group_normalization: epsilon must be above 0, got 0.0");
  }

  private static void refuses(String message, Shape... in) {
    assertThatThrownBy(() -> new GroupNormalizationOp(2, EPSILON).infer(in))
        .isInstanceOf(ShapeException.class).hasMessage(message);
  }
}
