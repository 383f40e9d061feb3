package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.Golden;
import dev.fovea.core.GradientCheck;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BatchNormalizationOpTest {
  private static final double EPSILON = 1e-5;

  @Test
  void shape() {
    Shape c = Shape.of(3);
    Shape moments = Shape.of(2, 3);
    assertThat(op().infer(Shape.of(4, 3, 5, 6), moments, c, c)).isEqualTo(Shape.of(4, 3, 5, 6));
    assertThat(op().infer(Shape.of(4, 3), moments, c, c)).isEqualTo(Shape.of(4, 3));
  }

  private static BatchNormalizationOp op() {
    return new BatchNormalizationOp(EPSILON);
  }

  /** Mean 2 and deviation 2 (3 + epsilon 1 is 4), then mean 10 and deviation 1. */
  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(2, 2, 1), 4, 10, 8, 13);
    Tensor moments = Tensor.of(Shape.of(2, 2), 2, 10, 3, 0);
    Tensor y = Ops.batchNormalization(x, moments, Tensor.vector(10, 1), Tensor.vector(0.5f, -1), 1);
    assertThat(y.toArray()).containsExactly(10.5f, -1, 30.5f, 2);
  }

  @Test
  void training() {
    Golden.read("batchnorm2d_train").check(
        in -> Ops.batchNormalization(in[0], Ops.moments(in[0]), in[1], in[2], EPSILON), "input", "weight", "bias");
  }

  @Test
  void inference() {
    Golden golden = Golden.read("batchnorm2d_inference");
    Tensor moments = Ops.concat(0, Golden.tensor(golden.setting("running_mean")).detach(),
        Golden.tensor(golden.setting("running_var")).detach());
    Tensor rows = Ops.reshape(moments, 2, 3);
    golden.check(in -> Ops.batchNormalization(in[0], rows, in[1], in[2], EPSILON), "input", "weight", "bias");
  }

  /** PyTorch's running statistics: 0.9 of the old and 0.1 of the new, the variance with n / (n - 1). */
  @Test
  void runningStatistics() {
    JsonNode root = Golden.read("batchnorm2d_running_stats").root();
    double[] mean = {0, 0, 0};
    double[] variance = {1, 1, 1};
    for (JsonNode batch : root.path("batches")) {
      Tensor x = Golden.tensor(batch);
      float[] moments = Ops.moments(x).toArray();
      double n = x.shape().size() / 3.0;
      for (int c = 0; c < 3; c++) {
        mean[c] = 0.9 * mean[c] + 0.1 * moments[c];
        variance[c] = 0.9 * variance[c] + 0.1 * moments[3 + c] * n / (n - 1);
      }
    }
    for (int c = 0; c < 3; c++) {
      assertThat(mean[c]).isCloseTo(root.path("running_mean").path("data").get(c).asDouble(), within(1e-6));
      assertThat(variance[c]).isCloseTo(root.path("running_var").path("data").get(c).asDouble(), within(1e-6));
    }
  }

  @Test
  void gradient() {
    Tensor moments = Tensor.of(Shape.of(2, 3), 0.2f, -1, 3, 1.5f, 0.7f, 2).withGrad();
    Tensor weight = TestTensors.random(3);
    Tensor bias = TestTensors.random(3);
    OpContract.of(BatchNormalizationOpTest::op, TestTensors.random(4, 3, 5, 2), moments, weight, bias).holds();
    OpContract.of(BatchNormalizationOpTest::op, TestTensors.random(4, 3), moments, weight, bias).holds();
  }

  @Test
  void gradientThroughTheMoments() {
    GradientCheck.of(in -> Ops.batchNormalization(in[0], Ops.moments(in[0]), in[1], in[2], EPSILON),
        TestTensors.random(4, 3, 5, 2), TestTensors.random(3), TestTensors.random(3)).run().orThrow(1e-3);
  }

  /** Sums run in another order, hence the tolerance. */
  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      Tensor weight = TestTensors.random(channels);
      Tensor bias = TestTensors.random(channels);
      Tensor x = TestTensors.random(3, channels, 5, 7);
      BlockedContract.of(BatchNormalizationOpTest::op, x, moments(channels).withGrad(), weight, bias)
          .tolerance(1e-5).holds();
      BlockedContract.of(() -> op().withOwnMoments(), x, moments(channels), weight, bias).tolerance(1e-5).holds();
    }
    BlockedContract.of(() -> op().withOwnMoments(), TestTensors.random(5, 17, 63, 71), moments(17),
        TestTensors.random(17), TestTensors.random(17)).tolerance(1e-5).holds();
  }

  private static Tensor moments(int channels) {
    Tensor moments = TestTensors.random(2, channels).detach();
    for (int channel = channels; channel < 2 * channels; channel++) {
      moments.data()[channel] = 0.5f + Math.abs(moments.data()[channel]);
    }
    return moments;
  }

  /** In one op or in two, x gets the same gradient, on top of what it had; the moments get none. */
  @Test
  void ownMoments() {
    Tensor[] both = {TestTensors.random(4, 3, 5, 2), TestTensors.random(3), TestTensors.random(3)};
    Tensor y = Ops.batchNormalization(both[0], Ops.moments(both[0]), both[1], both[2], EPSILON);
    float[] dy = TestTensors.random(4, 3, 5, 2).toArray();
    for (int i = 0; i < dy.length; i++) {
      dy[i] += y.toArray()[i];
    }
    Tensor dot = Ops.sum(Ops.multiply(y, Tensor.of(y.shape(), dy)));
    dot.backward();
    Tensor moments = Ops.moments(both[0].detach()).withGrad();
    Tensor[] one = {TestTensors.random(4, 3, 5, 2), moments, TestTensors.random(3), TestTensors.random(3)};
    BatchNormalizationOp op = op().withOwnMoments();
    Tensor z = Tensor.zeros(y.shape());
    op.forward(one, z);
    assertThat(z.toArray()).isEqualTo(y.toArray());
    System.arraycopy(dy, 0, z.grad(), 0, dy.length);
    one[0].grad()[7] = 0.5f;
    op.backward(one, z);
    assertThat(moments.gradient()).isNull();
    float[] expected = both[0].gradient().toArray();
    expected[7] += 0.5f;
    assertThat(one[0].gradient().toArray()).usingComparatorWithPrecision(1e-5f).containsExactly(expected);
    assertThat(one[2].gradient().toArray()).isEqualTo(both[1].gradient().toArray());
    assertThat(one[3].gradient().toArray()).isEqualTo(both[2].gradient().toArray());
  }

  @Test
  void refuses() {
    Shape c = Shape.of(8);
    Shape moments = Shape.of(2, 8);
    refuses("batch_normalization: expected four inputs, x, moments, weight and bias, got 1", Shape.of(4, 8));
    refuses("batch_normalization: expected an input [N, C, ...], got [8]", c, moments, c, c);
    refuses("batch_normalization: expected moments [2, 8], weight [8] and bias [8] for an input [4, 8, 5, 6], "
        + "got [2, 3], [8] and [1, 8]", Shape.of(4, 8, 5, 6), Shape.of(2, 3), c, Shape.of(1, 8));
    assertThatThrownBy(() -> new BatchNormalizationOp(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch_normalization: epsilon must be above 0, got 0.0");
  }

  private static void refuses(String message, Shape... in) {
    assertThatThrownBy(() -> op().infer(in)).isInstanceOf(ShapeException.class).hasMessage(message);
  }
}
