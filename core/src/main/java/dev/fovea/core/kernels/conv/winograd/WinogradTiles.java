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
 * the edge of the picture it goes through a patch, beside which there are zeros.
 *
 * <p>In the pieces, tile t of the b-th of the blocks of channels asked for lies at {@code (b * spread + t) * 16} of
 * each plane.
 */
final class WinogradTiles {
  private static final int WIDTH = Blocks.WIDTH;

  private final ConvShape shape;
  private final WinogradTransform transform;
  private final int m;
  private final int size;
  private final int rows;
  private final int columns;

  WinogradTiles(ConvShape shape, WinogradTransform transform) {
    this.shape = shape;
    this.transform = transform;
    m = transform.outputs();
    size = transform.size();
    rows = (shape.outHeight() + m - 1) / m;
    columns = (shape.outWidth() + m - 1) / m;
  }

  /**
   * Some consecutive tiles of a region, which are counted sample by sample, row by row.
   *
   * @param first the first of them
   */
  record Chunk(Region region, int first, int tiles) {}

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

  /** A place: sample, row and column of the tile that a chunk's number t means. */
  private final class Place {
    private final int firstRow;
    private final int perSample;
    private final Chunk chunk;
    private int sample;
    private int row;
    private int column;

    Place(Chunk chunk) {
      this.chunk = chunk;
      firstRow = chunk.region.firstRow() / m;
      perSample = (chunk.region.rows() + m - 1) / m * columns;
    }

    void at(int t) {
      int tile = chunk.first + t;
      int inSample = tile % perSample;
      sample = chunk.region.firstSample() + tile / perSample;
      row = firstRow + inSample / columns;
      column = inSample % columns;
    }

    int inputRow() {
      return row * m - shape.paddingTop();
    }

    int inputColumn() {
      return column * m - shape.paddingLeft();
    }

    boolean inputInside() {
      int y = inputRow();
      int x = inputColumn();
      return y >= 0 && x >= 0 && y + size <= shape.height() && x + size <= shape.width();
    }

    boolean outputInside() {
      return row * m + m <= shape.outHeight() && column * m + m <= shape.outWidth();
    }

    int outputRows() {
      return Math.min(m, shape.outHeight() - row * m);
    }

    int outputColumns() {
      return Math.min(m, shape.outWidth() - column * m);
    }
  }

  /** v = the transformed inputs. */
  void input(Chunk chunk, Blocks x, int firstBlock, int lastBlock, float[] v, int plane, int spread) {
    float[] lines = Scratch.floats(Purpose.LINES, WinogradTransform.LINES);
    float[] patch = Scratch.floats(Purpose.TILE, WinogradTransform.LINES);
    Place place = new Place(chunk);
    for (int block = firstBlock; block < lastBlock; block++) {
      for (int t = 0; t < chunk.tiles; t++) {
        place.at(t);
        int to = ((block - firstBlock) * spread + t) * WIDTH;
        int top = place.inputRow();
        int left = place.inputColumn();
        int from = x.row(place.sample, block, top) + left * WIDTH;
        if (place.inputInside()) {
          transform.input(x.data(), from, x.rowStride(), v, to, plane, lines);
        } else {
          int firstRow = Math.max(0, -top);
          int firstColumn = Math.max(0, -left);
          cut(x, from, firstRow, Math.min(size, shape.height() - top),
              firstColumn, Math.min(size, shape.width() - left), size, patch);
          transform.input(patch, 0, size * WIDTH, v, to, plane, lines);
        }
      }
    }
  }

  /** Copies a tile's cells from one row and column to others, and surrounds them with zeros. */
  private static void cut(Blocks picture, int from, int firstRow, int lastRow, int firstColumn, int lastColumn,
      int size, float[] patch) {
    Arrays.fill(patch, 0, size * size * WIDTH, 0f);
    if (firstColumn < lastColumn) {
      for (int row = firstRow; row < lastRow; row++) {
        System.arraycopy(picture.data(), from + row * picture.rowStride() + firstColumn * WIDTH,
            patch, (row * size + firstColumn) * WIDTH, (lastColumn - firstColumn) * WIDTH);
      }
    }
  }

