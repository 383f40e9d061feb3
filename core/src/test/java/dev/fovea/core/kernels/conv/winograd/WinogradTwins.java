package dev.fovea.core.kernels.conv.winograd;

import static dev.fovea.core.kernels.conv.Twins.OFFSET;
import static dev.fovea.core.kernels.conv.Twins.same;
import static dev.fovea.core.kernels.conv.Twins.values;

import dev.fovea.core.kernels.KernelChoice;
import dev.fovea.core.kernels.Kernels;

/**
 * The kernels of Winograd's algorithm against their scalar twins. Also a program, so that a test can run it in a JVM
 * with another vector width.
 */
final class WinogradTwins {
  private static final int STRIDE = 7 * 16;
  private static final int PLANE = 3 * 16;
  private static final int LENGTH = 36 * PLANE + 2 * OFFSET;

  private WinogradTwins() {}

  public static void main(String[] args) {
    if (!Kernels.get().name().equals(args[0])) {
      throw new AssertionError("expected " + args[0] + ", got " + Kernels.get().name());
    }
    check();
  }

  /** Throws an {@link AssertionError} if a kernel in use disagrees with its definition. */
  static void check() {
    transforms(ScalarTransform.of2(), twin(ScalarTransform.of2(), WinogradTransform.class, "VectorTransform2"));
    transforms(ScalarTransform.of4(), twin(ScalarTransform.of4(), WinogradTransform.class, "VectorTransform4"));
    WinogradProducts products = twin(new ScalarProducts(), WinogradProducts.class, "VectorProducts");
    for (int tiles = 1; tiles <= 40; tiles++) {
      products(products, tiles, 1 + tiles % 3);
    }
  }

  private static <T> T twin(T scalar, Class<T> type, String name) {
    return KernelChoice.twin(scalar, type, WinogradTwins.class.getPackageName() + "." + name);
  }

  private static void transforms(WinogradTransform scalar, WinogradTransform kernel) {
    float[] x = values(LENGTH, 1);
    float[] lines = new float[TileTransform.LINES];
    String name = "F(" + scalar.outputs() + ") ";
    maps(name, scalar, kernel);
    for (int edge = 1; edge < 4 && scalar.outputs() > WinogradTransform.LOW; edge++) {
      boolean lowRows = edge > 1;
      boolean lowColumns = edge % 2 == 1;
      maps(name + (lowRows ? "low rows " : "") + (lowColumns ? "low columns " : ""),
          scalar.edge(lowRows, lowColumns), kernel.edge(lowRows, lowColumns));
    }
    same(name + "filter", scalar, kernel, LENGTH, (k, y) -> k.filter(x, OFFSET, y, OFFSET, PLANE, lines));
    same(name + "filterGradient", scalar, kernel, LENGTH, (k, y) -> {
      System.arraycopy(x, 0, y, 0, LENGTH);
      k.filterGradient(y, OFFSET, PLANE, lines);
    });
  }

  private static void maps(String name, TileTransform scalar, TileTransform kernel) {
    float[] x = values(LENGTH, 1);
    float[] start = values(LENGTH, 2);
    float[] lines = new float[TileTransform.LINES];
    if (kernel.outputRows() != scalar.outputRows() || kernel.outputColumns() != scalar.outputColumns()) {
      throw new AssertionError(name + "has tiles of " + kernel.outputRows() + " by " + kernel.outputColumns());
    }
    same(name + "input", scalar, kernel, LENGTH, (k, y) -> k.input(x, OFFSET, STRIDE, y, OFFSET, PLANE, lines));
    for (float floor : new float[] {Float.NEGATIVE_INFINITY, 0f}) {
      same(name + "output", scalar, kernel, LENGTH,
          (k, y) -> k.output(x, OFFSET, PLANE, start, 32, floor, y, OFFSET, STRIDE, lines));
    }
    same(name + "outputGradient", scalar, kernel, LENGTH,
        (k, y) -> k.outputGradient(x, OFFSET, STRIDE, y, OFFSET, PLANE, lines));
    for (int addRows : new int[] {0, 2, scalar.outputRows() + 2}) {
      for (int addColumns : new int[] {0, 2}) {
        same(name + "inputGradient, rows " + addRows + ", columns " + addColumns, scalar, kernel, LENGTH,
            (k, y) -> k.inputGradient(x, OFFSET, PLANE, y, OFFSET, STRIDE, addRows, addColumns, lines));
      }
    }
  }

  private static void products(WinogradProducts kernel, int tiles, int blocks) {
    WinogradProducts scalar = new ScalarProducts();
    int spread = kernel.roundUp(tiles);
    if (spread < tiles) {
      throw new AssertionError("roundUp " + tiles + ": " + spread);
    }
    int block = spread * 16;
    float[] v = values(OFFSET + blocks * block, 1);
    float[] u = values(OFFSET + blocks * 16 * WinogradProducts.PANEL, 2);
    float[] q = values(OFFSET + 2 * block, 3);
    for (int width : new int[] {WinogradProducts.PANEL, WinogradProducts.PANEL / 2}) {
      same("multiply " + spread + " by " + width, scalar, kernel, OFFSET + 2 * block + 16,
          (k, m) -> k.multiply(width, spread, blocks, v, OFFSET, u, OFFSET, m, OFFSET, block));
      same("accumulate " + tiles + " by " + width, scalar, kernel, OFFSET + 16 * WinogradProducts.PANEL + 16,
          (k, du) -> k.accumulate(width, tiles, v, OFFSET, q, OFFSET, block, du, OFFSET));
    }
  }
}
