package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Halving;
import dev.fovea.core.kernels.conv.Pooling;
import dev.fovea.core.kernels.conv.Region;
import dev.fovea.core.kernels.conv.direct.loops.RowKernels;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Convolution of plain pictures with few filters whose outputs are pooled. As filters would fill half a vector at most,
 * lanes run over neighbouring columns of the pooled output instead ({@link RowKernels}), and a {@link PartedFrame}
 * makes them read neighbouring floats. The four cells of a window are four vectors, so that pooling, and its way back,
 * moves nothing from lane to lane; only the pooled rows are turned into blocks of channels.
 */
final class PooledRows implements Pooling {
  /** Floats of gradients of cells at one go, about: they should stay in the nearest caches. */
  private static final int GRADIENTS = 16 << 10;
  /** Lanes computed for a column of the pooled output, all filters together, at most; filters in lanes take 16. */
  private static final int MOST_LANES = 12;
  private static final float QUARTER = 0.25f;
  /** For bits that nobody asks for. */
  private static final ThreadLocal<int[]> UNUSED = ThreadLocal.withInitial(() -> new int[Blocks.WIDTH]);

  private final RowKernels kernels = RowKernels.get();
  private final int lanes = kernels.lanes();
  private final ConvShape shape;
  private final WeightSums sums;
  private final Panel panel;
  private final int height;
  private final int width;
  /** Columns up to whole vectors. */
  private final int columns;
  private final int triples;
  private final PartedFrame frame;
  private final int[] taps;
  /** The taps of the left and of the right cells, the last repeated to fill a tile. */
  private final int[][] weightTaps = new int[2][];
  private final float[] packed;
  private final Map<Region, int[]> places = new ConcurrentHashMap<>();

  private PooledRows(ConvShape shape, WeightSums sums, Panel panel) {
    this.shape = shape;
    this.sums = sums;
    this.panel = panel;
    height = shape.outHeight() / 2;
    width = shape.outWidth() / 2;
    columns = columns(shape, lanes);
    triples = triples(shape);
    frame = new PartedFrame(shape, columns);
    taps = new int[2 * shape.depth()];
    Arrays.setAll(taps, i -> frame.offset(i / 2, i % 2));
    for (int side = 0; side < 2; side++) {
      int of = side;
      weightTaps[side] = new int[tiles() * RowKernels.TAPS];
      Arrays.setAll(weightTaps[side], t -> frame.offset(Math.min(t, shape.depth() - 1), of));
    }
    packed = new float[triples * RowKernels.FILTERS * shape.depth()];
  }

  /**
   * Rows of a convolution of plain pictures; {@code null} for one that they do not pay for.
   *
   * @param sums the order of the weights' gradient
   * @param panel the first panel of filters there
   */
  static PooledRows of(ConvShape s, WeightSums sums, Panel panel) {
    boolean fits = s.outHeight() > 1 && s.outWidth() > 1 && s.groups() == 1 && s.filters() <= RowKernels.MOST_FILTERS;
    int computed = RowKernels.FILTERS * triples(s) * columns(s, RowKernels.get().lanes());
    return fits && computed <= MOST_LANES * (s.outWidth() / 2) ? new PooledRows(s, sums, panel) : null;
  }

  private static int triples(ConvShape s) {
    return (s.filters() + RowKernels.FILTERS - 1) / RowKernels.FILTERS;
  }

  private static int columns(ConvShape s, int lanes) {
    return (s.outWidth() / 2 + lanes - 1) / lanes * lanes;
  }

  /** Tiles of taps. */
  private int tiles() {
    return (shape.depth() + RowKernels.TAPS - 1) / RowKernels.TAPS;
  }

  long bytes() {
    return (long) packed.length * Float.BYTES;
  }

  @Override
  public void pack(float[] w) {
    for (int filter = 0; filter < shape.filters(); filter++) {
      int to = filter / RowKernels.FILTERS * RowKernels.FILTERS * shape.depth() + filter % RowKernels.FILTERS;
      for (int tap = 0; tap < shape.depth(); tap++) {
        packed[to + tap * RowKernels.FILTERS] = w[filter * shape.depth() + tap];
      }
    }
  }

