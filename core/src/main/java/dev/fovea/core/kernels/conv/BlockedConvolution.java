package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.BlockKernels;
import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.KernelChoice;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution on pictures in {@linkplain Blocks blocks of channels}, with what follows it while its outputs are in
 * the cache: z = x * w + bias, f(z), and perhaps maximum pooling of 2 by 2 cells at stride 2 (an odd last row or column
 * is dropped). Then y = pool(f(z)) and z is never in memory as a whole.
 *
 * <p>Arrays: x {@code [N, ceil(C / 16), H, W, 16]}, or {@code [N, C, H, W]} if the algorithm {@linkplain
 * ConvAlgorithm#takesPlainInput takes it plain}; w {@code [filters, C / groups, kernel height, kernel width]}; bias
 * {@code [filters]}; y {@code [N, ceil(filters / 16), H', W', 16]}; chosen, {@link #choiceLength} ints, says for each
 * output which of the four cells it is, for the way back.
 *
 * <p>An instance keeps working arrays, so it serves one caller at a time. After the first calls it allocates none.
 */
public final class BlockedConvolution {
  private static final int WIDTH = Blocks.WIDTH;
  private static final PixelKernels PIXELS = KernelChoice.twin(new ScalarPixels(), PixelKernels.class,
      BlockedConvolution.class.getPackageName() + ".VectorPixels");

  private final ConvShape shape;
  private final ConvAlgorithm algorithm;
  private final Pointwise activation;
  private final boolean pool;
  private final int outBlocks;
  private final int weights;
  private final float[] start;
  private final List<Region> regions;
  private final List<List<Region>> units;
  /** The filters that the algorithm has packed, if they are not to be packed again; else empty. */
  private float[] packed = {};
  private boolean packedIsValid;
  /** Whether the last way back wanted the input's gradient: then the filters are packed for it. */
  private boolean inputGradient = true;
  private final List<float[]> weightSums = new ArrayList<>();
  private final float[][] biasSums;

  /**
   * @param algorithm one made for this shape and number of samples
   * @param activation f, or {@code null} for none
   * @param pool whether y is pooled
   * @throws IllegalArgumentException if it is, and a region of the algorithm ends between two rows that are pooled
   */
  public BlockedConvolution(ConvShape shape, ConvAlgorithm algorithm, Pointwise activation, boolean pool) {
    this.shape = shape;
    this.algorithm = algorithm;
    this.activation = activation;
    this.pool = pool;
    outBlocks = Blocks.count(shape.filters());
    weights = shape.filters() * shape.depth();
    start = new float[outBlocks * WIDTH];
    regions = algorithm.regions();
    units = algorithm.units();
    biasSums = new float[units.size()][outBlocks * WIDTH];
    if (pool) {
      regions.forEach(this::checkEven);
      units.forEach(unit -> unit.forEach(this::checkEven));
    }
  }

  private void checkEven(Region region) {
    int end = region.firstRow() + region.rows();
    if (region.firstRow() % 2 != 0 || end % 2 != 0 && end != shape.outHeight()) {
      throw new IllegalArgumentException(algorithm.name() + ": pooling wants regions of whole pairs of rows, got rows "
          + region.firstRow() + " to " + (end - 1) + " of " + shape.outHeight());
    }
  }

  /** Rows of y. */
  public int yHeight() {
    return pool ? shape.outHeight() / 2 : shape.outHeight();
  }

  /** Columns of y. */
  public int yWidth() {
    return pool ? shape.outWidth() / 2 : shape.outWidth();
  }

  /** The length of {@code chosen} for a y of this length. */
  public int choiceLength(int yLength) {
    return choices(yLength);
  }

  /** Where the choices of a row of y begin; each row has ints of its own, for rows are done by several threads. */
  private int choices(int yRow) {
    return yRow / (yWidth() * WIDTH) * BlockKernels.choiceLength(yWidth());
  }

  private boolean relu() {
    return activation != null && activation.isRelu();
  }

  private Blocks input(float[] x) {
    return algorithm.takesPlainInput()
        ? new Blocks(x, 0, shape.channels() * shape.pixels(), shape.pixels(), shape.width())
        : Blocks.of(x, shape.channels(), shape.height(), shape.width());
  }

  /**
   * y = pool(f(x * w + bias)).
   *
   * @param bias {@code null} for none
   * @param chosen {@code null} if there is no pooling, or no way back will follow
   * @param training whether w changes from call to call; else it is compared with that of the last call, and what was
   *     made of it is used again if it is the same, bit for bit
   */
  public void forward(float[] x, float[] w, float[] bias, float[] y, int[] chosen, boolean training) {
    pack(w, training);
    if (bias == null) {
      Arrays.fill(start, 0f);
    } else {
      System.arraycopy(bias, 0, start, 0, shape.filters());
    }
    Blocks in = input(x);
    Blocks out = Blocks.of(y, shape.filters(), yHeight(), yWidth());
    Parallel.run(regions.size(), i -> forward(regions.get(i), in, out, chosen));
  }

  private void pack(float[] w, boolean training) {
    if (training) {
      packedIsValid = false;
      algorithm.pack(w, inputGradient);
      return;
    }
    if (packed.length == 0) {
      packed = new float[weights];
    }
    if (!packedIsValid || Arrays.mismatch(packed, 0, weights, w, 0, weights) >= 0) {
      algorithm.pack(w, false);
      System.arraycopy(w, 0, packed, 0, weights);
      packedIsValid = true;
    }
  }

  private void forward(Region region, Blocks x, Blocks y, int[] chosen) {
    float floor = relu() ? 0f : Float.NEGATIVE_INFINITY;
    Blocks z = pool ? beside(region) : y;
    algorithm.forward(region, x, start, floor, z);
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

  /** A place for the rows of a region in this thread's scratch. */
  private Blocks beside(Region region) {
    int row = shape.outWidth() * WIDTH;
    int block = region.rows() * row;
    int sample = outBlocks * block;
    float[] data = Scratch.floats(Purpose.OUTPUT, region.samples() * sample);
    return new Blocks(data, -region.firstSample() * sample - region.firstRow() * row, sample, block, row);
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
      if (chosen == null) {
        PIXELS.pool(yWidth(), z.data(), upper, upper + z.rowStride(), y.data(), to);
      } else {
        PIXELS.pool(yWidth(), z.data(), upper, upper + z.rowStride(), y.data(), to, chosen, choices(to));
      }
    }
  }

  /**
   * The gradients of the input, the filters and the bias, given that of y; each that is not {@code null} is
   * overwritten or added to. Goes back over the last {@link #forward}, which was a training one.
   *
   * @param y what forward gave; read only if there is an activation
   * @param chosen what forward gave; read only if there is pooling
   * @param x the input; read only if {@code dw} is wanted
   */
  public void backward(float[] y, float[] dy, int[] chosen, float[] x, float[] w, float[] dx, boolean addDx,
      float[] dw, boolean addDw, float[] db, boolean addDb) {
    if (dx != null && !inputGradient) {
      algorithm.pack(w, true);
    }
    inputGradient = dx != null;
    while (dw != null && weightSums.size() < units.size()) {
      weightSums.add(new float[algorithm.partialLength()]);
    }
    Gradients gradients = new Gradients(y, dy, chosen, dw == null ? null : input(x), dx == null ? null : input(dx),
        addDx, dw != null, db != null);
    Parallel.run(units.size(), unit -> backward(unit, gradients));
    if (dw != null) {
      algorithm.weightGradient(weightSums, dw, addDw);
    }
    if (db != null) {
      biasGradient(db, addDb);
    }
  }

  /** What one call of backward hands to its units. */
  private record Gradients(float[] y, float[] dy, int[] chosen, Blocks x, Blocks dx, boolean addDx, boolean weights,
      boolean bias) {}

  private void backward(int unit, Gradients g) {
    float[] partial = g.weights ? weightSums.get(unit) : null;
    float[] sums = g.bias ? biasSums[unit] : null;
    if (partial != null) {
      Arrays.fill(partial, 0f);
    }
    if (sums != null) {
      Arrays.fill(sums, 0f);
    }
    for (Region region : units.get(unit)) {
      Blocks dz = pool ? unpooled(region, g, sums) : unmasked(region, g, sums);
      if (partial != null || g.dx != null) {
        algorithm.backward(region, g.x, dz, partial, g.dx, g.addDx);
      }
    }
  }

  /** The gradient of z in the rows of a region, without pooling: dy itself if there is no activation. */
  private Blocks unmasked(Region region, Gradients g, float[] sums) {
    Blocks dy = Blocks.of(g.dy, shape.filters(), shape.outHeight(), shape.outWidth());
    Blocks dz = activation == null ? dy : beside(region);
    int pixels = region.rows() * shape.outWidth();
    for (int sample = region.firstSample(); sample < region.firstSample() + region.samples(); sample++) {
      for (int block = 0; block < outBlocks; block++) {
        int from = dy.row(sample, block, region.firstRow());
        int to = dz.row(sample, block, region.firstRow());
        if (activation != null) {
          activation.slope(pixels * WIDTH, g.y, from, g.dy, from, dz.data(), to);
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
  private Blocks unpooled(Region region, Gradients g, float[] sums) {
    Blocks dy = Blocks.of(g.dy, shape.filters(), yHeight(), yWidth());
    Blocks dz = beside(region);
    int first = pooledFrom(region);
    int pixels = (pooledTo(region) - first) * yWidth();
    float[] slopes = activation == null ? g.dy : Scratch.floats(Purpose.GRADIENT, pixels * WIDTH);
    for (int sample = region.firstSample(); sample < region.firstSample() + region.samples(); sample++) {
      for (int block = 0; block < outBlocks; block++) {
        int from = dy.row(sample, block, first);
        int gradient = activation == null ? from : 0;
        if (activation != null) {
          activation.slope(pixels * WIDTH, g.y, from, g.dy, from, slopes, 0);
        }
        if (sums != null) {
          PIXELS.sum(pixels, slopes, gradient, sums, block * WIDTH);
        }
        unpool(region, slopes, gradient, g.chosen, from, dz, dz.row(sample, block, region.firstRow()));
      }
    }
    return dz;
  }

  /** One block of a region's rows; what pooling dropped gets no gradient. */
  private void unpool(Region region, float[] slopes, int gradient, int[] chosen, int yFrom, Blocks dz, int to) {
    int rows = region.rows() / 2;
    int row = yWidth() * WIDTH;
    for (int i = 0; i < rows; i++) {
      int upper = to + 2 * i * dz.rowStride();
      int lower = upper + dz.rowStride();
      PIXELS.unpool(yWidth(), slopes, gradient + i * row, chosen, choices(yFrom + i * row), dz.data(), upper, lower);
      Arrays.fill(dz.data(), upper + 2 * row, lower, 0f);
      Arrays.fill(dz.data(), lower + 2 * row, lower + dz.rowStride(), 0f);
    }
    Arrays.fill(dz.data(), to + 2 * rows * dz.rowStride(), to + region.rows() * dz.rowStride(), 0f);
  }

  private void biasGradient(float[] db, boolean add) {
    Kernels kernels = Kernels.get();
    for (int unit = 0; unit < units.size(); unit++) {
      kernels.scale(shape.filters(), 1f, biasSums[unit], 0, db, 0, add || unit > 0);
    }
  }

  /** Bytes kept beside the arrays that callers bring: the algorithm's, partial sums, all threads' scratch. */
  public long scratchBytes() {
    int rows = pool || activation != null
        ? regions.stream().mapToInt(region -> region.samples() * region.rows()).max().orElse(0) : 0;
    long perThread = (long) rows * shape.outWidth() * outBlocks * WIDTH;
    long sums = (long) units.size() * (algorithm.partialLength() + outBlocks * WIDTH);
    return algorithm.scratchBytes() + Float.BYTES * (Parallel.threads() * perThread + sums);
  }
}
