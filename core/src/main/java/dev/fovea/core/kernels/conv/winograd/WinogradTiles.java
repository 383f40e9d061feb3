package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Region;
import java.util.Arrays;

/**
 * Takes the tiles of pictures to their transformed pieces and back. Tile (i, j) of a sample has the outputs from row
 * i m and column j m on, and the inputs from row i m - paddingTop and column j m - paddingLeft on; where it hangs over
 * the edge of the picture it goes through a patch, beside which there are zeros. Where at most half of a last row or
 * column of tiles would be used, these are {@linkplain WinogradTransform#edge low}.
 *
 * <p>In the pieces, the tile in slot s of the b-th of the blocks of channels asked for lies at {@code 16 * (b *
 * spread + s)} of each plane.
 */
final class WinogradTiles {
  private static final int WIDTH = Blocks.WIDTH;

  private final ConvShape shape;
  private final int m;
  private final int rows;
  private final int columns;
  private final boolean lastRowLow;
  private final boolean lastColumnLow;
  /** For whole tiles, low columns, low rows, and both; {@code null} where there are none of them. */
  private final TileTransform[] transforms;

  WinogradTiles(ConvShape shape, WinogradTransform transform) {
    this.shape = shape;
    m = transform.outputs();
    rows = (shape.outHeight() + m - 1) / m;
    columns = (shape.outWidth() + m - 1) / m;
    lastRowLow = low(shape.outHeight());
    lastColumnLow = low(shape.outWidth());
    transforms = new TileTransform[] {transform, lastColumnLow ? transform.edge(false, true) : null,
        lastRowLow ? transform.edge(true, false) : null,
        lastRowLow && lastColumnLow ? transform.edge(true, true) : null};
  }

  private boolean low(int outputs) {
    int left = outputs % m;
    return m > WinogradTransform.LOW && left > 0 && left <= WinogradTransform.LOW;
  }

  /** m, rows and columns of the outputs of a tile. */
  int outputs() {
    return m;
  }

  /** Rows of tiles of a sample. */
  int rows() {
    return rows;
  }

  /** Tiles of a row. */
  int columns() {
    return columns;
  }

  /** How many tiles a region has. */
  int count(Region region) {
    return region.samples() * ((region.rows() + m - 1) / m) * columns;
  }

  /** Goes from tile to tile of a chunk: number, sample, row and column of the one it has come to. */
  final class Place {
    private final int firstRow;
    private final int endRow;
    private final int last;
    private int number = -1;
    private int sample;
    private int row;
    private int column;

    /** Before the first tile. */
    Place(WinogradChunk chunk) {
      firstRow = chunk.region().firstRow() / m;
      int rowsOfSample = (chunk.region().rows() + m - 1) / m;
      endRow = firstRow + rowsOfSample;
      last = chunk.tiles() - 1;
      sample = chunk.region().firstSample() + chunk.first() / (rowsOfSample * columns);
      row = firstRow + chunk.first() / columns % rowsOfSample;
      column = chunk.first() % columns - 1;
    }

    /** Goes to the next tile, if there is one. */
    boolean next() {
      if (number == last) {
        return false;
      }
      number++;
      if (++column == columns) {
        column = 0;
        if (++row == endRow) {
          row = firstRow;
          sample++;
        }
      }
      return true;
    }

    /** The number of the tile in the chunk. */
    int number() {
      return number;
    }

    boolean lowRow() {
      return lastRowLow && row == rows - 1;
    }

    boolean lowColumn() {
      return lastColumnLow && column == columns - 1;
    }

    TileTransform transform() {
      return transforms[(lowRow() ? 2 : 0) + (lowColumn() ? 1 : 0)];
    }

    int inputRow() {
      return row * m - shape.paddingTop();
    }

    int inputColumn() {
      return column * m - shape.paddingLeft();
    }

    boolean inputInside(TileTransform tile) {
      int y = inputRow();
      int x = inputColumn();
      return y >= 0 && x >= 0 && y + tile.outputRows() + 2 <= shape.height()
          && x + tile.outputColumns() + 2 <= shape.width();
    }

