package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.conv.Cuts;
import dev.fovea.core.kernels.conv.direct.Sweep.Piece;
import dev.fovea.core.kernels.conv.direct.Sweep.Strides;
import dev.fovea.core.kernels.conv.direct.Sweep.Taps;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.Arrays;
import java.util.List;

/**
 * Output channels as sums over taps and input channels of products with filters: convolution on the way forward, and
 * the gradient of its input, which is the same with the parts of the channels exchanged.
 *
 * <p>Filters are kept panel by panel, for each tap and input channel a row as wide as the panel, in an order in
 * which a tile reads them from first to last. Those between channels of different groups are zero.
 */
final class Correlation {
  private final DirectKernels kernels = DirectKernels.get();
  private final Filters filters;
  private final int kernelWidth;
  private final int pixel;
  private final List<Panel> panels;
  private final List<List<ChannelRun>> runs;
  private final Sweep sweep;
  private final int[] offsets;
  private final float[] packed;

  /**
   * @param filters where the filters' values are to be found
   * @param kernelWidth columns of the kernel
   * @param compact whether the picture that is read has no blocks, but is a {@link CompactFrame}
   */
  Correlation(Filters filters, int kernelWidth, Axis rows, Axis columns, boolean compact) {
    this.filters = filters;
    this.kernelWidth = kernelWidth;
    pixel = compact ? filters.in() : Blocks.WIDTH;
    panels = Panel.of(filters.out(), filters.in(), filters.groups(), kernels);
    runs = panels.stream().map(panel -> ChannelRun.of(panel.from(), panel.to(), compact)).toList();
    sweep = new Sweep(rows, columns, runs);
    offsets = new int[panels.size()];
    int length = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = length;
      int rowsOfPanel = Math.multiplyExact(sweep.tapCount(), panels.get(i).channels());
      length = Math.addExact(length, Math.multiplyExact(rowsOfPanel, panels.get(i).width()));
    }
    packed = new float[length];
  }

  List<Panel> panels() {
    return panels;
  }

  Sweep sweep() {
    return sweep;
  }

  /** The filters, in the order of the tiles. */
  float[] packed() {
    return packed;
  }

  /** Where those of a panel begin. */
  int offset(int panel) {
    return offsets[panel];
  }

  long bytes() {
    return (long) packed.length * Float.BYTES;
  }

  /** Takes over the filters w; on all threads if they are many. */
  void pack(float[] w) {
    int rowTaps = sweep.rows().taps().length;
    Cuts.share(panels.size() * rowTaps, packed.length, round -> {
      int panel = round / rowTaps;
      for (int x = 0; x < sweep.columns().taps().length; x++) {
        pack(w, panel, round % rowTaps, x);
      }
    });
  }

  private void pack(float[] w, int number, int y, int x) {
    Panel panel = panels.get(number);
    int cell = sweep.rows().taps()[y] * kernelWidth + sweep.columns().taps()[x];
    int columns = sweep.columns().taps().length;
    int step = ChannelRun.joined(runs.get(number)) ? Blocks.WIDTH : panel.channels();
    for (int c = panel.from(); c < panel.to(); c += step) {
      int end = Math.min(panel.to(), c + step);
      int row = (y * panel.channels() + c - panel.from()) * columns + x * (end - c);
      pack(w, panel, c, end, offsets[number] + row * panel.width(), cell);
    }
  }

  /** The filters of channels {@code from} to {@code end}, at a cell of the kernel. */
  private void pack(float[] w, Panel panel, int from, int end, int to, int cell) {
    Arrays.fill(packed, to, to + (end - from) * panel.width(), 0f);
    for (int lane = 0; lane < panel.width() && panel.first() + lane < filters.out(); lane++) {
      int out = panel.first() + lane;
      int group = filters.group(out);
      int first = Math.max(from, filters.firstIn(group));
      int last = Math.min(end, filters.firstIn(group + 1));
      int at = to + (first - from) * panel.width() + lane;
      int weight = filters.kernel(out, first) + cell;
      for (int i = 0; i < last - first; i++) {
        packed[at + i * panel.width()] = w[weight + i * filters.inStep()];
      }
    }
  }

  /**
   * Rows {@code from} to {@code to} of some samples.
   *
   * @param start what sums begin with: one value an output channel, padded to whole blocks; {@code null} for what is
   *     there, so that it is added to
   * @param floor results are raised to at least this
   */
  void run(int firstSample, int samples, int from, int to, Blocks in, float[] start, float floor, Blocks out) {
    boolean add = start == null;
    List<Piece> pieces = sweep.pieces(samples, from, to, strides(in, out));
    for (int p = 0; p < offsets.length; p++) {
      Panel panel = panels.get(p);
      for (Piece piece : pieces) {
        int x = in(piece, firstSample, in);
        int z = out(piece, firstSample, out, panel);
        Taps taps = piece.taps().get(p);
        for (int tile = 0; tile < piece.tiles(); tile++) {
          kernels.products(panel.vectors(), taps.runs(), taps.runCount(),
              in.data(), x, piece.in(), tile * DirectKernels.PIXELS, packed, offsets[p],
              add ? out.data() : start, add ? z : panel.first(), add ? piece.out() : piece.zeros(),
              add ? out.blockStride() : kernels.lanes(), floor,
              out.data(), z, piece.out(), out.blockStride());
        }
      }
    }
  }

  Strides strides(Blocks in, Blocks out) {
    return Strides.of(pixel, in, out);
  }

  /** Where in the picture that is read a piece's first cell counts its taps from. */
  int in(Piece piece, int sample, Blocks in) {
    return sweep.in(piece, sample, 0, in, pixel);
  }

  /** Where a piece's first cell lies, at the first channel of a panel. */
  int out(Piece piece, int sample, Blocks out, Panel panel) {
    return sweep.out(piece, sample, panel.block(), out) + panel.lane();
  }
}