  /** z = the outputs of the pieces v, plus start, raised to the floor. */
  void output(Chunk chunk, float[] v, int plane, int spread, float[] start, float floor,
      Blocks z, int firstBlock, int lastBlock) {
    float[] lines = Scratch.floats(Purpose.LINES, WinogradTransform.LINES);
    float[] patch = Scratch.floats(Purpose.TILE, WinogradTransform.LINES);
    Place place = new Place(chunk);
    for (int block = firstBlock; block < lastBlock; block++) {
      for (int t = 0; t < chunk.tiles; t++) {
        place.at(t);
        int from = ((block - firstBlock) * spread + t) * WIDTH;
        int to = z.row(place.sample, block, place.row * m) + place.column * m * WIDTH;
        if (place.outputInside()) {
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
  void outputGradient(Chunk chunk, Blocks dz, int blocks, float[] q, int plane, int spread) {
    float[] lines = Scratch.floats(Purpose.LINES, WinogradTransform.LINES);
    float[] patch = Scratch.floats(Purpose.TILE, WinogradTransform.LINES);
    Place place = new Place(chunk);
    for (int block = 0; block < blocks; block++) {
      for (int t = 0; t < chunk.tiles; t++) {
        place.at(t);
        int to = (block * spread + t) * WIDTH;
        int from = dz.row(place.sample, block, place.row * m) + place.column * m * WIDTH;
        if (place.outputInside()) {
          transform.outputGradient(dz.data(), from, dz.rowStride(), q, to, plane, lines);
        } else {
          cut(dz, from, 0, place.outputRows(), 0, place.outputColumns(), m, patch);
          transform.outputGradient(patch, 0, m * WIDTH, q, to, plane, lines);
        }
      }
    }
  }

  /**
   * dx (+)= the input's gradients of the pieces v. Neighbours overlap by two rows or columns: without {@code add} the
   * first tile over a pixel overwrites and the later ones, to its right and below, add.
   */
  void inputGradient(Chunk chunk, float[] v, int plane, int spread, Blocks dx, int firstBlock, int lastBlock,
      boolean add) {
    float[] lines = Scratch.floats(Purpose.LINES, WinogradTransform.LINES);
    float[] patch = Scratch.floats(Purpose.TILE, WinogradTransform.LINES);
    Place place = new Place(chunk);
    for (int block = firstBlock; block < lastBlock; block++) {
      for (int t = 0; t < chunk.tiles; t++) {
        place.at(t);
        int from = ((block - firstBlock) * spread + t) * WIDTH;
        int top = place.inputRow();
        int left = place.inputColumn();
        int to = dx.row(place.sample, block, top) + left * WIDTH;
        int addRows = add ? size : place.row > 0 ? 2 : 0;
        int addColumns = place.column > 0 ? 2 : 0;
        if (place.inputInside()) {
          transform.inputGradient(v, from, plane, dx.data(), to, dx.rowStride(), addRows, addColumns, lines);
        } else {
          transform.inputGradient(v, from, plane, patch, 0, size * WIDTH, 0, 0, lines);
          int firstColumn = Math.max(0, -left);
          int lastColumn = Math.min(size, shape.width() - left);
          for (int row = Math.max(0, -top); row < Math.min(size, shape.height() - top); row++) {
            int added = row < addRows ? lastColumn : Math.min(lastColumn, addColumns);
            lay(patch, row * size * WIDTH, dx.data(), to + row * dx.rowStride(), firstColumn, added, lastColumn);
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

  /** Zeros in the samples of a region, if there are pixels that no tile covers. */
  void clearUncovered(Region region, Blocks dx) {
    boolean covered = rows * m + 2 - shape.paddingTop() >= shape.height()
        && columns * m + 2 - shape.paddingLeft() >= shape.width();
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
