package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** {@link FloatMath} against {@link StrictMath} in double precision, over dense sweeps and at the odd places. */
class FloatMathTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  /** Two units in the last place of a float, and four, relative to the value. */
  private static final double TWO_ULPS = 0x1p-22;
  private static final double FOUR_ULPS = 0x1p-21;

  /** A function from float to float. */
  private interface FloatFunction {
    float apply(float x);
  }

  @Test
  void exp() {
    sweep("exp", FloatMath::exp, StrictMath::exp, -86.9f, 88.7f, TWO_ULPS, 0);
    odd("exp", FloatMath::exp, 1, 1, 0, INFINITY);
    assertThat(FloatMath.exp(-88)).isZero();
    assertThat(FloatMath.exp(89)).isEqualTo(INFINITY);
    assertThat(FloatMath.exp(-Float.MIN_VALUE)).isEqualTo(1);
  }

  @Test
  void expm1() {
    sweep("expm1", FloatMath::expm1, StrictMath::expm1, -30, 88.7f, FOUR_ULPS, 0);
    sweep("expm1", FloatMath::expm1, StrictMath::expm1, -1e-3f, 1e-3f, TWO_ULPS, 0);
    odd("expm1", FloatMath::expm1, 0f, -0f, -1, INFINITY);
    assertThat(FloatMath.expm1(89)).isEqualTo(INFINITY);
    assertThat(FloatMath.expm1(1e-30f)).isEqualTo(1e-30f);
    assertThat(FloatMath.expm1(-1e-30f)).isEqualTo(-1e-30f);
  }

  @Test
  void sigmoid() {
    sweep("sigmoid", FloatMath::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), -86.9f, 100, FOUR_ULPS, 0);
    odd("sigmoid", FloatMath::sigmoid, 0.5f, 0.5f, 0, 1);
  }

  @Test
  void tanh() {
    sweep("tanh", FloatMath::tanh, StrictMath::tanh, -12, 12, FOUR_ULPS, 0);
    sweep("tanh", FloatMath::tanh, StrictMath::tanh, -1e-3f, 1e-3f, TWO_ULPS, 0);
    odd("tanh", FloatMath::tanh, 0f, -0f, -1, 1);
  }

  @Test
  void softplus() {
    sweep("softplus", FloatMath::softplus, x -> StrictMath.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))),
        -86.9f, 100, FOUR_ULPS, 0);
    float ln2 = (float) StrictMath.log(2);
    odd("softplus", FloatMath::softplus, ln2, ln2, 0, INFINITY);
    assertThat(FloatMath.softplus(1000)).isEqualTo(1000);
    assertThat(FloatMath.softplus(-1000)).isZero();
  }

  @Test
  void erf() {
    sweep("erf", FloatMath::erf, FloatMathTest::exactErf, -6, 6, FOUR_ULPS, 0);
    sweep("erf", FloatMath::erf, FloatMathTest::exactErf, -1e-3f, 1e-3f, TWO_ULPS, 0);
    odd("erf", FloatMath::erf, 0f, -0f, -1, 1);
  }

  @Test
  void normalCdf() {
    sweep("normalCdf", FloatMath::normalCdf, x -> 0.5 + 0.5 * exactErf(x * StrictMath.sqrt(0.5)), -8, 8, 0, 2e-7);
    odd("normalCdf", FloatMath::normalCdf, 0.5f, 0.5f, 0, 1);
    // The lower tail, from tables (Abramowitz and Stegun, 26.2), relative to itself.
    assertThat(FloatMath.normalCdf(-2) / 2.275013194817921e-2).isBetween(1 - 1e-6, 1 + 1e-6);
    assertThat(FloatMath.normalCdf(-5) / 2.866515718791939e-7).isBetween(1 - 2e-6, 1 + 2e-6);
    assertThat(FloatMath.normalCdf(-10) / 7.619853024160527e-24).isBetween(1 - 1e-5, 1 + 1e-5);
  }

  private static void sweep(String name, FloatFunction function, DoubleUnaryOperator exact, float from, float to,
      double relative, double absolute) {
    int steps = 200_000;
    for (int i = 0; i <= steps; i++) {
      float x = (float) (from + ((double) to - from) * i / steps);
      double expected = exact.applyAsDouble(x);
      double error = Math.abs(function.apply(x) - expected);
      if (!(error <= relative * Math.abs(expected) + absolute)) {
        fail("%s(%s): expected %s, got %s", name, x, expected, function.apply(x));
      }
    }
  }

  /** The values at 0, -0 and the infinities, signs of zero included; and that NaN stays NaN. */
  private static void odd(String name, FloatFunction function, float zero, float minusZero, float low, float high) {
    assertThat(function.apply(0f)).as(name + "(0)").isEqualTo(zero);
    assertThat(function.apply(-0f)).as(name + "(-0)").isEqualTo(minusZero);
    assertThat(function.apply(-INFINITY)).as(name + "(-infinity)").isEqualTo(low);
    assertThat(function.apply(INFINITY)).as(name + "(infinity)").isEqualTo(high);
    assertThat(function.apply(Float.NaN)).as(name + "(NaN)").isNaN();
  }

  /** 2 / sqrt(pi) e^(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + ...): all terms of one sign, so nothing cancels. */
  private static double exactErf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 300 && term != 0; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / StrictMath.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }
}