  @Override
  public boolean takes(Halving halving) {
    return halving != Halving.NONE;
  }

  @Override
  public void forward(Halving halving, Region region, Blocks x, float[] start, float floor, Blocks y, int[] chosen) {
    Region out = Pooling.pooled(region, height);
    if (out.rows() == 0) {
      return; // a row that pooling drops
    }
    float[] in = frame.copy(out, x);
    for (int n = 0; n < out.samples(); n++) {
      for (int row = 0; row < out.rows(); row++) {
        int to = y.row(out.firstSample() + n, 0, out.firstRow() + row);
        float[] rows = row(halving, in, n * frame.sample(out.rows()) + window(row), start, floor, chosen,
            chosen == null ? 0 : Pooling.choices(to, width));
        toBlocks(rows, y.data(), to);
      }
    }
  }

  /** From what upper cells read to what lower ones do. */
  private int lower() {
    return shape.strideHeight() * frame.row();
  }

  /** Where a row of windows begins to read. */
  private int window(int row) {
    return 2 * row * lower();
  }

  /** A pooled row of all filters, one after the other, in this thread's scratch. */
  private float[] row(Halving halving, float[] in, int from, float[] start, float floor, int[] chosen, int choices) {
    float[] rows = Scratch.floats(Purpose.LINES, shape.filters() * columns);
    int tile = RowKernels.FILTERS * RowKernels.CELLS * lanes;
    float[] z = Scratch.floats(Purpose.TILE, triples * tile);
    for (int column = 0; column < columns; column += lanes) {
      for (int triple = 0; triple < triples; triple++) {
        int first = triple * RowKernels.FILTERS;
        kernels.sums(taps, shape.depth(), in, from + column, lower(), packed, first * shape.depth(), start, first,
            z, triple * tile);
      }
      int[] bits = chosen == null ? UNUSED.get() : chosen;
      int at = chosen == null ? 0 : choices + column;
      if (halving == Halving.MEAN) {
        kernels.mean(shape.filters(), z, 0, floor, rows, column, columns, bits, at);
      } else {
        kernels.largest(shape.filters(), z, 0, floor, rows, column, columns, bits, at);
      }
    }
    return rows;
  }

  private void toBlocks(float[] rows, float[] y, int to) {
    Arrays.fill(y, to, to + width * Blocks.WIDTH, 0f);
    for (int filter = 0; filter < shape.filters(); filter++) {
      for (int column = 0; column < width; column++) {
        y[to + column * Blocks.WIDTH + filter] = rows[filter * columns + column];
      }
    }
  }

  private void fromBlocks(float[] dy, int from, float[] rows) {
    for (int filter = 0; filter < shape.filters(); filter++) {
      for (int column = 0; column < width; column++) {
        rows[filter * columns + column] = dy[from + column * Blocks.WIDTH + filter];
      }
    }
  }

  @Override
  public boolean goesBack(boolean weights) {
    return true;
  }

  @Override
  public void backward(Halving halving, Region region, Blocks x, Blocks y, float floor, Blocks dy, int[] chosen,
      float[] partial, float[] bias) {
    Region out = Pooling.pooled(region, height);
    int sumsLength = triples * RowKernels.FILTERS * tiles() * RowKernels.TAPS * lanes;
    float[] dw = Scratch.floats(Purpose.PARTIAL_SUMS, sumsLength);
    float[] db = Scratch.floats(Purpose.ROW, triples * RowKernels.FILTERS * lanes);
    Arrays.fill(dw, 0, sumsLength, 0f);
    Arrays.fill(db, 0, shape.filters() * lanes, 0f);
    int most = Math.max(1, GRADIENTS / gradients());
    int rows = Math.min(most, out.rows());
    int samples = Math.max(1, most / Math.max(1, out.rows()));
    for (int n = 0; n < out.samples(); n += samples) {
      for (int row = 0; row < out.rows(); row += rows) {
        Region part = new Region(out.firstSample() + n, Math.min(samples, out.samples() - n), out.firstRow() + row,
            Math.min(rows, out.rows() - row));
        float[] g = slopes(halving, part, dy, chosen, db);
        if (partial != null) {
          addProducts(part, frame.copy(part, x), g, dw);
        }
      }
    }
    if (partial != null) {
      addWeights(dw, partial);
    }
    for (int filter = 0; bias != null && filter < shape.filters(); filter++) {
      bias[filter] += sum(db, filter * lanes);
    }
  }

