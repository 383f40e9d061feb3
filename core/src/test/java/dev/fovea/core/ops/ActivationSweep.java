package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.conv.Pointwise;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/**
 * What every activation must keep: value and slope agree with the definition in double precision from -30 to 30 and at
 * +-1000, where nothing becomes NaN; NaN stays NaN; y may take the place of x.
 */
final class ActivationSweep {
  private static final int STEPS = 60_000;
  private static final double TOLERANCE = 1e-6;

  private ActivationSweep() {}

  static void check(Supplier<ActivationOp> op, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
    OpContract.of(() -> op.get(), awayFromZero(5, 7)).step(5e-3f, 1e-3).holds();
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(op::get, awayFromZero(2, channels, 5, 7)).holds();
    }
    Tensor x = sweep();
    int n = x.shape().size();
    Tensor y = Tape.apply(op.get(), x);
    float[] ones = new float[n];
    Arrays.fill(ones, 1f);
    TestTensors.backward(y, ones);
    Tensor dx = x.gradient();
    for (int i = 0; i < n; i++) {
      float at = x.data()[i];
      near("value", at, y.data()[i], value.applyAsDouble(at));
      near("slope", at, dx.data()[i], slope.applyAsDouble(at));
    }
    float[] inPlace = x.toArray();
    op.get().value(n, inPlace, 0, inPlace, 0);
    assertThat(inPlace).isEqualTo(y.toArray());
    if (op.get().slopeFromOutput()) {
      endsAConvolution(op.get(), x, y, dx);
    }
    Tensor nan = Tensor.vector(Float.NaN).withGrad();
    Tensor z = Tape.apply(op.get(), nan);
    assertThat(z.item()).isNaN();
  }

  /** As the last act of a convolution: in place, the slope from y alone, dz where dy was. */
  private static void endsAConvolution(Pointwise activation, Tensor x, Tensor y, Tensor dx) {
    float[] z = x.toArray();
    activation.value(z.length, z, 0);
    assertThat(z).isEqualTo(y.toArray());
    float[] dy = new float[z.length];
    Arrays.fill(dy, 1f);
    activation.slope(z.length, z, 0, dy, 0, dy, 0);
    assertThat(dy).isEqualTo(dx.toArray());
  }

  private static Tensor sweep() {
    Tensor x = Tensor.zeros(Shape.of(STEPS + 3)).withGrad();
    for (int i = 0; i <= STEPS; i++) {
      // Half a step aside: where a slope jumps, at 0, its value there is tested by each activation itself.
      x.data()[i] = (i + 0.5f - STEPS / 2) / (STEPS / 60);
    }
    x.data()[STEPS + 1] = -1000;
    x.data()[STEPS + 2] = 1000;
    return x;
  }

  private static void near(String what, float at, float actual, double expected) {
    if (!(Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
      fail("%s at %s: expected %s, got %s", what, at, expected, actual);
    }
  }

  /** Values whose distance from a kink at 0 is larger than the step of the gradient check. */
  static Tensor awayFromZero(int... lengths) {
    Tensor x = TestTensors.random(lengths);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] += Math.signum(x.data()[i]) * 0.1f;
    }
    return x;
  }
}
