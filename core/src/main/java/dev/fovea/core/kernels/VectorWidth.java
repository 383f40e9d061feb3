package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors that every SIMD kernel uses: as wide as the machine prefers, or as {@code fovea.kernels} forces.
 *
 * <p>Kernels have vectors of floats of this species, vectors of ints of the same shape, and no others; and all kinds of
 * operations are shown to the JVM here, before a kernel runs. The methods of the Vector API are shared by all of them
 * and inlined into every operation. Where one of these methods was compiled on the guess that it has seen all classes
 * there are, and meets another one later, C2 counts the wrong guess against each place it inlines the method to from
 * then on. A kernel with some 25 such operations comes to a hundred, the limit behind which C2 guesses no more; it
 * then does not know the class of a vector that goes round a loop, and puts it on the heap for as long as the JVM
 * lives.
 */
public final class VectorWidth {
  /** A {@link Blocks#WIDTH block} of channels is a whole number of vectors, so none may be wider. */
  private static final int WIDEST = Blocks.WIDTH * Float.SIZE;

  /** Fixed for the whole run: C2 makes good code only for a constant species. */
  public static final VectorSpecies<Float> SPECIES = species();

  /** So often, the methods come to be compiled with counters, which see every class. Takes some milliseconds. */
  private static final int ROUNDS = 300;

  static {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    VectorShuffle<Float> turned = VectorShuffle.iota(SPECIES, 1, 1, true);
    VectorShuffle<Integer> turnedInts =
        VectorShuffle.iota(VectorSpecies.of(int.class, SPECIES.vectorShape()), 1, 1, true);
    for (int i = 0; i < ROUNDS; i++) {
      useAllOperations(one, turned, turnedInts);
    }
  }

  private VectorWidth() {}

  private static FloatVector useAllOperations(FloatVector x, VectorShuffle<Float> turned,
      VectorShuffle<Integer> turnedInts) {
    FloatVector y = x.abs().add(x).sub(x).mul(x).div(x).max(x).fma(x, x).neg().rearrange(turned);
    FloatVector z = y.blend(x, y.compare(VectorOperators.LT, x)).blend(0f, y.compare(VectorOperators.GE, 0f));
    IntVector i = z.reinterpretAsInts();
    IntVector j = i.and(i).or(i).add(i).lanewise(VectorOperators.LSHL, 1).lanewise(VectorOperators.LSHR, 1);
    IntVector k = j.lanewise(VectorOperators.XOR, i).rearrange(turnedInts);
    return k.blend(i, j.compare(VectorOperators.EQ, 1)).reinterpretAsFloats();
  }

  private static VectorSpecies<Float> species() {
    int widest = Math.min(WIDEST, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    int width = forcedWidth();
    if (width > widest) {
      throw new IllegalStateException(KernelChoice.PROPERTY + "=vector-" + width + ": this machine's vectors have "
          + widest + " bits");
    }
    return VectorSpecies.of(float.class, VectorShape.forBitSize(width == 0 ? widest : width));
  }

  /**
   * The width in bits that the property forces, or 0 for the machine's own. Read here: {@link KernelChoice} makes the
   * kernels when it is first touched, and they ask for the species.
   */
  private static int forcedWidth() {
    String wish = System.getProperty(KernelChoice.PROPERTY, "auto");
    return wish.matches("vector-\\d+") ? Integer.parseInt(wish.substring("vector-".length())) : 0;
  }
}
