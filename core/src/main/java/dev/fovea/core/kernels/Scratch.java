package dev.fovea.core.kernels;

/**
 * Working arrays that each thread keeps for itself and uses again: kernels take them instead of allocating. What a
 * purpose got is valid until the same thread asks for the same purpose again.
 */
public final class Scratch {
  /** What an array is for; one thread may hold one of each at a time. */
  public enum Purpose { LEFT_OPERAND, LEFT_OPERAND_OF_ROUND, PANEL, TILE, PARTIAL_SUMS, FRAME, GRADIENT, ROW, CHANNEL,
    EXPONENTIALS, LANES,
    TILES, PANEL_OF_TILES, LINES, OUTPUT, HIDDEN, HIDDEN_GRADIENT, OLD_WEIGHTS, DIRECTION,
    SUMS_OF_STRETCH }

  private static final ThreadLocal<float[][]> ARRAYS =
      ThreadLocal.withInitial(() -> new float[Purpose.values().length][0]);

  private Scratch() {}

  /** An array of at least this length, holding rubbish. */
  public static float[] floats(Purpose purpose, int length) {
    float[][] arrays = ARRAYS.get();
    int i = purpose.ordinal();
    if (arrays[i].length < length) {
      arrays[i] = new float[length];
    }
    return arrays[i];
  }
}