  /** Floats of the gradients of the cells of a row of windows. */
  private int gradients() {
    return triples * RowKernels.FILTERS * RowKernels.CELLS * columns;
  }

  /** The gradients of the cells of rows of windows, vector by vector of columns, in this thread's scratch. */
  private float[] slopes(Halving halving, Region part, Blocks dy, int[] chosen, float[] db) {
    float factor = halving == Halving.MEAN ? QUARTER : 1f;
    float[] rows = Scratch.floats(Purpose.LINES, shape.filters() * columns);
    Arrays.fill(rows, 0, shape.filters() * columns, 0f); // what is behind the last column has no gradient
    int length = part.samples() * part.rows() * gradients();
    float[] g = Scratch.floats(Purpose.GRADIENT, length);
    int vector = gradients() / columns * lanes;
    int to = 0;
    for (int n = 0; n < part.samples(); n++) {
      for (int row = 0; row < part.rows(); row++) {
        int from = dy.row(part.firstSample() + n, 0, part.firstRow() + row);
        fromBlocks(dy.data(), from, rows);
        for (int column = 0; column < columns; column += lanes) {
          kernels.slopes(shape.filters(), factor, rows, column, columns, chosen, Pooling.choices(from, width) + column,
              g, to, db, 0);
          Arrays.fill(g, to + shape.filters() * RowKernels.CELLS * lanes, to + vector, 0f);
          to += vector;
        }
      }
    }
    return g;
  }

  private void addProducts(Region part, float[] in, float[] g, float[] dw) {
    int[] at = places.computeIfAbsent(new Region(0, part.samples(), 0, part.rows()), this::number);
    int tile = RowKernels.FILTERS * RowKernels.TAPS * lanes;
    for (int triple = 0; triple < triples; triple++) {
      for (int t = 0; t < tiles(); t++) {
        for (int side = 0; side < 2; side++) {
          kernels.weights(at, at.length / 2, in, 0, weightTaps[side], t * RowKernels.TAPS,
              g, (triple * RowKernels.FILTERS * RowKernels.CELLS + side) * lanes, dw, (triple * tiles() + t) * tile);
        }
      }
    }
  }

  /** Where the upper and the lower left cells of the windows of a region read, and where their gradients are. */
  private int[] number(Region part) {
    int vectors = columns / lanes;
    int[] numbers = new int[part.samples() * part.rows() * vectors * 2 * 2];
    for (int i = 0; i < numbers.length; i += 2) {
      int lower = i / 2 % 2;
      int vector = i / 4 % vectors;
      int row = i / 4 / vectors % part.rows();
      int sample = i / 4 / vectors / part.rows();
      numbers[i] = sample * frame.sample(part.rows()) + window(row) + lower * lower()
          + vector * lanes;
      numbers[i + 1] = i / 4 * (gradients() / vectors) + 2 * lower * lanes;
    }
    return numbers;
  }

  /** Adds up the lanes, in the order of the partial sums. */
  private void addWeights(float[] dw, float[] partial) {
    for (int filter = 0; filter < shape.filters(); filter++) {
      int triple = filter / RowKernels.FILTERS;
      for (int tap = 0; tap < shape.depth(); tap++) {
        int tile = triple * tiles() + tap / RowKernels.TAPS;
        int from = (tile * RowKernels.FILTERS + filter % RowKernels.FILTERS) * RowKernels.TAPS + tap % RowKernels.TAPS;
        int to = sums.tap(filter / panel.width(), tap % shape.taps()) + tap / shape.taps() * panel.width()
            + filter % panel.width();
        partial[to] += sum(dw, from * lanes);
      }
    }
  }

  private float sum(float[] x, int from) {
    float sum = 0;
    for (int i = from; i < from + lanes; i += 4) {
      sum += (x[i] + x[i + 1]) + (x[i + 2] + x[i + 3]);
    }
    return sum;
  }
}
