package dev.fovea.core.kernels;

/**
 * Channel-wise arithmetic on pictures, what batch normalization is made of. A stretch of {@code n} pixels holds the
 * values of {@link #lanes()} channels side by side: of one in planes [N, C, H, W], of {@value Blocks#WIDTH} in
 * {@linkplain Blocks blocks}.
 *
 * <p>What a kernel needs to know of the channels are constants in one array, from an offset on: one center a channel,
 * then one factor a channel, one offset and one slope. As in {@link Kernels}, an offset in floats follows each array,
 * {@code add} says whether the output is added to or overwritten, and sums run in an order fixed by n alone.
 */
public interface ChannelKernels {
  /** For planes, each a channel. */
  static ChannelKernels planes() {
    return Chosen.PLANES;
  }

  /** For blocks of channels. */
  static ChannelKernels blocks() {
    return Chosen.BLOCKS;
  }

  /** How many channels lie side by side. */
  int lanes();

  /** For each channel the sum of x; overwrites. */
  void sums(int n, float[] x, int xOffset, float[] sums, int sumsOffset);

  /** For each channel the sum of x - center, and behind these the sums of (x - center)^2; overwrites. */
  void deviations(int n, float[] x, int xOffset, float[] constants, int at, float[] sums, int sumsOffset);

  /** For each channel the sum of dy, and behind these the sums of dy * (x - center); overwrites. */
  void slopeSums(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] constants, int at,
      float[] sums, int sumsOffset);

  /** y (+)= (x - center) * factor + offset. */
  void normalize(int n, float[] x, int xOffset, float[] constants, int at, float[] y, int yOffset, boolean add);

  /** y (+)= (x - center) * factor + offset + dy * slope. */
  void combine(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] constants, int at,
      float[] y, int yOffset, boolean add);

  /** Chosen when first asked for. */
  final class Chosen {
    private static final ChannelKernels BLOCKS = KernelChoice.twin(
        new ScalarChannels(), ChannelKernels.class, "dev.fovea.core.kernels.VectorChannels");
    private static final ChannelKernels PLANES = new PlaneChannels(BLOCKS);

    private Chosen() {}
  }
}