    boolean outputInside(TileTransform tile) {
      return row * m + tile.outputRows() <= shape.outHeight() && column * m + tile.outputColumns() <= shape.outWidth();
    }

    int outputRows() {
      return Math.min(m, shape.outHeight() - row * m);
    }

    int outputColumns() {
      return Math.min(m, shape.outWidth() - column * m);
    }
  }

  Place place(WinogradChunk chunk) {
    return new Place(chunk);
  }

  /** v = the transformed inputs. */
  void input(WinogradChunk chunk, Blocks x, int firstBlock, int lastBlock, float[] v, int plane) {
    float[] lines = Scratch.floats(Purpose.LINES, TileTransform.LINES);
    float[] patch = Scratch.floats(Purpose.TILE, TileTransform.LINES);
    for (int block = firstBlock; block < lastBlock; block++) {
      for (Place place = new Place(chunk); place.next(); ) {
        TileTransform transform = place.transform();
        int to = ((block - firstBlock) * chunk.spread() + chunk.slot(place.number)) * WIDTH;
        int top = place.inputRow();
        int left = place.inputColumn();
        int from = x.row(place.sample, block, top) + left * WIDTH;
        if (place.inputInside(transform)) {
          transform.input(x.data(), from, x.rowStride(), v, to, plane, lines);
        } else {
          int firstRow = Math.max(0, -top);
          int firstColumn = Math.max(0, -left);
          int height = transform.outputRows() + 2;
          int width = transform.outputColumns() + 2;
          cut(x, from, firstRow, Math.min(height, shape.height() - top),
              firstColumn, Math.min(width, shape.width() - left), height, width, patch);
          transform.input(patch, 0, width * WIDTH, v, to, plane, lines);
        }
      }
    }
  }

  /** Copies a tile's cells from one row and column to others, and surrounds them with zeros. */
  private static void cut(Blocks picture, int from, int firstRow, int lastRow, int firstColumn, int lastColumn,
      int height, int width, float[] patch) {
    Arrays.fill(patch, 0, height * width * WIDTH, 0f);
    if (firstColumn < lastColumn) {
      for (int row = firstRow; row < lastRow; row++) {
        System.arraycopy(picture.data(), from + row * picture.rowStride() + firstColumn * WIDTH,
            patch, (row * width + firstColumn) * WIDTH, (lastColumn - firstColumn) * WIDTH);
      }
    }
  }

  /** z = the outputs of the pieces v, plus start, raised to the floor. */
  void output(WinogradChunk chunk, float[] v, int plane, float[] start, float floor, Blocks z,
      int firstBlock, int lastBlock) {
    float[] lines = Scratch.floats(Purpose.LINES, TileTransform.LINES);
    float[] patch = Scratch.floats(Purpose.TILE, TileTransform.LINES);
    for (int block = firstBlock; block < lastBlock; block++) {
      for (Place place = new Place(chunk); place.next(); ) {
        TileTransform transform = place.transform();
        int from = ((block - firstBlock) * chunk.spread() + chunk.slot(place.number)) * WIDTH;
        int to = z.row(place.sample, block, place.row * m) + place.column * m * WIDTH;
        if (place.outputInside(transform)) {
          transform.output(v, from, plane, start, block * WIDTH, floor, z.data(), to, z.rowStride(), lines);
        } else {
          transform.output(v, from, plane, start, block * WIDTH, floor, patch, 0, m * WIDTH, lines);
          for (int row = 0; row < place.outputRows(); row++) {
            System.arraycopy(patch, row * m * WIDTH, z.data(), to + row * z.rowStride(),
                place.outputColumns() * WIDTH);
          }
        }
      }
    }
  }

