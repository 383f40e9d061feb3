package dev.fovea.core.kernels;

/**
 * Transcendental functions in float32 with the same bits on every machine, JDK and JIT level. {@link Math} does not promise
 * that (its intrinsics differ between JDKs), {@link StrictMath} does and is slow. These are plain multiplications and
 * additions, which Java defines to the bit.
 */
public final class FloatMath {
  static final float EXP_MIN = -87.33654f;
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

  private FloatMath() {}

  /** e^x to 2 units in the last place; 0 below -87.3, infinite above 88.7. */
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

  /** 1 / (1 + e^-x). */
  public static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    return (x >= 0 ? 1f : e) / (1f + e);
  }

  /** (e^x - e^-x) / (e^x + e^-x); a Taylor polynomial near 0, where the quotient would cancel. */
  public static float tanh(float x) {
    float a = Math.abs(x);
    if (a < 0.3f) {
      float s = x * x;
      return x + x * s * (-0.33333333f + s * (0.13333333f + s * (-0.053968254f + s * (0.021869488f - s * 0.0088632355f))));
    }
    float e = exp(-2f * a);
    float y = (1f - e) / (1f + e);
    return x < 0 ? -y : y;
  }
}
