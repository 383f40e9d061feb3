package dev.fovea.core.kernels;

import java.util.Arrays;
import java.util.Random;

/** A program that runs every kernel a number of times and prints a fingerprint of the last results' bits. */
final class KernelBits {
  private static final int N = 203;

  private KernelBits() {}

  public static void main(String[] args) {
    int hash = 0;
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      hash = fingerprint();
    }
    System.out.println("bits " + Integer.toHexString(hash));
  }

  private static int fingerprint() {
    Random random = new Random(1);
    float[] a = new float[N];
    float[] b = new float[N];
    for (int i = 0; i < N; i++) {
      a[i] = random.nextFloat() * 8 - 4;
      b[i] = random.nextFloat() * 8 - 4;
    }
    Kernels k = Kernels.get();
    float[] y = new float[N];
    int hash = 1;
    k.exp(N, 0.5f, a, 0, y, 0);
    hash = 31 * hash + Arrays.hashCode(y);
    k.reluGrad(N, a, 0, b, 0, y, 0, true);
    hash = 31 * hash + Arrays.hashCode(y);
    k.scale(N, 0.3f, b, 0, y, 0, true);
    hash = 31 * hash + Arrays.hashCode(y);
    hash = 31 * hash + Float.floatToIntBits(k.sum(N, a, 0));
    hash = 31 * hash + Float.floatToIntBits(k.dot(N, a, 0, b, 0));
    hash = 31 * hash + Float.floatToIntBits(k.squaredDistance(N, 0.1f, a, 0));
    hash = 31 * hash + Float.floatToIntBits(k.centeredDot(N, 0.1f, a, 0, b, 0));
    hash = 31 * hash + Double.hashCode(k.sumOfSquares(N, a, 0));
    for (int i = 0; i < N; i++) {
      y[i] = FloatMath.tanh(a[i]) + FloatMath.sigmoid(b[i]) + FloatMath.exp(a[i]);
    }
    hash = 31 * hash + Arrays.hashCode(y);
    float[] c = new float[13 * 15];
    Gemm.multiply(13, 15, 12, Operand.rows(a, 0, 13), Operand.columns(b, 0, 15), c, 0, 15, false);
    hash = 31 * hash + Arrays.hashCode(c);
    Gemm.multiply(5, 6, 150, Operand.rows(a, 0, 10), Operand.rows(b, 0, 10), c, 0, 15, false);
    hash = 31 * hash + Arrays.hashCode(c);
    Gemm.multiply(4, 5, 150, Operand.rows(a, 0, 10), Operand.rows(b, 0, 10), c, 0, 15, true);
    hash = 31 * hash + Arrays.hashCode(c);
    Gemm.multiply(10, 15, 12, Operand.rows(a, 0, 13), Operand.columns(b, 0, 15), c, 0, 15, true);
    return 31 * hash + Arrays.hashCode(c);
  }
}
