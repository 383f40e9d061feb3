package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.BlockKernels;
import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Halving;
import dev.fovea.core.kernels.conv.Pooling;
import dev.fovea.core.kernels.conv.Region;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Convolution of pictures of one channel whose outputs are pooled, window by window: what is pooled stays in registers.
 * The windows of a region, over all its rows and samples, are numbered through. On the way back only one pixel of a
 * window has a gradient, another one in each channel; it is not spread over the four in memory.
 */
final class PooledWindows implements Pooling {
  /** Numbers of a window, as {@link DirectKernels#pooled} reads it. */
  private static final int NUMBERS = 4;
  /** Output pixels of the weights' gradient at one go. */
  private static final int PIXELS = 4096;
  /** The side of the kernel that there is a way back for. */
  private static final int SIDE = 3;
  /** For choices that nobody asks for, all at one place, which other threads' places share no cache line with. */
  private static final ThreadLocal<int[]> UNUSED = ThreadLocal.withInitial(() -> new int[3 * Blocks.WIDTH]);

  private final DirectKernels kernels = DirectKernels.get();
  private final CompactFrame frame;
  private final ConvShape shape;
  private final Correlation filters;
  private final WeightSums sums;
  private final int height;
  private final int width;
  private final int[] taps;
  private final Map<Key, int[]> tables = new ConcurrentHashMap<>();

  private record Key(int samples, int rows, int inSample, int outSample, int outRow, boolean chosen) {}

  private PooledWindows(CompactFrame frame, Correlation filters, WeightSums sums) {
    this.frame = frame;
    this.filters = filters;
    this.sums = sums;
    shape = frame.shape();
    height = shape.outHeight() / 2;
    width = shape.outWidth() / 2;
    taps = new int[shape.taps()];
    Arrays.setAll(taps, t -> t / shape.kernelWidth() * shape.dilationHeight() * shape.width()
        + t % shape.kernelWidth() * shape.dilationWidth());
  }

  /** Windows of a convolution of frames; {@code null} for one that they are not made for. */
  static PooledWindows of(CompactFrame frame, Correlation filters, WeightSums sums) {
    ConvShape s = frame.shape();
    boolean any = s.outHeight() > 1 && s.outWidth() > 1;
    return any && s.channels() == 1 && s.strideWidth() == 1 ? new PooledWindows(frame, filters, sums) : null;
  }

  @Override
  public boolean takes(Halving halving) {
    return halving == Halving.MAXIMUM;
  }

  @Override
  public void pack(float[] w) {
    filters.pack(w);
  }

  @Override
  public void forward(Halving halving, Region region, Blocks x, float[] start, float floor, Blocks y, int[] chosen) {
    Blocks in = frame.copy(region, x);
    Region out = Pooling.pooled(region, height);
    int[] windows = windows(out, in, y, chosen != null);
    int[] numbers = chosen == null ? UNUSED.get() : chosen;
    int second = chosen == null ? 0 : Pooling.choices(y.blockStride(), width);
    for (int p = 0; p < filters.panels().size(); p++) {
      Panel panel = filters.panels().get(p);
      int to = y.row(out.firstSample(), panel.block(), out.firstRow());
      int count = panel.channels() == 0 ? 0 : taps.length; // no channel is read where all filters are padding
      int choice = chosen == null ? Blocks.WIDTH : Pooling.choices(to, width);
      if (chosen != null && panel.lane() == 0) {
        clear(out, panel, y, chosen);
      }
      for (int first = 0; first < windows.length / NUMBERS; first += DirectKernels.WINDOWS) {
        kernels.pooled(panel.vectors(), windows, first, taps, count, in.data(), from(out, in),
            shape.strideHeight() * in.rowStride(), filters.packed(), filters.offset(p), start, panel.first(), floor,
            y.data(), to + panel.lane(), y.blockStride(), numbers, choice + panel.lane(), second);
      }
    }
  }

  /** Where in a frame rows of y begin to read. */
  private int from(Region out, Blocks in) {
    return in.row(out.firstSample(), 0, 2 * out.firstRow() * shape.strideHeight());
  }

