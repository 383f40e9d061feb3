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
  /**
   * Columns of a product done in one round, about: small pictures whole, large ones in bands that stay in the cache.
   */
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
    Patches.Kernel kernel = kernel(s);
    bands(s.outHeight(), s.outWidth(), samples, (n, from, to) -> {
      for (int g = 0; g < s.groups(); g++) {
        Patches patches = patches(s, kernel, x, (n * s.channels() + g * s.groupChannels()) * s.pixels(), from, to);
        int start = (n * s.filters() + g * filters) * s.outPixels() + from * s.outWidth();
        int cells = (to - from) * s.outWidth();
        Gemm.block(left, g * packed, 0, filters, s.depth(), patches, 0, cells, y, start, s.outPixels(), false);
        for (int f = 0; f < filters; f++) {
          finish.apply(g * filters + f, y, start + f * s.outPixels(), cells);
        }
      }
    });
  }

  private static Patches.Kernel kernel(ConvShape s) {
    return new Patches.Kernel(s.kernelHeight(), s.kernelWidth(), s.strideHeight(), s.strideWidth(),
        s.dilationHeight(), s.dilationWidth());
  }

  /** The patches that rows {@code from} to {@code to} of the output see of the channels that begin at {@code start}. */
  private static Patches patches(ConvShape s, Patches.Kernel kernel, float[] x, int start, int from, int to) {
    int top = s.paddingTop() - from * s.strideHeight();
    Frame frame = new Frame((to - from - 1) * s.strideHeight() + (s.kernelHeight() - 1) * s.dilationHeight() + 1,
        (s.outWidth() - 1) * s.strideWidth() + (s.kernelWidth() - 1) * s.dilationWidth() + 1,
        top, s.paddingLeft(), 1, 1);
    boolean inside = top <= 0 && frame.height() - top <= s.height()
        && s.paddingLeft() == 0 && frame.width() <= s.width();
    return inside ? new Patches(kernel, x, start - top * s.width(), s.pixels(), s.width(), s.outWidth())
        : framed(frame, kernel, x, start, s.groupChannels(), s.height(), s.width(), s.outWidth());
  }

  private static Patches framed(Frame frame, Patches.Kernel kernel, float[] x, int start, int planes,
      int height, int width, int outWidth) {
    float[] frames = Scratch.floats(Purpose.FRAME, Math.multiplyExact(planes, frame.size()));
    frame.lay(x, start, planes, height, width, frames);
    return new Patches(kernel, frames, 0, frame.size(), frame.width(), outWidth);
  }

  /** Rows {@code from} to {@code to} of sample n. */
  private interface Band {
    void accept(int n, int from, int to);
  }

  private static void bands(int height, int width, int samples, Band body) {
    int rows = Math.max(1, Math.min(height, ROUND_COLUMNS / width));
    int perSample = (height + rows - 1) / rows;
    Parallel.run(samples * perSample, round -> {
      int from = round % perSample * rows;
      body.accept(round / perSample, from, Math.min(height, from + rows));
    });
  }

  /**
   * dx (+)= the gradient of the input, given that of the output: a convolution of the output's gradient, its cells
   * spread apart by the stride, with the filters turned round.
   */
  public static void backwardData(ConvShape s, int samples, float[] dy, float[] w, float[] dx, boolean add) {
    int channels = s.groupChannels();
    int depth = s.groupFilters() * s.taps();
    int packed = Gemm.packedLength(channels, depth);
    float[] left = Scratch.floats(Purpose.LEFT_OPERAND, Math.multiplyExact(s.groups(), packed));
    Parallel.run(s.groups(), g -> Gemm.packLeft(
        new FilterColumns(s, w, g * s.groupFilters() * s.depth()), channels, depth, left, g * packed));
    int spanHeight = (s.kernelHeight() - 1) * s.dilationHeight();
    int spanWidth = (s.kernelWidth() - 1) * s.dilationWidth();
    Patches.Kernel kernel = new Patches.Kernel(s.kernelHeight(), s.kernelWidth(), 1, 1,
        s.dilationHeight(), s.dilationWidth());
    bands(s.height(), s.width(), samples, (n, from, to) -> {
      Frame frame = new Frame(to - from + spanHeight, s.width() + spanWidth,
          spanHeight - s.paddingTop() - from, spanWidth - s.paddingLeft(), s.strideHeight(), s.strideWidth());
      for (int g = 0; g < s.groups(); g++) {
        Patches patches = framed(frame, kernel, dy, (n * s.filters() + g * s.groupFilters()) * s.outPixels(),
            s.groupFilters(), s.outHeight(), s.outWidth(), s.width());
        int start = (n * s.channels() + g * channels) * s.pixels() + from * s.width();
        Gemm.block(left, g * packed, 0, channels, depth, patches, 0, (to - from) * s.width(),
            dx, start, s.pixels(), add);
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
    Patches.Kernel kernel = kernel(s);
    float[] left =
        Scratch.floats(Purpose.LEFT_OPERAND_OF_ROUND, Gemm.packedLength(filters, s.outPixels()));
    for (int n = first; n < last; n++) {
      int start = (n * s.filters() + group * filters) * s.outPixels();
      Gemm.packLeft(Operand.rows(dy, start, s.outPixels()), filters, s.outPixels(), left, 0);
      Patches patches = patches(s, kernel, x, (n * s.channels() + group * s.groupChannels()) * s.pixels(),
          0, s.outHeight());
      Gemm.block(left, 0, 0, filters, s.outPixels(), new PatchColumns(patches), from, to,
          partial, offset + group * filters * s.depth(), s.depth(), n > first);
    }
  }
}
