package dev.fovea.core.kernels;

/**
 * Pictures from planes, one a channel, to {@linkplain Blocks blocks of channels} and back: transposes of matrices that
 * are {@value Blocks#WIDTH} channels high and as wide as the picture has pixels.
 *
 * <p>Done in squares of {@value Blocks#WIDTH} by {@value Blocks#WIDTH}, channel by channel: each channel gives one
 * cache line of its plane, and the kilobyte of blocks stays in the nearest cache. So it does not matter how far planes
 * are apart (a power of two would throw lines out of the cache before they are used up).
 */
public final class BlockTranspose {
  private static final int WIDTH = Blocks.WIDTH;

  private BlockTranspose() {}

  /**
   * blocks (+)= planes for some pixels of one block.
   *
   * @param channels how many of the block's channels there are; where values are overwritten the others become 0
   * @param plane floats from one channel of the planes to the next
   */
  public static void toBlocks(int channels, int pixels, float[] planes, int from, int plane,
      float[] blocks, int to, boolean add) {
    if (squares(channels, pixels, add)) {
      for (int pixel = 0; pixel < pixels; pixel = next(pixel, pixels)) {
        BlockKernels.get().transpose(planes, from + pixel, plane, blocks, to + pixel * WIDTH, WIDTH);
      }
      return;
    }
    int whole = pixels / WIDTH * WIDTH;
    for (int pixel = 0; pixel < whole; pixel += WIDTH) {
      int at = to + pixel * WIDTH;
      for (int channel = 0; channel < channels; channel++) {
        if (add) {
          addLine(planes, from + channel * plane + pixel, blocks, at + channel);
        } else {
          setLine(planes, from + channel * plane + pixel, blocks, at + channel);
        }
      }
    }
    for (int pixel = whole; pixel < pixels; pixel++) {
      int at = to + pixel * WIDTH;
      for (int channel = 0; channel < channels; channel++) {
        float value = planes[from + channel * plane + pixel];
        blocks[at + channel] = add ? blocks[at + channel] + value : value;
      }
    }
    if (!add && channels < WIDTH) {
      clear(channels, pixels, blocks, to);
    }
  }

  /** Whether whole squares are all there is to set, of which the last may cover a part of the one before. */
  private static boolean squares(int channels, int pixels, boolean add) {
    return channels == WIDTH && pixels >= WIDTH && !add;
  }

  /** The first pixel of the next square; {@code pixels} behind the last one. */
  private static int next(int pixel, int pixels) {
    return pixel + WIDTH == pixels ? pixels : Math.min(pixel + WIDTH, pixels - WIDTH);
  }

  private static void clear(int channels, int pixels, float[] blocks, int to) {
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int channel = channels; channel < WIDTH; channel++) {
        blocks[to + pixel * WIDTH + channel] = 0f;
      }
    }
  }

  private static void setLine(float[] planes, int from, float[] blocks, int to) {
    for (int i = 0; i < WIDTH; i++) {
      blocks[to + i * WIDTH] = planes[from + i];
    }
  }

  private static void addLine(float[] planes, int from, float[] blocks, int to) {
    for (int i = 0; i < WIDTH; i++) {
      blocks[to + i * WIDTH] += planes[from + i];
    }
  }

  /**
   * planes (+)= blocks for some pixels of one block.
   *
   * @param channels how many of the block's channels there are; the others are not looked at
   * @param plane floats from one channel of the planes to the next
   */
  public static void toPlanes(int channels, int pixels, float[] blocks, int from,
      float[] planes, int to, int plane, boolean add) {
    if (squares(channels, pixels, add)) {
      for (int pixel = 0; pixel < pixels; pixel = next(pixel, pixels)) {
        BlockKernels.get().transpose(blocks, from + pixel * WIDTH, WIDTH, planes, to + pixel, plane);
      }
      return;
    }
    int whole = pixels / WIDTH * WIDTH;
    for (int pixel = 0; pixel < whole; pixel += WIDTH) {
      int at = from + pixel * WIDTH;
      for (int channel = 0; channel < channels; channel++) {
        if (add) {
          addColumn(blocks, at + channel, planes, to + channel * plane + pixel);
        } else {
          setColumn(blocks, at + channel, planes, to + channel * plane + pixel);
        }
      }
    }
    for (int pixel = whole; pixel < pixels; pixel++) {
      int at = from + pixel * WIDTH;
      for (int channel = 0; channel < channels; channel++) {
        int place = to + channel * plane + pixel;
        planes[place] = add ? planes[place] + blocks[at + channel] : blocks[at + channel];
      }
    }
  }

  private static void setColumn(float[] blocks, int from, float[] planes, int to) {
    for (int i = 0; i < WIDTH; i++) {
      planes[to + i] = blocks[from + i * WIDTH];
    }
  }

  private static void addColumn(float[] blocks, int from, float[] planes, int to) {
    for (int i = 0; i < WIDTH; i++) {
      planes[to + i] += blocks[from + i * WIDTH];
    }
  }
}