  /** q = the transformed gradients of the outputs. */
  void outputGradient(WinogradChunk chunk, Blocks dz, int blocks, float[] q, int plane) {
    float[] lines = Scratch.floats(Purpose.LINES, TileTransform.LINES);
    float[] patch = Scratch.floats(Purpose.TILE, TileTransform.LINES);
    for (int block = 0; block < blocks; block++) {
      for (Place place = new Place(chunk); place.next(); ) {
        TileTransform transform = place.transform();
        int to = (block * chunk.spread() + chunk.slot(place.number)) * WIDTH;
        int from = dz.row(place.sample, block, place.row * m) + place.column * m * WIDTH;
        if (place.outputInside(transform)) {
          transform.outputGradient(dz.data(), from, dz.rowStride(), q, to, plane, lines);
        } else {
          int width = transform.outputColumns();
          cut(dz, from, 0, place.outputRows(), 0, place.outputColumns(), transform.outputRows(), width, patch);
          transform.outputGradient(patch, 0, width * WIDTH, q, to, plane, lines);
        }
      }
    }
  }

  /**
   * dx (+)= the input's gradients of the pieces v. Neighbours overlap by two rows or columns: without {@code add} the
   * first tile over a pixel overwrites and the later ones, to its right and below, add.
   */
  void inputGradient(WinogradChunk chunk, float[] v, int plane, Blocks dx, int firstBlock, int lastBlock,
      boolean add) {
    float[] lines = Scratch.floats(Purpose.LINES, TileTransform.LINES);
    float[] patch = Scratch.floats(Purpose.TILE, TileTransform.LINES);
    for (int block = firstBlock; block < lastBlock; block++) {
      for (Place place = new Place(chunk); place.next(); ) {
        TileTransform transform = place.transform();
        int from = ((block - firstBlock) * chunk.spread() + chunk.slot(place.number)) * WIDTH;
        int top = place.inputRow();
        int left = place.inputColumn();
        int to = dx.row(place.sample, block, top) + left * WIDTH;
        int addRows = add ? m + 2 : place.row > 0 ? 2 : 0;
        int addColumns = place.column > 0 ? 2 : 0;
        if (place.inputInside(transform)) {
          transform.inputGradient(v, from, plane, dx.data(), to, dx.rowStride(), addRows, addColumns, lines);
        } else {
          int height = transform.outputRows() + 2;
          int width = transform.outputColumns() + 2;
          transform.inputGradient(v, from, plane, patch, 0, width * WIDTH, 0, 0, lines);
          int firstColumn = Math.max(0, -left);
          int lastColumn = Math.min(width, shape.width() - left);
          for (int row = Math.max(0, -top); row < Math.min(height, shape.height() - top); row++) {
            int added = row < addRows ? lastColumn : Math.min(lastColumn, addColumns);
            lay(patch, row * width * WIDTH, dx.data(), to + row * dx.rowStride(), firstColumn, added, lastColumn);
          }
        }
      }
    }
  }

  /** Adds the cells from first to added, copies those from there to last. */
  private static void lay(float[] patch, int from, float[] dx, int to, int first, int added, int last) {
    int start = first;
    if (added > first) {
      int at = to + first * WIDTH;
      Kernels.get().add((added - first) * WIDTH, patch, from + first * WIDTH, dx, at, dx, at);
      start = added;
    }
    if (start < last) {
      System.arraycopy(patch, from + start * WIDTH, dx, to + start * WIDTH, (last - start) * WIDTH);
    }
  }

  /** Behind the last inputs of so many tiles. */
  private int end(int tiles, boolean low) {
    return tiles * m + 2 - (low ? m - WinogradTransform.LOW : 0);
  }

  /** Zeros in the samples of a region, if there are pixels that no tile covers. */
  void clearUncovered(Region region, Blocks dx) {
    boolean covered = end(rows, lastRowLow) - shape.paddingTop() >= shape.height()
        && end(columns, lastColumnLow) - shape.paddingLeft() >= shape.width();
    if (!covered) {
      for (int sample = region.firstSample(); sample < region.firstSample() + region.samples(); sample++) {
        for (int block = 0; block < Blocks.count(shape.channels()); block++) {
          for (int row = 0; row < shape.height(); row++) {
            int from = dx.row(sample, block, row);
            Arrays.fill(dx.data(), from, from + shape.width() * WIDTH, 0f);
          }
        }
      }
    }
  }
}
