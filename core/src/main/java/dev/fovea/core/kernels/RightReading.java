package dev.fovea.core.kernels;

/**
 * How {@link Gemm} reads its right operand: in place if that is fast enough, since copying takes a large share of a
 * flat product. It depends on how far apart the operand's lines lie, and on how many rows of C a copy would serve.
 */
enum RightReading {
  /** Copied panel by panel, each as wide as a register tile. */
  PANELS(Gemm.DEPTH, 512),
  /** Not copied: lines lie side by side. */
  IN_PLACE(Gemm.DEPTH, 512),
  /**
   * Not copied, but few lines at a time, and many columns of each: where lines are pages apart, memory is fast only for
   * few of them at once, as the processor's prefetching follows no more.
   */
  IN_STEPS(8, 2048),
  /** Where lines are pages apart and rows are many: copied line by line, so that a tile finds them close together. */
  STRIPS(Gemm.DEPTH, 256);

  /** Up to this many rows of C, copying never pays. */
  private static final int FEW_ROWS = 64;
  /** For more rows it does if a panel's rows are shorter than two cache lines, ... */
  private static final int NARROW = 32;
  /** ... or this many floats (or a multiple) apart: they crowd each other out of the first-level cache. */
  private static final int CROWDING = 1024;
  /** Lines so many floats apart lie on pages far from each other. */
  private static final int FAR = 8192;
  /** Floats between the lines of a strip, lest they crowd each other. */
  private static final int STAGGER = 16;
  /** From so many rows on, lines that are far apart are copied. */
  private static final int ROWS_FOR_STRIPS = 48;

  /** Depth read at a time. */
  final int depth;
  /** Columns in a round of the parallel loop, at most. */
  final int columns;

  RightReading(int depth, int columns) {
    this.depth = depth;
    this.columns = columns;
  }

  /**
   * The way for so many rows of C.
   *
   * @param depth of the whole product: where it is small, there are few lines anyway
   */
  static RightReading of(Operand b, int rows, int depth) {
    if (!(b instanceof Operand.Columns lines)) {
      return PANELS;
    }
    if (lines.stride() >= FAR && depth > IN_STEPS.depth) {
      return rows < ROWS_FOR_STRIPS ? IN_STEPS : STRIPS;
    }
    boolean crowded = Kernels.get().tileColumns() < NARROW || lines.stride() % CROWDING == 0;
    return rows > FEW_ROWS && crowded ? PANELS : IN_PLACE;
  }

  /** Columns that are copied at a time, of so many to come. */
  int copied(int columns) {
    int width = Kernels.get().tileColumns();
    return this == STRIPS ? (columns + width - 1) / width * width : width;
  }

  /** The distance of lines in a copy of so many columns. */
  int stride(int columns) {
    return this == STRIPS ? columns + STAGGER : columns;
  }
}
