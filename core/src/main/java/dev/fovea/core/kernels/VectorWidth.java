package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vectors that every SIMD kernel uses: as wide as the machine prefers, or as {@code fovea.kernels} forces. */
public final class VectorWidth {
  /** A {@link Blocks#WIDTH block} of channels is a whole number of vectors, so none may be wider. */
  private static final int WIDEST = Blocks.WIDTH * Float.SIZE;

  /** Fixed for the whole run: C2 makes good code only for a constant species. */
  public static final VectorSpecies<Float> SPECIES = species();

  private VectorWidth() {}

  private static VectorSpecies<Float> species() {
    int widest = Math.min(WIDEST, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    int width = KernelChoice.forcedWidth();
    if (width > widest) {
      throw new IllegalStateException(KernelChoice.PROPERTY + "=vector-" + width + ": this machine's vectors have "
          + widest + " bits");
    }
    return VectorSpecies.of(float.class, VectorShape.forBitSize(width == 0 ? widest : width));
  }
}
