package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BlockKernels} with the Vector API: the very bits of {@link ScalarBlocks}. A loop runs over floats, a vector at
 * a time: float {@code f} belongs to pixel {@code f / WIDTH}, and {@code f & -WIDTH} is where its pixel begins.
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
    FloatVector second = FloatVector.broadcast(S, 1f);
    FloatVector third = FloatVector.broadcast(S, 2f);
    FloatVector fourth = FloatVector.broadcast(S, 3f);
    FloatVector first = FloatVector.zero(S);
    for (int f = 0; f < n * WIDTH; f += L) {
      int cell = f + (f & -WIDTH);
      FloatVector a = FloatVector.fromArray(S, x, upper + cell);
      FloatVector b = FloatVector.fromArray(S, x, upper + cell + WIDTH);
      FloatVector c = FloatVector.fromArray(S, x, lower + cell);
      FloatVector d = FloatVector.fromArray(S, x, lower + cell + WIDTH);
      FloatVector ab = a.max(b);
      FloatVector cd = c.max(d);
      FloatVector inUpper = second.blend(first, b.compare(VectorOperators.LE, a));
      FloatVector inLower = fourth.blend(third, d.compare(VectorOperators.LE, c));
      ab.max(cd).intoArray(y, yOffset + f);
      keep(inLower.blend(inUpper, cd.compare(VectorOperators.LE, ab)), chosen, origin, pixel, f);
    }
  }

  private static void keep(FloatVector number, int[] chosen, int origin, int pixel, int f) {
    int p = pixel + f / WIDTH;
    int at = origin + p / PIXELS_AN_INT * WIDTH + f % WIDTH;
    int shift = p % PIXELS_AN_INT * Byte.SIZE;
    IntVector bits = number.add(LOW_BITS).reinterpretAsInts().and(0xFF).lanewise(VectorOperators.LSHL, shift);
    IntVector.fromArray(I, chosen, at).and(~(0xFF << shift)).or(bits).intoArray(chosen, at);
  }

  @Override
  public void takeLarger(int n, float number, float[] x, int xOffset, int xStep, float[] y, int yOffset,
      float[] which, int whichOffset) {
    FloatVector own = FloatVector.broadcast(S, number);
    int further = (xStep - 1) * WIDTH;
    for (int f = 0; f < n * WIDTH; f += L) {
      FloatVector cell = FloatVector.fromArray(S, x, xOffset + f / WIDTH * further + f);
      FloatVector most = FloatVector.fromArray(S, y, yOffset + f);
      VectorMask<Float> stays = cell.compare(VectorOperators.LE, most);
      own.blend(FloatVector.fromArray(S, which, whichOffset + f), stays).intoArray(which, whichOffset + f);
      most.max(cell).intoArray(y, yOffset + f);
    }
  }

  @Override
  public void keepChoices(int n, float[] which, int whichOffset, int[] chosen, int origin, int pixel) {
    for (int f = 0; f < n * WIDTH; f += L) {
      keep(FloatVector.fromArray(S, which, whichOffset + f), chosen, origin, pixel, f);
    }
  }

  @Override
  public void giveToChosen(int n, int number, float[] dy, int dyOffset, int[] chosen, int origin, int pixel,
      float[] dx, int dxOffset, int dxStep) {
    IntVector zero = IntVector.zero(I);
    int further = (dxStep - 1) * WIDTH;
    for (int f = 0; f < n * WIDTH; f += L) {
      IntVector g = FloatVector.fromArray(S, dy, dyOffset + f).reinterpretAsInts();
      int at = dxOffset + f / WIDTH * further + f;
      FloatVector share = zero.blend(g, choice(chosen, origin, pixel, f).compare(VectorOperators.EQ, number))
          .reinterpretAsFloats();
      FloatVector.fromArray(S, dx, at).add(share).intoArray(dx, at);
    }
  }

  private static IntVector choice(int[] chosen, int origin, int pixel, int f) {
    int p = pixel + f / WIDTH;
    int at = origin + p / PIXELS_AN_INT * WIDTH + f % WIDTH;
    return IntVector.fromArray(I, chosen, at).lanewise(VectorOperators.LSHR, p % PIXELS_AN_INT * Byte.SIZE).and(0xFF);
  }

  @Override
  public void givePairs(int n, int number, float[] dy, int dyOffset, int[] chosen, int origin, int pixel,
      float[] dx, int dxOffset, boolean add) {
    IntVector zero = IntVector.zero(I);
    for (int f = 0; f < n * WIDTH; f += L) {
      IntVector g = FloatVector.fromArray(S, dy, dyOffset + f).reinterpretAsInts();
      IntVector choice = choice(chosen, origin, pixel, f);
      int at = dxOffset + f + (f & -WIDTH);
      store(zero.blend(g, choice.compare(VectorOperators.EQ, number)).reinterpretAsFloats(), dx, at, add);
      store(zero.blend(g, choice.compare(VectorOperators.EQ, number + 1)).reinterpretAsFloats(), dx, at + WIDTH, add);
    }
  }

  private static void store(FloatVector v, float[] y, int at, boolean add) {
    (add ? FloatVector.fromArray(S, y, at).add(v) : v).intoArray(y, at);
  }

  @Override
  public void halveBySum(int n, float factor, float[] x, int upper, int lower, float[] y, int yOffset) {
    for (int f = 0; f < n * WIDTH; f += L) {
      int cell = f + (f & -WIDTH);
      FloatVector a = FloatVector.fromArray(S, x, upper + cell).add(FloatVector.fromArray(S, x, upper + cell + WIDTH));
      FloatVector b = FloatVector.fromArray(S, x, lower + cell).add(FloatVector.fromArray(S, x, lower + cell + WIDTH));
      a.add(b).mul(factor).intoArray(y, yOffset + f);
    }
  }

  @Override
  public void gather(int n, float[] x, int xOffset, int xStep, float[] y, int yOffset) {
    int further = (xStep - 1) * WIDTH;
    for (int f = 0; f < n * WIDTH; f += L) {
      FloatVector cell = FloatVector.fromArray(S, x, xOffset + f / WIDTH * further + f);
      FloatVector.fromArray(S, y, yOffset + f).add(cell).intoArray(y, yOffset + f);
    }
  }

  @Override
  public void scatter(int n, float[] x, int xOffset, float[] y, int yOffset, int yStep) {
    int further = (yStep - 1) * WIDTH;
    for (int f = 0; f < n * WIDTH; f += L) {
      int at = yOffset + f / WIDTH * further + f;
      FloatVector.fromArray(S, y, at).add(FloatVector.fromArray(S, x, xOffset + f)).intoArray(y, at);
    }
  }

  @Override
  public void spreadPairs(int n, float factor, float[] x, int xOffset, float[] y, int yOffset, boolean add) {
    for (int f = 0; f < n * WIDTH; f += L) {
      FloatVector share = FloatVector.fromArray(S, x, xOffset + f).mul(factor);
      int at = yOffset + f + (f & -WIDTH);
      store(share, y, at, add);
      store(share, y, at + WIDTH, add);
    }
  }

  @Override
  public void divide(int n, float[] divisors, float[] x, int xOffset, float[] y, int yOffset) {
    for (int f = 0; f < n * WIDTH; f += L) {
      FloatVector.fromArray(S, x, xOffset + f).div(divisors[f / WIDTH]).intoArray(y, yOffset + f);
    }
  }

  @Override
  public void repeat(int n, float[] pixel, int pixelOffset, float[] y, int yOffset, boolean add) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector v = FloatVector.fromArray(S, pixel, pixelOffset + lane);
      for (int f = lane; f < n * WIDTH; f += WIDTH) {
        store(v, y, yOffset + f, add);
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
}
