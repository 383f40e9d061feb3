package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.KernelChoice;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import java.util.Arrays;

/**
 * What follows a convolution's sums z while they are in the cache, region by region: y = f(z), or y = pool(f(z)) where
 * each 2 by 2 cells are {@linkplain Halving halved}; and its way back, from dy to dz.
 */
final class Epilogue {
  private static final int WIDTH = Blocks.WIDTH;
  private static final PixelKernels PIXELS = KernelChoice.twin(new ScalarPixels(), PixelKernels.class,
      Epilogue.class.getPackageName() + ".VectorPixels");

  private final ConvShape shape;
  private final Pointwise activation;
  private final Halving halving;
  private final boolean pool;
  private final int outBlocks;

  /**
   * @param activation f, or {@code null} for none
   * @throws IllegalArgumentException for the mean of an f whose slope does not follow from the sign of z
   */
  Epilogue(ConvShape shape, Pointwise activation, Halving halving) {
    this.shape = shape;
    this.activation = activation;
    this.halving = halving;
    pool = halving != Halving.NONE;
    if (halving == Halving.MEAN && activation != null && !relu()) {
      throw new IllegalArgumentException("convolution: expected relu or no activation before average pooling,"
          + " got another one");
    }
    outBlocks = Blocks.count(shape.filters());
  }

  /** Whether y is z. */
  boolean isTrivial() {
    return !pool && activation == null;
  }

  /** Whether the way back reads y. */
  boolean activates() {
    return activation != null && halving != Halving.MEAN;
  }

  /** Whether y is pooled. */
  boolean pools() {
    return pool;
  }

  /** How y is pooled. */
  Halving halving() {
    return halving;
  }

  /** Rows of y. */
  int height() {
    return pool ? shape.outHeight() / 2 : shape.outHeight();
  }

  /** Columns of y. */
  int width() {
    return pool ? shape.outWidth() / 2 : shape.outWidth();
  }

  /** Where the {@linkplain Pooling#choices choices} of a row of y begin. */
  int choices(int yRow) {
    return Pooling.choices(yRow, width());
  }

  /** Whether an algorithm that has this way to pool is to do all that follows the sums, given the {@link #floor}. */
  boolean leavesTo(Pooling pooling) {
    return pool && pooling != null && pooling.takes(halving) && (activation == null || relu());
  }

  private boolean relu() {
    return activation != null && activation.isRelu();
  }

  /** What the sums are to be raised to at least. */
  float floor() {
    return relu() ? 0f : Float.NEGATIVE_INFINITY;
  }

  /** Where y is this or less f has no slope; NaN if it has one everywhere. Read where f is relu or nothing. */
  float flatBelow() {
    return relu() ? 0f : Float.NaN;
  }

  /** Where the sums of a region are to go: into y, unless it is pooled. */
  Blocks place(Region region, Blocks y) {
    return pool ? beside(region) : y;
  }

  /** A place for the rows of a region in this thread's scratch. */
  private Blocks beside(Region region) {
    int row = shape.outWidth() * WIDTH;
    int block = region.rows() * row;
    int sample = outBlocks * block;
    float[] data = Scratch.floats(Purpose.OUTPUT, region.samples() * sample);
    return new Blocks(data, -region.firstSample() * sample - region.firstRow() * row, sample, block, row);
  }

  /** y of a region, of sums that were raised to the {@link #floor} and are in their {@link #place}. */
  void forward(Region region, Blocks z, Blocks y, int[] chosen) {
    boolean activate = activation != null && !relu();
    for (int sample = region.firstSample(); sample < region.firstSample() + region.samples(); sample++) {
      for (int block = 0; block < outBlocks; block++) {
        if (activate) {
          activation.value(region.rows() * shape.outWidth() * WIDTH, z.data(), z.row(sample, block, region.firstRow()));
        }
        if (pool) {
          pool(region, sample, block, z, y, chosen);
        }
      }
    }
  }

  /** The first row of y that a region fills. */
  private static int pooledFrom(Region region) {
    return region.firstRow() / 2;
  }

  private static int pooledTo(Region region) {
    return (region.firstRow() + region.rows()) / 2;
  }

  private void pool(Region region, int sample, int block, Blocks z, Blocks y, int[] chosen) {
    for (int row = pooledFrom(region); row < pooledTo(region); row++) {
      int upper = z.row(sample, block, 2 * row);
      int to = y.row(sample, block, row);
      if (halving == Halving.MEAN) {
        mean(z.data(), upper, upper + z.rowStride(), y.data(), to, chosen);
      } else if (chosen == null) {
        PIXELS.pool(width(), z.data(), upper, upper + z.rowStride(), y.data(), to);
      } else {
        PIXELS.pool(width(), z.data(), upper, upper + z.rowStride(), y.data(), to, chosen, choices(to));
      }
    }
  }

