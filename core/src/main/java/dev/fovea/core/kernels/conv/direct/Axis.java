package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.ConvShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows or columns of a picture that is computed from another one: cell j lies at {@code first + j * step} of the
 * picture computed, and its tap t reads cell {@code j * inStep + offsets[t]} of the other, if that one has it.
 *
 * @param length how many cells
 * @param first where cell 0 lies
 * @param step from one cell to the next
 * @param inStep by how much a cell's taps move from one cell to the next
 * @param limit cells of the picture that is read
 * @param taps each tap's row or column of the kernel, ascending
 * @param offsets where the taps of cell 0 read, ascending or descending
 */
record Axis(int length, int first, int step, int inStep, int limit, int[] taps, int[] offsets) {

  /** Cells {@code from} (inclusive) to {@code to} that have the taps {@code firstTap} (inclusive) to {@code endTap}. */
  record Stretch(int from, int to, int firstTap, int endTap) {
    int cells() {
      return to - from;
    }
  }

  static Axis rowsForward(ConvShape s) {
    return forward(s.outHeight(), s.height(), s.kernelHeight(), s.strideHeight(), s.dilationHeight(), s.paddingTop());
  }

  static Axis columnsForward(ConvShape s) {
    return forward(s.outWidth(), s.width(), s.kernelWidth(), s.strideWidth(), s.dilationWidth(), s.paddingLeft());
  }

  static List<Axis> rowsBackward(ConvShape s) {
    return backward(s.outHeight(), s.height(), s.kernelHeight(), s.strideHeight(), s.dilationHeight(), s.paddingTop());
  }

  static List<Axis> columnsBackward(ConvShape s) {
    return backward(s.outWidth(), s.width(), s.kernelWidth(), s.strideWidth(), s.dilationWidth(), s.paddingLeft());
  }

  /** The way forward: output cells that read the input. */
  private static Axis forward(int out, int in, int kernel, int stride, int dilation, int padding) {
    int[] taps = new int[kernel];
    int[] offsets = new int[kernel];
    for (int k = 0; k < kernel; k++) {
      taps[k] = k;
      offsets[k] = k * dilation - padding;
    }
    return new Axis(out, 0, 1, stride, in, taps, offsets);
  }

  /**
   * The way back: input cells that gather the gradients of the outputs they went into. Which taps of the kernel these
   * are repeats with the stride, so there is an axis for each phase of it (Dumoulin and Visin, "A guide to convolution
   * arithmetic for deep learning", 2016, section 4); nothing is ever multiplied by the zeros between them.
   */
  private static List<Axis> backward(int out, int in, int kernel, int stride, int dilation, int padding) {
    List<Axis> phases = new ArrayList<>();
    for (int phase = 0; phase < Math.min(stride, in); phase++) {
      int start = phase + padding;
      int[] taps = new int[kernel];
      int count = 0;
      for (int k = 0; k < kernel; k++) {
        if (Math.floorMod(start - k * dilation, stride) == 0) {
          taps[count++] = k;
        }
      }
      taps = Arrays.copyOf(taps, count);
      int[] offsets = new int[count];
      for (int t = 0; t < count; t++) {
        offsets[t] = (start - taps[t] * dilation) / stride;
      }
      phases.add(new Axis((in - phase + stride - 1) / stride, phase, stride, 1, out, taps, offsets));
    }
    return phases;
  }

  /** Cells {@code from} to {@code to}, cut where the taps that lie within the picture change. */
  List<Stretch> stretches(int from, int to) {
    List<Stretch> stretches = new ArrayList<>();
    int start = from;
    for (int j = from + 1; j <= to; j++) {
      if (j == to || firstTap(j) != firstTap(start) || endTap(j) != endTap(start)) {
        stretches.add(new Stretch(start, j, firstTap(start), endTap(start)));
        start = j;
      }
    }
    return stretches;
  }

  private int firstTap(int cell) {
    int t = 0;
    while (t < taps.length && !reads(cell, t)) {
      t++;
    }
    return t;
  }

  private int endTap(int cell) {
    int t = taps.length;
    while (t > firstTap(cell) && !reads(cell, t - 1)) {
      t--;
    }
    return t;
  }

  private boolean reads(int cell, int tap) {
    int at = cell * inStep + offsets[tap];
    return at >= 0 && at < limit;
  }

  /** Those of the cells {@code from} to {@code to} whose tap lies within the picture; perhaps none. */
  Stretch cells(int tap, int from, int to) {
    int start = Math.max(from, Math.floorDiv(inStep - 1 - offsets[tap], inStep));
    int end = Math.min(to, Math.floorDiv(limit - 1 - offsets[tap], inStep) + 1);
    return new Stretch(start, Math.max(start, end), tap, tap + 1);
  }
}
