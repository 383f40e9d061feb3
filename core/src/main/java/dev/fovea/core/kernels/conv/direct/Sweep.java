package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How a picture is computed from another one, as tables of offsets for {@link DirectKernels}.
 *
 * <p>Near the edges some taps lie outside of the picture. So the cells computed are cut into rectangles whose cells all
 * have the same taps, nine of them for a 3x3 kernel with padding, and each rectangle has its own list of taps: nothing
 * is copied into a frame of zeros and nothing is multiplied by them. The cells of a rectangle, over all its rows and
 * samples, are numbered through, so that small pictures fill tiles as well as large ones do.
 */
final class Sweep {
  /** Numbers of a tap, and of a run. */
  static final int NUMBERS = 3;

  private final Axis rows;
  private final Axis columns;
  private final List<List<ChannelRun>> channels;
  private final Map<Key, List<Piece>> pieces = new ConcurrentHashMap<>();
  private final Map<Grid, int[]> grids = new ConcurrentHashMap<>();

  /**
   * @param rows the rows computed
   * @param columns the columns computed
   * @param channels what a tap reads, for each panel of output channels
   */
  Sweep(Axis rows, Axis columns, List<List<ChannelRun>> channels) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
  }

  /**
   * Floats from one to the next, in the picture that is read and in the one that is computed.
   *
   * @param pixel all channels in a frame without gaps, else those of a block
   */
  record Strides(int pixel, int inSample, int inBlock, int inRow, int outSample, int outRow) {
    /** Of two pictures in blocks. */
    static Strides blocked(Blocks in, Blocks out) {
      return of(Blocks.WIDTH, in, out);
    }

    static Strides of(int pixel, Blocks in, Blocks out) {
      return new Strides(pixel, in.sampleStride(), in.blockStride(), in.rowStride(),
          out.sampleStride(), out.rowStride());
    }
  }

  /**
   * A rectangle of cells, of some samples, with the same taps.
   *
   * @param row the first row's number on its axis
   * @param column the first column's
   * @param tiles how many tiles the cells fill
   * @param in where each cell's taps are counted from, from the first one's on; the last cell fills up the last tile
   * @param out where each cell lies, from the first one on
   * @param zeros as many zeros
   * @param runs the rows of cells of all samples: offsets as {@code in} and {@code out}, and how many cells
   * @param taps for each panel
   */
  record Piece(int row, int column, int tiles, int[] in, int[] out, int[] zeros, int[] runs,
      List<Taps> taps) {
    int runCount() {
      return runs.length / NUMBERS;
    }
  }

  /**
   * Taps as {@link DirectKernels} reads them.
   *
   * @param count how many
   * @param numbers of each; behind the last one it is repeated, to fill up a tile of taps
   * @param runs the same taps, those that follow each other in the picture as well as in the filters made one: loops
   *     over few long runs are faster
   */
  record Taps(int count, int[] numbers, int[] runs) {
    static Taps of(int count, int[] numbers) {
      int[] runs = new int[count * NUMBERS];
      int end = 0;
      for (int at = 0; at < count * NUMBERS; at += NUMBERS) {
        int last = end - NUMBERS;
        if (end > 0 && runs[last] + runs[last + 2] == numbers[at]
            && runs[last + 1] + runs[last + 2] == numbers[at + 1]) {
          runs[last + 2] += numbers[at + 2];
        } else {
          System.arraycopy(numbers, at, runs, end, NUMBERS);
          end += NUMBERS;
        }
      }
      return new Taps(count, numbers, Arrays.copyOf(runs, end));
    }

    int runCount() {
      return runs.length / NUMBERS;
    }

    /** Copies the rows of the filters of a tile of taps, of zeros for those behind the last tap. */
    void copyTile(int first, float[] filters, int offset, int step, float[] tile, int width) {
      for (int t = 0; t < DirectKernels.TAPS; t++) {
        if (first + t < count) {
          System.arraycopy(filters, offset + numbers[NUMBERS * (first + t) + 1] * step, tile, t * width, width);
        } else {
          Arrays.fill(tile, t * width, (t + 1) * width, 0f);
        }
      }
    }

    /**
     * Adds a tile of rows, one for each tap from {@code first} on, to where their weights are.
     *
     * @param width floats of a row of the tile
     * @param step floats from one row of the filters to the next
     */
    void addTile(int first, float[] tile, int width, float[] sums, int offset, int step) {
      for (int t = 0; t < Math.min(DirectKernels.TAPS, count - first); t++) {
        int to = offset + numbers[NUMBERS * (first + t) + 1] * step;
        for (int i = 0; i < width; i++) {
          sums[to + i] += tile[t * width + i];
        }
      }
    }
  }

  private record Key(int samples, int from, int to, Strides strides) {}

  private record Grid(int samples, int sampleStep, int rows, int rowStep, int columns, int columnStep) {}

  Axis rows() {
    return rows;
  }

  Axis columns() {
    return columns;
  }

  /** All taps of the kernel that these axes have. */
  int tapCount() {
    return rows.taps().length * columns.taps().length;
  }

  /** The pieces of rows {@code from} to {@code to}; made once. */
  List<Piece> pieces(int samples, int from, int to, Strides strides) {
    return pieces.computeIfAbsent(new Key(samples, from, to, strides), this::cut);
  }

  /** Where in the picture that is read a piece's first cell counts its taps from. */
  int in(Piece piece, int sample, int block, Blocks in, int pixel) {
    return in.row(sample, block, piece.row() * rows.inStep()) + piece.column() * columns.inStep() * pixel;
  }

  /** Where a piece's first cell lies. */
  int out(Piece piece, int sample, int block, Blocks out) {
    return out.row(sample, block, rows.first() + piece.row() * rows.step())
        + (columns.first() + piece.column() * columns.step()) * Blocks.WIDTH;
  }

  private List<Piece> cut(Key key) {
    List<Piece> cut = new ArrayList<>();
    for (Axis.Stretch across : rows.stretches(key.from(), key.to())) {
      for (Axis.Stretch along : columns.stretches(0, columns.length())) {
        cut.add(piece(key, across, along));
      }
    }
    return cut;
  }

  private Piece piece(Key key, Axis.Stretch across, Axis.Stretch along) {
    Strides s = key.strides();
    int inRow = rows.inStep() * s.inRow();
    int inColumn = columns.inStep() * s.pixel();
    int outRow = rows.step() * s.outRow();
    int outColumn = columns.step() * Blocks.WIDTH;
    int[] in = cells(new Grid(key.samples(), s.inSample(), across.cells(), inRow, along.cells(), inColumn));
    int[] out = cells(new Grid(key.samples(), s.outSample(), across.cells(), outRow, along.cells(), outColumn));
    int[] zeros = cells(new Grid(key.samples(), 0, across.cells(), 0, along.cells(), 0));
    int[] runs = new int[across.cells() * key.samples() * NUMBERS];
    for (int i = 0; i < runs.length; i += NUMBERS) {
      int row = i / NUMBERS / key.samples();
      int sample = i / NUMBERS % key.samples();
      runs[i] = row * inRow + sample * s.inSample();
      runs[i + 1] = row * outRow + sample * s.outSample();
      runs[i + 2] = along.cells();
    }
    List<Taps> taps = new ArrayList<>();
    for (int panel = 0; panel < channels.size(); panel++) {
      boolean same = panel > 0 && channels.get(panel).equals(channels.get(panel - 1));
      taps.add(same ? taps.get(panel - 1) : taps(s, across, along, channels.get(panel)));
    }
    return new Piece(across.from(), along.from(), in.length / DirectKernels.PIXELS, in, out, zeros, runs, taps);
  }

  private Taps taps(Strides s, Axis.Stretch across, Axis.Stretch along, List<ChannelRun> runs) {
    int count = (across.endTap() - across.firstTap()) * (along.endTap() - along.firstTap()) * runs.size();
    int tile = DirectKernels.TAPS;
    int[] numbers = new int[(count + tile - 1) / tile * tile * NUMBERS];
    int wide = along.endTap() - along.firstTap();
    boolean joined = ChannelRun.joined(runs);
    for (int at = 0; at < count * NUMBERS; at += NUMBERS) {
      int i = at / NUMBERS;
      int run = joined ? i / wide % runs.size() : i % runs.size();
      int x = along.firstTap() + (joined ? i % wide : i / runs.size() % wide);
      int y = across.firstTap() + i / wide / runs.size();
      ChannelRun channels = runs.get(run);
      numbers[at] = rows.offsets()[y] * s.inRow() + columns.offsets()[x] * s.pixel()
          + channels.block() * s.inBlock() + channels.lane();
      numbers[at + 1] = ChannelRun.row(runs, run, columns.taps().length, y, x);
      numbers[at + 2] = channels.length();
    }
    for (int at = Math.max(NUMBERS, count * NUMBERS); at < numbers.length; at++) {
      numbers[at] = numbers[at - NUMBERS];
    }
    return Taps.of(count, numbers);
  }

  private int[] cells(Grid grid) {
    return grids.computeIfAbsent(grid, Sweep::number);
  }

  private static int[] number(Grid g) {
    int count = g.samples() * g.rows() * g.columns();
    int tile = DirectKernels.PIXELS;
    int[] cells = new int[(count + tile - 1) / tile * tile];
    for (int i = 0; i < cells.length; i++) {
      int cell = Math.min(i, count - 1);
      int column = cell % g.columns();
      int row = cell / g.columns() % g.rows();
      int sample = cell / g.columns() / g.rows();
      cells[i] = sample * g.sampleStep() + row * g.rowStep() + column * g.columnStep();
    }
    return cells;
  }
}
