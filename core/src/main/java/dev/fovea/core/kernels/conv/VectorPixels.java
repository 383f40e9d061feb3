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
  private static final float QUARTER = 0.25f;

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
  public void mean(int pixels, float[] z, int upper, int lower, float floor, float[] y, int yOffset,
      int[] sloped, int slopedOffset) {
    Arrays.fill(sloped, slopedOffset, slopedOffset + BlockKernels.choiceLength(pixels), 0);
    FloatVector flat = FloatVector.broadcast(S, floor);
    FloatVector zero = FloatVector.zero(S);
    FloatVector one = FloatVector.broadcast(S, Float.intBitsToFloat(1));
    FloatVector two = FloatVector.broadcast(S, Float.intBitsToFloat(2));
    FloatVector four = FloatVector.broadcast(S, Float.intBitsToFloat(4));
    FloatVector eight = FloatVector.broadcast(S, Float.intBitsToFloat(8));
    for (int i = 0; i < pixels * WIDTH; i += L) {
      int cell = i + i / WIDTH * WIDTH;
      FloatVector a = FloatVector.fromArray(S, z, upper + cell);
      FloatVector b = FloatVector.fromArray(S, z, upper + cell + WIDTH);
      FloatVector c = FloatVector.fromArray(S, z, lower + cell);
      FloatVector d = FloatVector.fromArray(S, z, lower + cell + WIDTH);
      a.add(b).add(c.add(d)).mul(QUARTER).intoArray(y, yOffset + i);
      IntVector bits = one.blend(zero, a.compare(VectorOperators.LE, flat)).reinterpretAsInts()
          .or(two.blend(zero, b.compare(VectorOperators.LE, flat)).reinterpretAsInts())
          .or(four.blend(zero, c.compare(VectorOperators.LE, flat)).reinterpretAsInts())
          .or(eight.blend(zero, d.compare(VectorOperators.LE, flat)).reinterpretAsInts())
          .lanewise(VectorOperators.LSHL, shift(i));
      int at = slopedOffset + choice(i);
      IntVector.fromArray(I, sloped, at).or(bits).intoArray(sloped, at);
    }
  }

  @Override
  public void mean(int pixels, float[] z, int upper, int lower, float[] y, int yOffset) {
    for (int i = 0; i < pixels * WIDTH; i += L) {
      int cell = i + i / WIDTH * WIDTH;
      FloatVector ab = FloatVector.fromArray(S, z, upper + cell)
          .add(FloatVector.fromArray(S, z, upper + cell + WIDTH));
      FloatVector cd = FloatVector.fromArray(S, z, lower + cell)
          .add(FloatVector.fromArray(S, z, lower + cell + WIDTH));
      ab.add(cd).mul(QUARTER).intoArray(y, yOffset + i);
    }
  }

  @Override
  public void unmean(int pixels, float[] dy, int dyOffset, int[] sloped, int slopedOffset, float[] dz, int upper,
      int lower, float[] sums, int sumsOffset) {
    IntVector zero = IntVector.zero(I);
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector sum = FloatVector.fromArray(S, sums, sumsOffset + lane);
      for (int i = lane; i < pixels * WIDTH; i += WIDTH) {
        int cell = i + i / WIDTH * WIDTH;
        IntVector share = FloatVector.fromArray(S, dy, dyOffset + i).mul(QUARTER).reinterpretAsInts();
        IntVector bits = IntVector.fromArray(I, sloped, slopedOffset + choice(i))
            .lanewise(VectorOperators.LSHR, shift(i));
        FloatVector a = share.blend(zero, bits.and(1).compare(VectorOperators.EQ, 0)).reinterpretAsFloats();
        FloatVector b = share.blend(zero, bits.and(2).compare(VectorOperators.EQ, 0)).reinterpretAsFloats();
        FloatVector c = share.blend(zero, bits.and(4).compare(VectorOperators.EQ, 0)).reinterpretAsFloats();
        FloatVector d = share.blend(zero, bits.and(8).compare(VectorOperators.EQ, 0)).reinterpretAsFloats();
        a.intoArray(dz, upper + cell);
        b.intoArray(dz, upper + cell + WIDTH);
        c.intoArray(dz, lower + cell);
        d.intoArray(dz, lower + cell + WIDTH);
        sum = sum.add(a.add(b).add(c.add(d)));
      }
      sum.intoArray(sums, sumsOffset + lane);
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
