package dev.fovea.core;

/**
 * Seeded random numbers that are the same on every machine and JDK. Sources are passed to whoever draws, never found
 * ambiently.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
 * 2014): a counter with a constant step, scrambled. So any draw can be reached at once by {@link #at}, and
 * elementwise draws can be made in any order by any number of threads.
 */
public final class RandomSource {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private double spare = Double.NaN;

  /** A source with this seed. */
  public RandomSource(long seed) {
    state = mix(seed);
  }

  /** A source for one of many purposes under one seed: a parameter, an epoch, a step. */
  public static RandomSource of(long seed, long purpose) {
    return new RandomSource(mix(seed) ^ mix(~purpose));
  }

  /** Starts again, as if made by {@link #of} with these values. */
  public void reset(long seed, long purpose) {
    state = mix(mix(seed) ^ mix(~purpose));
    spare = Double.NaN;
  }

  /** 64 random bits. */
  public long bits() {
    state += GAMMA;
    return mix(state);
  }

  /** The bits number {@code index} of the sequence that {@code key} stands for; a pure function. */
  public static long at(long key, long index) {
    return mix(key + (index + 1) * GAMMA);
  }

  /** Uniform in [0, 1): 53 random bits. */
  public double uniform() {
    return (bits() >>> 11) * 0x1p-53;
  }

  /** Uniform in [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /**
   * Uniform among 0 .. bound-1, without bias worth naming (the error is below bound / 2^63).
   *
   * @throws IllegalArgumentException if bound is below 1
   */
  public int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("random: the bound must be at least 1, got " + bound);
    }
    return (int) ((bits() >>> 1) % bound);
  }

  /**
   * Normal with mean 0 and deviation 1 (Marsaglia's polar method, with {@link StrictMath} so that every JDK agrees).
   */
  public double normal() {
    if (!Double.isNaN(spare)) {
      double second = spare;
      spare = Double.NaN;
      return second;
    }
    double u;
    double v;
    double s;
    do {
      u = uniform(-1, 1);
      v = uniform(-1, 1);
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
    spare = v * factor;
    return u * factor;
  }

  /** A random order of 0 .. n-1 (Fisher and Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
