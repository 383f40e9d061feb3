package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on rows of pixels in SIMD. The numbers of chosen cells are the low bits of float lanes, which are only
 * selected and never calculated with, until they become bytes. There is no vector of four bytes, so four lanes leave
 * what has to do with bytes to the scalar twin.
 */
final class VectorPixels implements PixelKernels {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final int L = S.length();
  private static final VectorSpecies<Byte> B =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, L * Byte.SIZE)));
  private static final int WIDTH = Blocks.WIDTH;

  private final PixelKernels scalar = new ScalarPixels();

  VectorPixels() {}

  @Override
  public void pool(int pixels, float[] z, int upper, int lower, float[] y, int yOffset,
      byte[] chosen, int chosenOffset) {
    if (B.length() == L) {
      poolBytes(pixels, z, upper, lower, y, yOffset, chosen, chosenOffset);
    } else {
      scalar.pool(pixels, z, upper, lower, y, yOffset, chosen, chosenOffset);
    }
  }

  private static void poolBytes(int pixels, float[] z, int upper, int lower, float[] y, int yOffset,
      byte[] chosen, int chosenOffset) {
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
      ((ByteVector) number.reinterpretAsInts().convertShape(VectorOperators.I2B, B, 0))
          .intoArray(chosen, chosenOffset + i);
    }
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
  public void unpool(int pixels, float[] dy, int dyOffset, byte[] chosen, int chosenOffset,
      float[] dz, int upper, int lower) {
    if (B.length() == L) {
      unpoolBytes(pixels, dy, dyOffset, chosen, chosenOffset, dz, upper, lower);
    } else {
      scalar.unpool(pixels, dy, dyOffset, chosen, chosenOffset, dz, upper, lower);
    }
  }

  private static void unpoolBytes(int pixels, float[] dy, int dyOffset, byte[] chosen, int chosenOffset,
      float[] dz, int upper, int lower) {
    IntVector zero = IntVector.zero(I);
    for (int i = 0; i < pixels * WIDTH; i += L) {
      int cell = i + i / WIDTH * WIDTH;
      IntVector gradient = FloatVector.fromArray(S, dy, dyOffset + i).reinterpretAsInts();
      IntVector number = (IntVector) ByteVector.fromArray(B, chosen, chosenOffset + i)
          .convertShape(VectorOperators.B2I, I, 0);
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
