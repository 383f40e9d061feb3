package dev.fovea.core.kernels;

import dev.fovea.core.kernels.Scratch.Purpose;

/**
 * 2-D convolution and its two gradients as matrix products, for any stride, dilation, padding and number of groups.
 * Arrays are x [N, channels, height, width], w [filters, channels / groups, kernel rows, kernel columns] and y [N,
 * filters, outHeight, outWidth].
 *
 * <p>All three products gather their right operand straight from the picture (Chetlur et al., "cuDNN: efficient
 * primitives for deep learning", 2014, call it implicit): no matrix of patches is ever in memory.
 */
public final class Convolution {
  /** Columns of a product done in one round: small pictures whole, large ones in pieces that stay in the cache. */
  private static final int ROUND_COLUMNS = 1024;
  /** Taps (lines) of the weights' gradient in one round. */
  private static final int ROUND_TAPS = 384;
  /**
   * The weights' gradient is summed over this many groups of samples, then over the groups: more threads, fixed
   * order.
   */
  private static final int SAMPLE_GROUPS = 8;
  /** Above this many weights the groups' sums would cost too much memory, and there is enough to share out without. */
  private static final int MANY_WEIGHTS = 1 << 18;

  private Convolution() {}

  /** What is done to a finished stretch of one filter's output, while it is in the cache. */
  @FunctionalInterface
  public interface Finish {
    /** Works in place on {@code count} values of {@code y} from {@code from} on. */
    void apply(int filter, float[] y, int from, int count);
  }

  /** y = w * x, then {@code finish} on every stretch of it (bias, activation). */
  public static void forward(ConvShape s, int samples, float[] x, float[] w, float[] y, Finish finish) {
    int filters = s.groupFilters();
    int packed = Gemm.packedLength(filters, s.depth());
    float[] left = Scratch.floats(Purpose.LEFT_OPERAND, Math.multiplyExact(s.groups(), packed));
    Parallel.run(s.groups(), g -> Gemm.packLeft(
        Operand.rows(w, g * filters * s.depth(), s.depth()), filters, s.depth(), left, g * packed));
    int pieces = (s.outPixels() + ROUND_COLUMNS - 1) / ROUND_COLUMNS;
    Parallel.run(samples * pieces, round -> {
      int n = round / pieces;
      int from = round % pieces * ROUND_COLUMNS;
      int to = Math.min(s.outPixels(), from + ROUND_COLUMNS);
      for (int g = 0; g < s.groups(); g++) {
        Operand patches = new Patches(s, x, (n * s.channels() + g * s.groupChannels()) * s.pixels());
        int start = (n * s.filters() + g * filters) * s.outPixels();
        Gemm.block(left, g * packed, 0, filters, s.depth(), patches, from, to, y, start, s.outPixels(), false);
        for (int f = 0; f < filters; f++) {
          finish.apply(g * filters + f, y, start + f * s.outPixels() + from, to - from);
        }
      }
    });
  }

  /** dx (+)= the gradient of the input, given that of the output. */
  public static void backwardData(ConvShape s, int samples, float[] dy, float[] w, float[] dx, boolean add) {
    int channels = s.groupChannels();
    int depth = s.groupFilters() * s.taps();
    int packed = Gemm.packedLength(channels, depth);
    float[] left = Scratch.floats(Purpose.LEFT_OPERAND, Math.multiplyExact(s.groups(), packed));
    Parallel.run(s.groups(), g -> Gemm.packLeft(
        new FilterColumns(s, w, g * s.groupFilters() * s.depth()), channels, depth, left, g * packed));
    int pieces = (s.pixels() + ROUND_COLUMNS - 1) / ROUND_COLUMNS;
    Parallel.run(samples * pieces, round -> {
      int n = round / pieces;
      int from = round % pieces * ROUND_COLUMNS;
      int to = Math.min(s.pixels(), from + ROUND_COLUMNS);
      for (int g = 0; g < s.groups(); g++) {
        Operand patches = new GradPatches(s, dy, (n * s.filters() + g * s.groupFilters()) * s.outPixels());
        int start = (n * s.channels() + g * channels) * s.pixels();
        Gemm.block(left, g * packed, 0, channels, depth, patches, from, to, dx, start, s.pixels(), add);
      }
    });
  }

  /** dw (+)= the gradient of the weights, given that of the output. */
  public static void backwardWeights(ConvShape s, int samples, float[] dy, float[] x, float[] dw, boolean add) {
    int weights = s.filters() * s.depth();
    int sampleGroups = weights > MANY_WEIGHTS ? 1 : Math.min(samples, SAMPLE_GROUPS);
    int pieces = (s.depth() + ROUND_TAPS - 1) / ROUND_TAPS;
    float[] partial = Scratch.floats(Purpose.PARTIAL_SUMS, sampleGroups * weights);
    Parallel.run(sampleGroups * s.groups() * pieces, round -> {
      int group = round / pieces % s.groups();
      int samplesOf = round / pieces / s.groups();
      int from = round % pieces * ROUND_TAPS;
      int to = Math.min(s.depth(), from + ROUND_TAPS);
      int first = (int) ((long) samples * samplesOf / sampleGroups);
      int last = (int) ((long) samples * (samplesOf + 1) / sampleGroups);
      sumOverSamples(s, first, last, group, from, to, dy, x, partial, samplesOf * weights);
    });
    Kernels kernels = Kernels.get();
    Parallel.ranges(weights, 1 << 13, (from, to) -> {
      for (int i = 0; i < sampleGroups; i++) {
        kernels.scale(to - from, 1f, partial, i * weights + from, dw, from, add || i > 0);
      }
    });
  }

  private static void sumOverSamples(ConvShape s, int first, int last, int group, int from, int to,
      float[] dy, float[] x, float[] partial, int offset) {
    int filters = s.groupFilters();
    float[] left =
        Scratch.floats(Purpose.LEFT_OPERAND_OF_ROUND, Gemm.packedLength(filters, s.outPixels()));
    for (int n = first; n < last; n++) {
      int start = (n * s.filters() + group * filters) * s.outPixels();
      Gemm.packLeft(Operand.rows(dy, start, s.outPixels()), filters, s.outPixels(), left, 0);
      Operand columns = new PatchColumns(s, x, (n * s.channels() + group * s.groupChannels()) * s.pixels());
      Gemm.block(left, 0, 0, filters, s.outPixels(), columns, from, to,
          partial, offset + group * filters * s.depth(), s.depth(), n > first);
    }
  }
}
