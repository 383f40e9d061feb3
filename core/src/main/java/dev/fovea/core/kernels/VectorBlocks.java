package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BlockKernels} with the Vector API: the very bits of {@link ScalarBlocks}. The inner loop over the vectors of a
 * pixel has a constant length, one at 512 bits.
 */
final class VectorBlocks implements BlockKernels {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  /** 2^23: added to a small whole number, it leaves that number in the low bits. */
  private static final float LOW_BITS = 8388608f;

  VectorBlocks() {}

  @Override
  public void halveByMaximum(int n, float[] x, int upper, int lower, float[] y, int yOffset, int[] chosen, int origin,
      int pixel) {
    FloatVector first = FloatVector.zero(S);
    FloatVector second = FloatVector.broadcast(S, 1f);
    FloatVector third = FloatVector.broadcast(S, 2f);
    FloatVector fourth = FloatVector.broadcast(S, 3f);
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int i = 2 * p * WIDTH + lane;
        FloatVector a = FloatVector.fromArray(S, x, upper + i);
        FloatVector b = FloatVector.fromArray(S, x, upper + i + WIDTH);
        FloatVector c = FloatVector.fromArray(S, x, lower + i);
        FloatVector d = FloatVector.fromArray(S, x, lower + i + WIDTH);
        FloatVector ab = a.max(b);
        FloatVector cd = c.max(d);
        FloatVector inUpper = second.blend(first, b.compare(VectorOperators.LE, a));
        FloatVector inLower = fourth.blend(third, d.compare(VectorOperators.LE, c));
        ab.max(cd).intoArray(y, yOffset + p * WIDTH + lane);
        FloatVector number = inLower.blend(inUpper, cd.compare(VectorOperators.LE, ab));
        int at = origin + lane + (pixel + p >>> LOG_PIXELS_AN_INT) * WIDTH;
        int shift = (pixel + p & PIXELS_AN_INT - 1) * Byte.SIZE;
        IntVector bits = number.add(LOW_BITS).reinterpretAsInts().and(0xFF).lanewise(VectorOperators.LSHL, shift);
        IntVector.fromArray(I, chosen, at).and(~(0xFF << shift)).or(bits).intoArray(chosen, at);
      }
    }
  }

  @Override
  public void largestUnder(int n, int from, int to, int[] cells, int[] numbers, float[] x, int xOffset, int xStep,
      float[] y, int yOffset, int[] chosen, int origin, int pixel) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int i = xOffset + p * xStep * WIDTH + lane;
        FloatVector most = FloatVector.fromArray(S, x, i + cells[from]);
        FloatVector which = FloatVector.broadcast(S, numbers[from]);
        for (int cell = from + 1; cell < to; cell++) {
          FloatVector v = FloatVector.fromArray(S, x, i + cells[cell]);
          which = FloatVector.broadcast(S, numbers[cell]).blend(which, v.compare(VectorOperators.LE, most));
          most = most.max(v);
        }
        most.intoArray(y, yOffset + p * WIDTH + lane);
        int at = origin + lane + (pixel + p >>> LOG_PIXELS_AN_INT) * WIDTH;
        int shift = (pixel + p & PIXELS_AN_INT - 1) * Byte.SIZE;
        IntVector bits = which.add(LOW_BITS).reinterpretAsInts().and(0xFF).lanewise(VectorOperators.LSHL, shift);
        IntVector.fromArray(I, chosen, at).and(~(0xFF << shift)).or(bits).intoArray(chosen, at);
      }
    }
  }

  @Override
  public void giveToChosen(int n, int number, float[] dy, int dyOffset, int[] chosen, int origin, int pixel,
      float[] dx, int dxOffset, int dxStep) {
    IntVector zero = IntVector.zero(I);
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        IntVector g = FloatVector.fromArray(S, dy, dyOffset + p * WIDTH + lane).reinterpretAsInts();
        int kept = origin + lane + (pixel + p >>> LOG_PIXELS_AN_INT) * WIDTH;
        int shift = (pixel + p & PIXELS_AN_INT - 1) * Byte.SIZE;
        VectorMask<Integer> here = IntVector.fromArray(I, chosen, kept).lanewise(VectorOperators.LSHR, shift).and(0xFF)
            .compare(VectorOperators.EQ, number);
        int at = dxOffset + p * dxStep * WIDTH + lane;
        FloatVector.fromArray(S, dx, at).add(zero.blend(g, here).reinterpretAsFloats()).intoArray(dx, at);
      }
    }
  }

  @Override
  public void givePairs(int n, int number, float[] dy, int dyOffset, int[] chosen, int origin, int pixel,
      float[] dx, int dxOffset, boolean add) {
    IntVector zero = IntVector.zero(I);
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        IntVector g = FloatVector.fromArray(S, dy, dyOffset + p * WIDTH + lane).reinterpretAsInts();
        int kept = origin + lane + (pixel + p >>> LOG_PIXELS_AN_INT) * WIDTH;
        int shift = (pixel + p & PIXELS_AN_INT - 1) * Byte.SIZE;
        IntVector choice = IntVector.fromArray(I, chosen, kept).lanewise(VectorOperators.LSHR, shift).and(0xFF);
        FloatVector left = zero.blend(g, choice.compare(VectorOperators.EQ, number)).reinterpretAsFloats();
        FloatVector right = zero.blend(g, choice.compare(VectorOperators.EQ, number + 1)).reinterpretAsFloats();
        int at = dxOffset + 2 * p * WIDTH + lane;
        (add ? FloatVector.fromArray(S, dx, at).add(left) : left).intoArray(dx, at);
        (add ? FloatVector.fromArray(S, dx, at + WIDTH).add(right) : right).intoArray(dx, at + WIDTH);
      }
    }
  }

  @Override
  public void meanUnder(int n, int from, int to, int[] cells, float divisor, float[] x, int xOffset, int xStep,
      float[] y, int yOffset) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int i = xOffset + p * xStep * WIDTH + lane;
        FloatVector sum = FloatVector.fromArray(S, x, i + cells[from]);
        for (int cell = from + 1; cell < to; cell++) {
          sum = sum.add(FloatVector.fromArray(S, x, i + cells[cell]));
        }
        sum.div(divisor).intoArray(y, yOffset + p * WIDTH + lane);
      }
    }
  }

  @Override
  public void spreadPairs(int n, float factor, float[] x, int xOffset, float[] y, int yOffset, boolean add) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        FloatVector share = FloatVector.fromArray(S, x, xOffset + p * WIDTH + lane).mul(factor);
        int at = yOffset + 2 * p * WIDTH + lane;
        (add ? FloatVector.fromArray(S, y, at).add(share) : share).intoArray(y, at);
        (add ? FloatVector.fromArray(S, y, at + WIDTH).add(share) : share).intoArray(y, at + WIDTH);
      }
    }
  }

  @Override
  public void scatter(int n, float divisor, float[] x, int xOffset, float[] y, int yOffset, int yStep) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        FloatVector share = FloatVector.fromArray(S, x, xOffset + p * WIDTH + lane).div(divisor);
        int at = yOffset + p * yStep * WIDTH + lane;
        FloatVector.fromArray(S, y, at).add(share).intoArray(y, at);
      }
    }
  }

  @Override
  public void repeat(int n, float[] pixel, int pixelOffset, float[] y, int yOffset, boolean add) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector v = FloatVector.fromArray(S, pixel, pixelOffset + lane);
      for (int f = lane; f < n * WIDTH; f += WIDTH) {
        (add ? FloatVector.fromArray(S, y, yOffset + f).add(v) : v).intoArray(y, yOffset + f);
      }
    }
  }

  @Override
  public void largest(int n, float[] x, int xOffset, float[] y, int yOffset, int[] chosen, int chosenOffset) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector most = FloatVector.fromArray(S, x, xOffset + lane);
      // Numbers of pixels as bits of floats, which a mask of floats selects; nothing computes with them.
      FloatVector which = IntVector.zero(I).reinterpretAsFloats();
      for (int p = 1; p < n; p++) {
        FloatVector cell = FloatVector.fromArray(S, x, xOffset + p * WIDTH + lane);
        FloatVector own = IntVector.broadcast(I, p).reinterpretAsFloats();
        VectorMask<Float> stays = cell.compare(VectorOperators.LE, most).or(most.compare(VectorOperators.NE, most));
        which = own.blend(which, stays);
        most = most.max(cell);
      }
      most.intoArray(y, yOffset + lane);
      which.reinterpretAsInts().intoArray(chosen, chosenOffset + lane);
    }
  }

  /** Without shuffles where a line takes several vectors: they would take several steps each, too. */
  @Override
  public void transpose(float[] x, int from, int stride, float[] y, int to, int yStride) {
    if (L == WIDTH) {
      VectorTranspose.square(x, from, stride, y, to, yStride);
    } else {
      ScalarBlocks.square(x, from, stride, y, to, yStride);
    }
  }
}
