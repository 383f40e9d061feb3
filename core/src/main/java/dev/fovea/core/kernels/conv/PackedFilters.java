package dev.fovea.core.kernels.conv;

import java.util.Arrays;

/** Which filters an algorithm has packed: it need not pack them again while they are the same. */
final class PackedFilters {
  private final ConvAlgorithm algorithm;
  private final Pooling pooling;
  private final int length;
  /** The filters packed last, if they are not to be packed again; else empty. */
  private float[] packed = {};
  private boolean valid;
  /** Whether the last way back wanted the input's gradient: then the filters are packed for it. */
  private boolean inputGradient = true;

  /**
   * @param pooling what goes forward instead of the algorithm, else {@code null}
   * @param length floats of the filters
   */
  PackedFilters(ConvAlgorithm algorithm, Pooling pooling, int length) {
    this.algorithm = algorithm;
    this.pooling = pooling;
    this.length = length;
  }

  /** How many floats they are. */
  int length() {
    return length;
  }

  /** Packs w: for the way back too if it changes from call to call, else only if it is not, bit for bit, the last. */
  void take(float[] w, boolean training) {
    if (training) {
      valid = false;
      pack(w, inputGradient);
      return;
    }
    if (packed.length == 0) {
      packed = new float[length];
    }
    if (!valid || Arrays.mismatch(packed, 0, length, w, 0, length) >= 0) {
      pack(w, false);
      System.arraycopy(w, 0, packed, 0, length);
      valid = true;
    }
  }

  private void pack(float[] w, boolean backward) {
    if (pooling != null) {
      pooling.pack(w);
    }
    if (pooling == null || backward) {
      algorithm.pack(w, backward);
    }
  }

  /** Packs w for a way back that wants the input's gradient, if that was not foreseen. */
  void goBack(float[] w, boolean inputGradient) {
    if (inputGradient && !this.inputGradient) {
      algorithm.pack(w, true);
    }
    this.inputGradient = inputGradient;
  }
}
