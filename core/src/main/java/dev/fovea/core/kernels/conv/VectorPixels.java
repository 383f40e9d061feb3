package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.BlockKernels;
import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on rows of pixels in SIMD. The numbers of chosen cells are the low bits of float lanes, which are only
 * selected and never calculated with, until they are packed as ints.
 */
final class VectorPixels implements PixelKernels {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;

  VectorPixels() {}

  @Override
  public void pool(int pixels, float[] z, int upper, int lower, float[] y, int yOffset,
      int[] chosen, int chosenOffset) {
    Arrays.fill(chosen, chosenOffset, chosenOffset + BlockKernels.choiceLength(pixels), 0);
    FloatVector zero = FloatVector.zero(S);
    FloatVector one = FloatVector.broadcast(S, Float.intBitsToFloat(1));
    FloatVector two = FloatVector.broadcast(S, Float.intBitsToFloat(2));
    FloatVector three = FloatVector.broadcast(S, Float.intBitsToFloat(3));
    for (int i = 0; i < pixels * WIDTH; i += L) {
      int cell = i + i / WIDTH * WIDTH;
      FloatVector a = FloatVector.fromArray(S, z, upper + cell);
      FloatVector b = FloatVector.fromArray(S, z, upper + cell + WIDTH);
      FloatVector c = FloatVector.fromArray(S, z, lower + cell);
      FloatVector d = FloatVector.fromArray(S, z, lower + cell + WIDTH);
      FloatVector ab = a.max(b);
      FloatVector cd = c.max(d);
      FloatVector inUpper = one.blend(zero, a.compare(VectorOperators.GE, b));
      FloatVector inLower = three.blend(two, c.compare(VectorOperators.GE, d));
      FloatVector number = inLower.blend(inUpper, ab.compare(VectorOperators.GE, cd));
      ab.max(cd).intoArray(y, yOffset + i);
      int at = chosenOffset + choice(i);
      IntVector bits = number.reinterpretAsInts().lanewise(VectorOperators.LSHL, shift(i));
      IntVector.fromArray(I, chosen, at).or(bits).intoArray(chosen, at);
    }
  }

  /** Where the choice of a float of y is kept. */
  private static int choice(int i) {
    return (i / WIDTH >>> BlockKernels.LOG_PIXELS_AN_INT) * WIDTH + i % WIDTH;
  }

  /** From which bit on. */
  private static int shift(int i) {
    return (i / WIDTH & BlockKernels.PIXELS_AN_INT - 1) * Byte.SIZE;
  }

  @Override
  public void pool(int pixels, float[] z, int upper, int lower, float[] y, int yOffset) {
    for (int i = 0; i < pixels * WIDTH; i += L) {
      int cell = i + i / WIDTH * WIDTH;
      FloatVector ab = FloatVector.fromArray(S, z, upper + cell)
          .max(FloatVector.fromArray(S, z, upper + cell + WIDTH));
      FloatVector cd = FloatVector.fromArray(S, z, lower + cell)
          .max(FloatVector.fromArray(S, z, lower + cell + WIDTH));
      ab.max(cd).intoArray(y, yOffset + i);
    }
  }

  @Override
  public void unpool(int pixels, float[] dy, int dyOffset, int[] chosen, int chosenOffset,
      float[] dz, int upper, int lower) {
    IntVector zero = IntVector.zero(I);
    for (int i = 0; i < pixels * WIDTH; i += L) {
      int cell = i + i / WIDTH * WIDTH;
      IntVector gradient = FloatVector.fromArray(S, dy, dyOffset + i).reinterpretAsInts();
      IntVector number = IntVector.fromArray(I, chosen, chosenOffset + choice(i))
          .lanewise(VectorOperators.LSHR, shift(i)).and(0xFF);
      zero.blend(gradient, number.compare(VectorOperators.EQ, 0)).reinterpretAsFloats().intoArray(dz, upper + cell);
      zero.blend(gradient, number.compare(VectorOperators.EQ, 1)).reinterpretAsFloats()
          .intoArray(dz, upper + cell + WIDTH);
      zero.blend(gradient, number.compare(VectorOperators.EQ, 2)).reinterpretAsFloats().intoArray(dz, lower + cell);
      zero.blend(gradient, number.compare(VectorOperators.EQ, 3)).reinterpretAsFloats()
          .intoArray(dz, lower + cell + WIDTH);
    }
  }

  @Override
  public void sum(int pixels, float[] x, int xOffset, float[] sums, int sumsOffset) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector even = FloatVector.fromArray(S, sums, sumsOffset + lane);
      FloatVector odd = FloatVector.zero(S);
      int i = 0;
      for (; i < pixels - 1; i += 2) {
        even = even.add(FloatVector.fromArray(S, x, xOffset + i * WIDTH + lane));
        odd = odd.add(FloatVector.fromArray(S, x, xOffset + (i + 1) * WIDTH + lane));
      }
      if (i < pixels) {
        even = even.add(FloatVector.fromArray(S, x, xOffset + i * WIDTH + lane));
      }
      even.add(odd).intoArray(sums, sumsOffset + lane);
    }
  }
}
