package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A convolution on pictures in {@linkplain Blocks blocks of channels}, with what follows it while its outputs are in
 * the cache: z = x * w + bias, f(z), and perhaps pooling that {@linkplain Halving halves} rows and columns. Then y =
 * pool(f(z)) and z is never in memory as a whole.
 *
 * <p>Arrays: x {@code [N, ceil(C / 16), H, W, 16]}, or {@code [N, C, H, W]} if the algorithm {@linkplain
 * ConvAlgorithm#takesPlainInput takes it plain}; w {@code [filters, C / groups, kernel height, kernel width]}; bias
 * {@code [filters]}; y {@code [N, ceil(filters / 16), H', W', 16]}; chosen, {@link #choiceLength} ints, says for each
 * pooled output which of the four cells it is, or which of them have a slope, for the way back.
 *
 * <p>An instance keeps working arrays, so it serves one caller at a time. After the first calls it allocates none.
 */
public final class BlockedConvolution {
  private static final int WIDTH = Blocks.WIDTH;

  private final ConvShape shape;
  private final ConvAlgorithm algorithm;
  private final Epilogue epilogue;
  private final int outBlocks;
  private final PackedFilters filters;
  private final float[] start;
  private final List<Region> regions;
  private final List<List<Region>> units;
  private final List<float[]> weightSums = new ArrayList<>();
  private final float[][] biasSums;

  /**
   * @param algorithm one made for this shape and number of samples
   * @param activation f, or {@code null} for none
   * @param halving how y is pooled
   * @throws IllegalArgumentException if it is, and a region of the algorithm ends between two rows that are pooled; for
   *     the mean of another activation than relu
   */
  public BlockedConvolution(ConvShape shape, ConvAlgorithm algorithm, Pointwise activation, Halving halving) {
    this(shape, algorithm, new Epilogue(shape, activation, halving), algorithm.units());
  }

  private BlockedConvolution(ConvShape shape, ConvAlgorithm algorithm, Epilogue epilogue, List<List<Region>> units) {
    this.shape = shape;
    this.algorithm = algorithm;
    this.epilogue = epilogue;
    this.units = units;
    outBlocks = Blocks.count(shape.filters());
    filters = new PackedFilters(algorithm, epilogue.leavesTo(algorithm.pooling()) ? algorithm.pooling() : null,
        shape.filters() * shape.depth());
    start = new float[outBlocks * WIDTH];
    regions = algorithm.regions();
    biasSums = new float[units.size()][outBlocks * WIDTH];
    if (epilogue.pools()) {
      Stream.concat(regions.stream(), units.stream().flatMap(List::stream)).forEach(this::checkEven);
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
    return epilogue.height();
  }

  /** Columns of y. */
  public int yWidth() {
    return epilogue.width();
  }

  /** The length of {@code chosen} for a y of this length. */
  public int choiceLength(int yLength) {
    return epilogue.choices(yLength);
  }

  /** This convolution, its way back cut into units of the same samples as another's. */
  BlockedConvolution inUnitsOf(BlockedConvolution other) {
    List<Region> all = units.stream().flatMap(List::stream).toList();
    return new BlockedConvolution(shape, algorithm, epilogue, other.units.stream()
        .map(unit -> all.stream().filter(region -> unit.stream().anyMatch(sameSample(region))).toList()).toList());
  }

  private static Predicate<Region> sameSample(Region region) {
    return other -> other.firstSample() == region.firstSample();
  }

  /** Whether nothing that is computed at one go belongs to two samples. */
  boolean goesSampleBySample() {
    return Stream.concat(regions.stream(), units.stream().flatMap(List::stream)).allMatch(r -> r.samples() == 1);
  }

  /** Units of the way back. */
  int units() {
    return units.size();
  }

  /** The samples of a unit, if each is {@linkplain #goesSampleBySample computed by itself}. */
  int[] samplesOf(int unit) {
    return units.get(unit).stream().mapToInt(Region::firstSample).distinct().toArray();
  }

  /** How many samples there are. */
  int samples() {
    return regions.stream().mapToInt(region -> region.firstSample() + region.samples()).max().orElse(0);
  }

  /** Floats of one sample of y. */
  int ySample() {
    return outBlocks * yHeight() * yWidth() * WIDTH;
  }

  /** Whether the way back reads y: that needs an activation, and no mean, for which there are bits instead. */
  public boolean backwardReadsY() {
    return epilogue.activates();
  }

  /** Multiply-adds of a sample. */
  public long work() {
    return (long) shape.outHeight() * shape.outWidth() * filters.length();
  }

  /** Where x lies. */
  Blocks input(float[] x) {
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
    take(w, bias, training);
    Blocks in = input(x);
    Blocks out = output(y);
    Parallel.run(regions.size(), i -> forward(regions.get(i), in, out, chosen));
  }

  /** Where y lies. */
  Blocks output(float[] y) {
    return Blocks.of(y, shape.filters(), yHeight(), yWidth());
  }

  /** Takes over the filters and the bias: what every way forward begins with. */
  void take(float[] w, float[] bias, boolean training) {
    filters.take(w, training);
    if (bias == null) {
      Arrays.fill(start, 0f);
    } else {
      System.arraycopy(bias, 0, start, 0, shape.filters());
    }
  }

  /** The way forward of one sample, on one thread, with what was {@linkplain #take taken over}. */
  void forwardOf(int sample, Blocks x, Blocks y, int[] chosen) {
    for (Region region : regions) {
      if (region.firstSample() == sample) {
        forward(region, x, y, chosen);
      }
    }
  }

  private void forward(Region region, Blocks x, Blocks y, int[] chosen) {
    if (epilogue.leavesTo(algorithm.pooling())) {
      algorithm.pooling().forward(epilogue.halving(), region, x, start, epilogue.floor(), y, chosen);
      return;
    }
    Blocks z = epilogue.place(region, y);
    algorithm.forward(region, x, start, epilogue.floor(), z);
    epilogue.forward(region, z, y, chosen);
  }

  /**
   * The gradients of the input, the filters and the bias, given that of y; each that is not {@code null} is
   * overwritten or added to. Goes back over the last {@link #forward}, which was a training one.
   *
   * @param y what forward gave; read only if {@link #backwardReadsY}
   * @param chosen what forward gave; read only if there is pooling
   * @param x the input; read only if {@code dw} is wanted
   */
  public void backward(float[] y, float[] dy, int[] chosen, float[] x, float[] w, float[] dx, boolean addDx,
      float[] dw, boolean addDw, float[] db, boolean addDb) {
    begin(w, dw != null, dx != null);
    Gradients gradients = new Gradients(output(y), output(dy), false, chosen, dw == null ? null : input(x),
        dx == null ? null : input(dx), addDx, dw != null, db != null);
    Parallel.run(units.size(), unit -> {
      clear(unit, dw != null, db != null);
      units.get(unit).forEach(region -> backward(unit, region, gradients));
      finish(unit, dw != null);
    });
    end(dw, addDw, db, addDb);
  }

  /** Makes ready for a way back that wants these gradients. */
  void begin(float[] w, boolean weightGradient, boolean inputGradient) {
    filters.goBack(w, inputGradient);
    while (weightGradient && weightSums.size() < units.size()) {
      weightSums.add(new float[algorithm.partialLength()]);
    }
  }

  /** The gradients of the filters and the bias, where they are wanted, when all units have gone back. */
  void end(float[] dw, boolean addDw, float[] db, boolean addDb) {
    if (dw != null) {
      algorithm.weightGradient(weightSums, dw, addDw);
    }
    for (int unit = 0; db != null && unit < units.size(); unit++) {
      Kernels.get().scale(shape.filters(), 1f, biasSums[unit], 0, db, 0, addDb || unit > 0);
    }
  }

  /**
   * What the way back is to take and give.
   *
   * @param y read only if there is an activation
   * @param spent whether the array of dy may be overwritten
   * @param chosen read only if there is pooling
   * @param x {@code null} if the filters want no gradient
   * @param dx {@code null} if the input wants none
   */
  record Gradients(Blocks y, Blocks dy, boolean spent, int[] chosen, Blocks x, Blocks dx, boolean addDx,
      boolean weights, boolean bias) {}

  /** Starts the sums of a unit at 0. */
  void clear(int unit, boolean ofWeights, boolean ofBias) {
    if (ofWeights) {
      Arrays.fill(weightSums.get(unit), 0f);
    }
    if (ofBias) {
      Arrays.fill(biasSums[unit], 0f);
    }
  }

  /** Ends the sums of a unit whose samples have all gone back. */
  void finish(int unit, boolean ofWeights) {
    if (ofWeights) {
      algorithm.finish(weightSums.get(unit));
    }
  }

  /** The way back of one sample of a unit. */
  void backwardOf(int unit, int sample, Gradients g) {
    for (Region region : units.get(unit)) {
      if (region.firstSample() == sample) {
        backward(unit, region, g);
      }
    }
  }

  private void backward(int unit, Region region, Gradients g) {
    float[] partial = g.weights ? weightSums.get(unit) : null;
    float[] sums = g.bias ? biasSums[unit] : null;
    if (epilogue.leavesTo(algorithm.pooling()) && algorithm.pooling().goesBack(partial != null) && g.dx == null) {
      Blocks y = epilogue.activates() ? g.y : g.dy;
      algorithm.pooling().backward(epilogue.halving(), region, g.x, y, epilogue.flatBelow(), g.dy, g.chosen, partial,
          sums);
      return;
    }
    Blocks dz = epilogue.backward(region, g.y, g.dy, g.spent, g.chosen, sums);
    if (partial != null || g.dx != null) {
      algorithm.backward(region, g.x, dz, partial, g.dx, g.addDx);
    }
  }

  /**
   * Bytes kept beside the arrays that callers bring: the algorithm's, partial sums, all threads' scratch.
   *
   * @param training whether there is a way back; without one there are copies of the filters instead
   */
  public long scratchBytes(boolean training) {
    return scratchBytes(training, false);
  }

  /** The same, given whether the gradient of y {@linkplain Gradients may be overwritten}. */
  long scratchBytes(boolean training, boolean spent) {
    Stream<Region> back = training && !(spent && !epilogue.pools()) ? units.stream().flatMap(List::stream)
        : Stream.empty();
    Stream<Region> forward = epilogue.pools() && !epilogue.leavesTo(algorithm.pooling()) ? regions.stream()
        : Stream.empty();
    int rows = Stream.concat(forward, back).mapToInt(region -> region.samples() * region.rows()).max().orElse(0);
    long perThread = epilogue.isTrivial() ? 0 : (long) rows * shape.outWidth() * outBlocks * WIDTH;
    long kept = training ? (long) units.size() * (algorithm.partialLength() + outBlocks * WIDTH) : filters.length();
    return algorithm.scratchBytes(training) + Float.BYTES * (Parallel.threads() * perThread + kept);
  }
}
