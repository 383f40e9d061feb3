package dev.fovea.core.kernels;

/**
 * Transcendental functions in float32 with the same bits on every machine, JDK and JIT level. {@link Math} does not
 * promise that (its intrinsics differ between JDKs), {@link StrictMath} does and is slow. These are plain
 * multiplications and additions, which Java defines to the bit.
 */
public final class FloatMath {
  static final float EXP_MIN = -86.98f;
  static final float EXP_MAX = 88.72283f;
  static final float LOG2E = 1.44269504f;
  /** ln 2 in two parts: the first has few bits, so that n * LN2_HIGH is exact. */
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  /** 1.5 * 2^23: adding it rounds a small float to a whole number, which stands in the low bits. */
  static final float ROUND = 12582912f;
  /** e^r = 1 + r + r^2 (P0 + P1 r + ...) for |r| at most ln(2)/2; coefficients of Cephes' expf (S. Moshier). */
  static final float P0 = 5.0000001201e-1f;
  static final float P1 = 1.6666665459e-1f;
  static final float P2 = 4.1665795894e-2f;
  static final float P3 = 8.3334519073e-3f;
  static final float P4 = 1.3981999507e-3f;
  static final float P5 = 1.9875691500e-4f;

  /** Below this e^x - 1 is -1 in float32, above the other e^x itself. */
  private static final float EXPM1_MIN = -18f;
  private static final float EXPM1_MAX = 80f;
  private static final float SQRT_HALF = 0.70710678f;

  private FloatMath() {}

  /** e^x to 2 units in the last place; 0 below -87, infinite above 88.7. */
  public static float exp(float x) {
    if (x < EXP_MIN) {
      return 0f;
    }
    if (x > EXP_MAX) {
      return Float.POSITIVE_INFINITY;
    }
    float rounded = x * LOG2E + ROUND;
    float n = rounded - ROUND;
    float r = x - n * LN2_HIGH - n * LN2_LOW;
    float p = ((((P5 * r + P4) * r + P3) * r + P2) * r + P1) * r + P0;
    float e = p * r * r + r + 1f;
    // In two halves, since 2^128 has no float of its own.
    int whole = Float.floatToRawIntBits(rounded) << 23;
    return e * 2f * Float.intBitsToFloat(whole + (126 << 23));
  }

  /** e^x - 1 to 2 units in the last place, near 0 too; -1 far below 0, infinite above 88.7. */
  public static float expm1(float x) {
    if (x < EXPM1_MIN) {
      return -1f;
    }
    if (x > EXPM1_MAX) {
      return exp(x);
    }
    // e^x - 1 = 2^n (e^r - 1) + (2^n - 1), and the second bracket is exact wherever it matters.
    float rounded = x * LOG2E + ROUND;
    float n = rounded - ROUND;
    float r = x - n * LN2_HIGH - n * LN2_LOW;
    float p = ((((P5 * r + P4) * r + P3) * r + P2) * r + P1) * r + P0;
    float power = Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << 23) + (127 << 23));
    return Math.copySign((p * r * r + r) * power + (power - 1f), x);
  }

  /** 1 / (1 + e^-x). */
  public static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    return (x >= 0 ? 1f : e) / (1f + e);
  }

  /** (e^x - e^-x) / (e^x + e^-x); a Taylor polynomial near 0, where the quotient would cancel. */
  public static float tanh(float x) {
    float a = Math.abs(x);
    float y;
    if (a < 0.3f) {
      float s = a * a;
      y = a + a * s * (-0.33333333f + s * (0.13333333f + s * (-0.053968254f + s * (0.021869488f - s * 0.0088632355f))));
    } else {
      float e = exp(-2f * a);
      y = (1f - e) / (1f + e);
    }
    return Math.copySign(y, x);
  }

  /**
   * ln(1 + e^x) = max(x, 0) + ln(1 + t) with t = e^-|x|. Since t is at most 1, the series of the inverse hyperbolic
   * tangent, ln(1 + t) = 2 (s + s^3/3 + s^5/5 + ...) with s = t / (2 + t), needs eight terms.
   */
  public static float softplus(float x) {
    float t = exp(-Math.abs(x));
    float s = t / (2f + t);
    float q = s * s;
    float series = 1f + q * (0.33333333f + q * (0.2f + q * (0.14285714f + q * (0.11111111f + q * (0.09090909f
        + q * (0.07692308f + q * 0.06666667f))))));
    return Math.max(x, 0f) + 2f * s * series;
  }

  /** The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, to 4 units in the last place. */
  public static float erf(float x) {
    float a = Math.abs(x);
    return Math.copySign(a < 1f ? erfNearZero(a) : 1f - erfc(a), x);
  }

  /**
   * The share of the standard normal distribution below x, (1 + erf(x / sqrt 2)) / 2. Far below 0 it is told from the
   * tail itself, where that sum would cancel.
   */
  public static float normalCdf(float x) {
    float u = x * SQRT_HALF;
    float a = Math.abs(u);
    if (a < 1f) {
      return 0.5f + 0.5f * Math.copySign(erfNearZero(a), u);
    }
    float tail = 0.5f * erfc(a);
    return u < 0 ? tail : 1f - tail;
  }

  /** erf for 0 to 1; the coefficients are those of Cephes' erff (S. Moshier), as in {@link #erfc}. */
  private static float erfNearZero(float a) {
    float s = a * a;
    return a * ((((((7.853861353153693e-5f * s - 8.010193625184903e-4f) * s + 5.188327685732524e-3f) * s
        - 2.685381193529856e-2f) * s + 1.128358514861418e-1f) * s - 3.761262582423300e-1f) * s + 1.128379165726710f);
  }

  /** 1 - erf(a) for a of at least 1: e^(-a^2) / a times a polynomial in 1 / a^2, one up to 2 and another beyond. */
  private static float erfc(float a) {
    float q = 1f / a;
    float s = q * q;
    float p = a < 2f
        ? (((((((2.326819970068386e-2f * s - 1.387039388740657e-1f) * s + 3.687424674597105e-1f) * s
            - 5.824733027278666e-1f) * s + 6.210004621745983e-1f) * s - 4.944515323274145e-1f) * s
            + 3.404879937665872e-1f) * s - 2.741127028184656e-1f) * s + 5.638259427386472e-1f
        : ((((((-1.047766399936249e+1f * s + 1.297719955372516e+1f) * s - 7.495518717768503f) * s
            + 2.921019019210786f) * s - 1.015265279202700f) * s + 4.218463358204948e-1f) * s
            - 2.820767439740514e-1f) * s + 5.641895067754075e-1f;
    return exp(-a * a) * q * p;
  }
}
