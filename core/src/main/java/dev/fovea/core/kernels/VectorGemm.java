package dev.fovea.core.kernels;

import dev.fovea.core.kernels.Scratch.Purpose;

/** Which register tile this machine's vectors call for, and tiles that hang over the edge of C. */
final class VectorGemm {
  private static final int LANES = VectorKernels.S.length();
  /** Vectors of 512 bits come with 32 registers, and leave time to find each row of A; narrower ones with 16. */
  static final boolean WIDE = LANES >= 16;
  static final int ROWS = WIDE ? VectorTile.ROWS : VectorNarrowTile.ROWS;
  static final int COLUMNS = 2 * LANES;
  /** Measured. With 16 registers a tile of dot products spills, and packing takes a smaller share of the time. */
  static final int DOT_LIMIT = WIDE ? 192 : 16;
  /** A row of a low tile takes so much more time than one of a high tile. */
  private static final double LOW_COSTS = 1.1;
  private static final float[] ZEROS = new float[COLUMNS];

  private VectorGemm() {}

  /** {@link Kernels#tileRows(int)}: low tiles where they leave less of the last one empty, by more than they cost. */
  static int rows(int rows) {
    int inHigh = (rows + ROWS - 1) / ROWS * ROWS;
    int inLow = (rows + VectorLowTile.ROWS - 1) / VectorLowTile.ROWS * VectorLowTile.ROWS;
    return WIDE && LOW_COSTS * inLow < inHigh ? VectorLowTile.ROWS : ROWS;
  }

  /** Of the tile that computes so many rows. */
  private static int height(int rows) {
    return WIDE && rows <= VectorLowTile.ROWS ? VectorLowTile.ROWS : ROWS;
  }

  /** {@link Kernels#gemmTile}. */
  static void tile(int rows, int columns, int depth, float[] a, int aOffset, int aRow, int aStep,
      float[] b, int bOffset, int bStride, float[] c, int cOffset, int cStride, boolean add) {
    if (rows < height(rows) || columns < COLUMNS) {
      edge(rows, columns, depth, a, aOffset, aRow, aStep, b, bOffset, bStride, c, cOffset, cStride, add);
    } else if (add) {
      whole(rows, depth, a, aOffset, aRow, aStep, b, bOffset, bStride, c, cOffset, cStride, c, cOffset, cStride);
    } else {
      whole(rows, depth, a, aOffset, aRow, aStep, b, bOffset, bStride, ZEROS, 0, 0, c, cOffset, cStride);
    }
  }

  /** Computes the tile beside C and copies what is inside. */
  private static void edge(int rows, int columns, int depth, float[] a, int aOffset, int aRow, int aStep,
      float[] b, int bOffset, int bStride, float[] c, int cOffset, int cStride, boolean add) {
    float[] tile = Scratch.floats(Purpose.TILE, ROWS * COLUMNS);
    whole(rows, depth, a, aOffset, aRow, aStep, b, bOffset, bStride, ZEROS, 0, 0, tile, 0, COLUMNS);
    for (int i = 0; i < rows; i++) {
      int to = cOffset + i * cStride;
      if (add) {
        Kernels.get().add(columns, c, to, tile, i * COLUMNS, c, to);
      } else {
        System.arraycopy(tile, i * COLUMNS, c, to, columns);
      }
    }
  }

  private static void whole(int rows, int depth, float[] a, int aOffset, int aRow, int aStep,
      float[] b, int bOffset, int bStride, float[] start, int startOffset, int startStride,
      float[] c, int cOffset, int cStride) {
    if (height(rows) < ROWS) {
      VectorLowTile.multiply(depth, a, aOffset, aRow, aStep, b, bOffset, bStride,
          start, startOffset, startStride, c, cOffset, cStride);
    } else if (WIDE) {
      VectorTile.multiply(depth, a, aOffset, aRow, aStep, b, bOffset, bStride,
          start, startOffset, startStride, c, cOffset, cStride);
    } else {
      VectorNarrowTile.multiply(depth, a, aOffset, aStep, b, bOffset, bStride,
          start, startOffset, startStride, c, cOffset, cStride);
    }
  }
}