  /** Choices of several windows share an int, so they are added to zeros. */
  private void clear(Region out, Panel panel, Blocks y, int[] chosen) {
    int blocks = (panel.width() + Blocks.WIDTH - 1) / Blocks.WIDTH;
    for (int sample = out.firstSample(); sample < out.firstSample() + out.samples(); sample++) {
      for (int block = panel.block(); block < panel.block() + blocks; block++) {
        int from = Pooling.choices(y.row(sample, block, out.firstRow()), width);
        Arrays.fill(chosen, from, from + out.rows() * BlockKernels.choiceLength(width), 0);
      }
    }
  }

  @Override
  public boolean goesBack(boolean weights) {
    return weights && shape.kernelHeight() == SIDE && shape.kernelWidth() == SIDE && shape.dilationHeight() == 1
        && shape.dilationWidth() == 1 && shape.strideHeight() == 1;
  }

  @Override
  public void backward(Halving halving, Region region, Blocks x, Blocks y, float floor, Blocks dy, int[] chosen,
      float[] partial, float[] bias) {
    int most = Math.max(1, PIXELS / (2 * region.samples() * shape.outWidth()));
    for (int row = 0; row < height; row += most) {
      Region rows = new Region(region.firstSample(), region.samples(), 2 * row, 2 * Math.min(most, height - row));
      addGradients(Pooling.pooled(rows, height), frame.copy(rows, x), y, floor, dy, chosen, partial, bias);
    }
  }

  private void addGradients(Region out, Blocks in, Blocks y, float floor, Blocks dy, int[] chosen, float[] partial,
      float[] bias) {
    int lanes = kernels.lanes();
    int length = (taps.length + 1) * lanes;
    int[] windows = windows(out, in, y, true);
    int count = out.samples() * out.rows() * width;
    float[] tile = Scratch.floats(Purpose.TILE, length);
    for (int p = 0; p < filters.panels().size(); p++) {
      Panel panel = filters.panels().get(p);
      if (panel.channels() == 0) {
        continue; // padding
      }
      for (int filter = panel.first(); filter < panel.first() + panel.width(); filter += lanes) {
        int lane = filter % Blocks.WIDTH;
        int at = y.row(out.firstSample(), filter / Blocks.WIDTH, out.firstRow());
        Arrays.fill(tile, 0, length, 0f);
        kernels.pooledTaps(windows, count, in.data(), from(out, in), in.rowStride(), y.data(), dy.data(), at + lane,
            floor, chosen, Pooling.choices(at, width) + lane, tile, 0);
        for (int t = 0; t < taps.length; t++) {
          add(lanes, tile, t * lanes, partial, sums.tap(p, t) + filter - panel.first());
        }
        if (bias != null) {
          add(lanes, tile, taps.length * lanes, bias, filter);
        }
      }
    }
  }

  private static void add(int n, float[] x, int xOffset, float[] sums, int offset) {
    for (int i = 0; i < n; i++) {
      sums[offset + i] += x[xOffset + i];
    }
  }

  /** The windows of rows of y, counted from the first one's places; the last one is repeated to fill a tile. */
  private int[] windows(Region out, Blocks in, Blocks y, boolean chosen) {
    return tables.computeIfAbsent(new Key(out.samples(), out.rows(), in.sampleStride(), y.sampleStride(),
        y.rowStride(), chosen), this::number);
  }

  private int[] number(Key key) {
    int count = key.samples() * key.rows() * width;
    int tile = DirectKernels.WINDOWS;
    int[] windows = new int[(count + tile - 1) / tile * tile * NUMBERS];
    for (int i = 0; i < windows.length; i += NUMBERS) {
      int window = Math.min(i / NUMBERS, count - 1);
      int column = window % width;
      int row = window / width % key.rows();
      int sample = window / width / key.rows();
      int out = sample * key.outSample() + row * key.outRow();
      windows[i] = sample * key.inSample() + 2 * (row * shape.strideHeight() * shape.width() + column);
      windows[i + 1] = out + column * Blocks.WIDTH;
      if (key.chosen()) {
        windows[i + 2] = Pooling.choices(out, width) + column / BlockKernels.PIXELS_AN_INT * Blocks.WIDTH;
        windows[i + 3] = column % BlockKernels.PIXELS_AN_INT * Byte.SIZE;
      }
    }
    return windows;
  }
}