  private void mean(float[] z, int upper, int lower, float[] y, int to, int[] sloped) {
    if (sloped == null) {
      PIXELS.mean(width(), z, upper, lower, y, to);
    } else {
      PIXELS.mean(width(), z, upper, lower, flatBelow(), y, to, sloped, choices(to));
    }
  }

  /**
   * The gradient of z in the rows of a region.
   *
   * @param y read only if this {@link #activates}
   * @param spent whether dz may take the place of dy
   * @param chosen what {@link #forward} gave; read only if there is pooling
   * @param sums gets the sums of the gradient added, one for each channel; {@code null} if they are not wanted
   */
  Blocks backward(Region region, Blocks y, Blocks dy, boolean spent, int[] chosen, float[] sums) {
    if (halving == Halving.MEAN) {
      return spread(region, dy, chosen, sums);
    }
    if (pool) {
      return unpooled(region, y, dy, chosen, sums);
    }
    return unmasked(region, y, dy, activation == null || spent ? dy : beside(region), sums);
  }

  /** The gradient of z in the rows of a region, without pooling: dy itself if there is no activation. */
  private Blocks unmasked(Region region, Blocks y, Blocks dy, Blocks dz, float[] sums) {
    int pixels = region.rows() * shape.outWidth();
    for (int sample = region.firstSample(); sample < region.firstSample() + region.samples(); sample++) {
      for (int block = 0; block < outBlocks; block++) {
        int from = dy.row(sample, block, region.firstRow());
        int to = dz.row(sample, block, region.firstRow());
        if (activation != null) {
          activation.slope(pixels * WIDTH, y.data(), y.row(sample, block, region.firstRow()), dy.data(), from,
              dz.data(), to);
        }
        if (sums != null) {
          PIXELS.sum(pixels, dz.data(), to, sums, block * WIDTH);
        }
      }
    }
    return dz;
  }

  /**
   * The same with pooling: the slope at the chosen cell follows from the pooled output, so it is taken before the
   * gradient goes to its cell, and is a quarter of the work.
   */
  private Blocks unpooled(Region region, Blocks y, Blocks dy, int[] chosen, float[] sums) {
    Blocks dz = beside(region);
    int first = pooledFrom(region);
    int pixels = (pooledTo(region) - first) * width();
    float[] slopes = activation == null ? dy.data() : Scratch.floats(Purpose.GRADIENT, pixels * WIDTH);
    for (int sample = region.firstSample(); sample < region.firstSample() + region.samples(); sample++) {
      for (int block = 0; block < outBlocks; block++) {
        int from = dy.row(sample, block, first);
        int gradient = activation == null ? from : 0;
        if (activation != null) {
          activation.slope(pixels * WIDTH, y.data(), y.row(sample, block, first), dy.data(), from, slopes, 0);
        }
        if (sums != null) {
          PIXELS.sum(pixels, slopes, gradient, sums, block * WIDTH);
        }
        unpool(region, slopes, gradient, chosen, from, dz, dz.row(sample, block, region.firstRow()));
      }
    }
    return dz;
  }

  private void unpool(Region region, float[] slopes, int gradient, int[] chosen, int yFrom, Blocks dz, int to) {
    int row = width() * WIDTH;
    for (int i = 0; i < region.rows() / 2; i++) {
      int upper = to + 2 * i * dz.rowStride();
      PIXELS.unpool(width(), slopes, gradient + i * row, chosen, choices(yFrom + i * row),
          dz.data(), upper, upper + dz.rowStride());
    }
    clearDropped(region, dz, to);
  }

  /** The same with the mean: a cell's slope is told by a bit, so y is not read. */
  private Blocks spread(Region region, Blocks dy, int[] sloped, float[] sums) {
    Blocks dz = beside(region);
    float[] into = sums == null ? Scratch.floats(Purpose.TILE, outBlocks * WIDTH) : sums;
    for (int sample = region.firstSample(); sample < region.firstSample() + region.samples(); sample++) {
      for (int block = 0; block < outBlocks; block++) {
        for (int row = pooledFrom(region); row < pooledTo(region); row++) {
          int from = dy.row(sample, block, row);
          int upper = dz.row(sample, block, 2 * row);
          PIXELS.unmean(width(), dy.data(), from, sloped, choices(from), dz.data(), upper, upper + dz.rowStride(),
              into, block * WIDTH);
        }
        clearDropped(region, dz, dz.row(sample, block, region.firstRow()));
      }
    }
    return dz;
  }

  /** What pooling dropped of one block of a region's rows gets no gradient. */
  private void clearDropped(Region region, Blocks dz, int to) {
    int end = to + region.rows() * dz.rowStride();
    int read = to + region.rows() / 2 * 2 * dz.rowStride();
    for (int row = to; row < read; row += dz.rowStride()) {
      Arrays.fill(dz.data(), row + 2 * width() * WIDTH, row + dz.rowStride(), 0f);
    }
    Arrays.fill(dz.data(), read, end, 0f);
  }
}
