package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ActivationKernels} with the Vector API: the same multiplications, additions and divisions in the same order,
 * selections instead of branches. The exponentials come from {@link Kernels#exp}, for a stretch at a time.
 */
final class VectorActivations implements ActivationKernels {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  /** Elements whose exponentials are computed at one go; they stay in the nearest cache. */
  private static final int STRETCH = 1 << 10;

  private final ScalarActivations rest = new ScalarActivations();

  VectorActivations() {}

  /** e^(-factor |x|) for a stretch, in a scratch array. */
  private static float[] exponentials(int n, float factor, float[] x, int xOffset) {
    float[] e = Scratch.floats(Scratch.Purpose.EXPONENTIALS, STRETCH);
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(S, x, xOffset + i).abs().mul(-factor).intoArray(e, i);
    }
    Kernels.get().exp(n, 0f, e, 0, e, 0);
    return e;
  }

  @Override
  public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int whole = n / L * L;
    for (int from = 0; from < whole; from += STRETCH) {
      sigmoidOfStretch(Math.min(STRETCH, whole - from), x, xOffset + from, y, yOffset + from);
    }
    rest.sigmoid(n - whole, x, xOffset + whole, y, yOffset + whole);
  }

  private static void sigmoidOfStretch(int n, float[] x, int xOffset, float[] y, int yOffset) {
    float[] exponentials = exponentials(n, 1f, x, xOffset);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < n; i += L) {
      FloatVector e = FloatVector.fromArray(S, exponentials, i);
      FloatVector v = FloatVector.fromArray(S, x, xOffset + i);
      e.blend(one, v.compare(VectorOperators.GE, 0f)).div(e.add(one)).intoArray(y, yOffset + i);
    }
  }

  @Override
  public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int whole = n / L * L;
    for (int from = 0; from < whole; from += STRETCH) {
      tanhOfStretch(Math.min(STRETCH, whole - from), x, xOffset + from, y, yOffset + from);
    }
    rest.tanh(n - whole, x, xOffset + whole, y, yOffset + whole);
  }

  private static void tanhOfStretch(int n, float[] x, int xOffset, float[] y, int yOffset) {
    float[] exponentials = exponentials(n, 2f, x, xOffset);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < n; i += L) {
      FloatVector e = FloatVector.fromArray(S, exponentials, i);
      FloatVector v = FloatVector.fromArray(S, x, xOffset + i);
      FloatVector a = v.abs();
      FloatVector s = a.mul(a);
      FloatVector near = s.mul(-0.0088632355f).add(0.021869488f).mul(s).add(-0.053968254f).mul(s).add(0.13333333f)
          .mul(s).add(-0.33333333f).mul(a.mul(s)).add(a);
      FloatVector positive = one.sub(e).div(e.add(one)).blend(near, a.compare(VectorOperators.LT, 0.3f));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      positive.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yOffset + i);
    }
  }

  @Override
  public void leakyRelu(int n, float slope, float[] x, int xOffset, float[] y, int yOffset) {
    int whole = n / L * L;
    for (int i = 0; i < whole; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xOffset + i);
      v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(y, yOffset + i);
    }
    rest.leakyRelu(n - whole, slope, x, xOffset + whole, y, yOffset + whole);
  }

  @Override
  public void leakyReluGrad(int n, float slope, float[] y, int yOffset, float[] dy, int dyOffset,
      float[] dx, int dxOffset, boolean add) {
    int whole = n / L * L;
    for (int i = 0; i < whole; i += L) {
      FloatVector g = FloatVector.fromArray(S, dy, dyOffset + i);
      FloatVector v = g.mul(slope).blend(g,
          FloatVector.fromArray(S, y, yOffset + i).compare(VectorOperators.GT, 0f));
      (add ? FloatVector.fromArray(S, dx, dxOffset + i).add(v) : v).intoArray(dx, dxOffset + i);
    }
    rest.leakyReluGrad(n - whole, slope, y, yOffset + whole, dy, dyOffset + whole, dx, dxOffset + whole, add);
  }
}
