package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * {@link ChannelKernels} for planes: {@value Blocks#WIDTH} neighbouring pixels of one channel are taken for one pixel
 * of a block whose channels are all this one; what is left over is computed here.
 */
final class PlaneChannels implements ChannelKernels {
  private static final int WIDTH = Blocks.WIDTH;
  private static final int LEAST = 4 * WIDTH;
  private static final int CONSTANTS = 4;
  private static final int SUMS = CONSTANTS * WIDTH;
  private static final int LENGTH = SUMS + 2 * WIDTH;

  private final ChannelKernels wide;

  PlaneChannels(ChannelKernels wide) {
    this.wide = wide;
  }

  @Override
  public int lanes() {
    return 1;
  }

  /** How many pixels of a block are made of n, none if that would cost more than it saves. */
  private static int whole(int n) {
    return n < LEAST ? 0 : n / WIDTH;
  }

  /** A scratch array that begins with each of the first constants repeated, as many as asked for. */
  private static float[] repeat(int count, float[] constants, int at) {
    float[] scratch = Scratch.floats(Scratch.Purpose.CHANNEL, LENGTH);
    for (int i = 0; i < count; i++) {
      Arrays.fill(scratch, i * WIDTH, (i + 1) * WIDTH, constants[at + i]);
    }
    return scratch;
  }

  private static double sum(float[] lanes, int from) {
    double sum = 0;
    for (int lane = 0; lane < WIDTH; lane++) {
      sum += lanes[from + lane];
    }
    return sum;
  }

  @Override
  public void sums(int n, float[] x, int xOffset, float[] sums, int sumsOffset) {
    int whole = whole(n);
    double sum = 0;
    if (whole > 0) {
      float[] scratch = Scratch.floats(Scratch.Purpose.CHANNEL, LENGTH);
      wide.sums(whole, x, xOffset, scratch, SUMS);
      sum = sum(scratch, SUMS);
    }
    for (int i = whole * WIDTH; i < n; i++) {
      sum += x[xOffset + i];
    }
    sums[sumsOffset] = (float) sum;
  }

  @Override
  public void deviations(int n, float[] x, int xOffset, float[] constants, int at, float[] sums, int sumsOffset) {
    int whole = whole(n);
    double sum = 0;
    double squares = 0;
    if (whole > 0) {
      float[] scratch = repeat(1, constants, at);
      wide.deviations(whole, x, xOffset, scratch, 0, scratch, SUMS);
      sum = sum(scratch, SUMS);
      squares = sum(scratch, SUMS + WIDTH);
    }
    for (int i = whole * WIDTH; i < n; i++) {
      float deviation = x[xOffset + i] - constants[at];
      sum += deviation;
      squares += deviation * deviation;
    }
    sums[sumsOffset] = (float) sum;
    sums[sumsOffset + 1] = (float) squares;
  }

  @Override
  public void slopeSums(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] constants, int at,
      float[] sums, int sumsOffset) {
    int whole = whole(n);
    double sum = 0;
    double products = 0;
    if (whole > 0) {
      float[] scratch = repeat(1, constants, at);
      wide.slopeSums(whole, x, xOffset, dy, dyOffset, scratch, 0, scratch, SUMS);
      sum = sum(scratch, SUMS);
      products = sum(scratch, SUMS + WIDTH);
    }
    for (int i = whole * WIDTH; i < n; i++) {
      sum += dy[dyOffset + i];
      products += (x[xOffset + i] - constants[at]) * dy[dyOffset + i];
    }
    sums[sumsOffset] = (float) sum;
    sums[sumsOffset + 1] = (float) products;
  }

  @Override
  public void normalize(int n, float[] x, int xOffset, float[] constants, int at, float[] y, int yOffset,
      boolean add) {
    int whole = whole(n);
    if (whole > 0) {
      wide.normalize(whole, x, xOffset, repeat(CONSTANTS - 1, constants, at), 0, y, yOffset, add);
    }
    for (int i = whole * WIDTH; i < n; i++) {
      float value = (x[xOffset + i] - constants[at]) * constants[at + 1] + constants[at + 2];
      y[yOffset + i] = add ? y[yOffset + i] + value : value;
    }
  }

  @Override
  public void combine(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] constants, int at,
      float[] y, int yOffset, boolean add) {
    int whole = whole(n);
    if (whole > 0) {
      wide.combine(whole, x, xOffset, dy, dyOffset, repeat(CONSTANTS, constants, at), 0, y, yOffset, add);
    }
    for (int i = whole * WIDTH; i < n; i++) {
      float value = (x[xOffset + i] - constants[at]) * constants[at + 1] + constants[at + 2]
          + dy[dyOffset + i] * constants[at + 3];
      y[yOffset + i] = add ? y[yOffset + i] + value : value;
    }
  }
}
