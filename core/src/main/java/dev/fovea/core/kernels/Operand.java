package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * One side of a matrix product as {@link Gemm} wants to see it: lines (rows of the left matrix, columns of the right
 * one), each as long as the depth that is summed over. The product never needs the matrix itself, only panels of it,
 * so an operand may gather them from anywhere: convolution takes them straight from the picture.
 */
public interface Operand {
  /**
   * Writes a panel: {@code panel[offset + p * width + i]} becomes element {@code depthFrom + p} of line {@code
   * lineFrom + i}, for p below {@code depth} and i below {@code lines}; the places from {@code lines} to {@code
   * width} become 0.
   */
  void pack(int lineFrom, int lines, int depthFrom, int depth, float[] panel, int offset, int width);

  /** Lines that lie one after the other in memory: element p of line i is {@code data[start + i * stride + p]}. */
  static Operand rows(float[] data, int start, int stride) {
    return new Rows(data, start, stride);
  }

  /** Lines that lie side by side: element p of line i is {@code data[start + p * stride + i]}. */
  static Operand columns(float[] data, int start, int stride) {
    return new Columns(data, start, stride);
  }

  /** {@link #rows}. */
  record Rows(float[] data, int start, int stride) implements Operand {
    /** Depth taken at a time: the part of the panel being written stays in the first-level cache. */
    private static final int STRETCH = 32;

    @Override
    public void pack(int lineFrom, int lines, int depthFrom, int depth, float[] panel, int offset, int width) {
      for (int p0 = 0; p0 < depth; p0 += STRETCH) {
        int p1 = Math.min(depth, p0 + STRETCH);
        int i = 0;
        for (; i <= lines - 8; i += 8) {
          eight((lineFrom + i) * stride, depthFrom + p0, p1 - p0, panel, offset + p0 * width + i, width);
        }
        for (; i < lines; i++) {
          int from = start + (lineFrom + i) * stride + depthFrom;
          for (int p = p0, to = offset + p0 * width + i; p < p1; p++, to += width) {
            panel[to] = data[from + p];
          }
        }
      }
      for (int p = 0; lines < width && p < depth; p++) {
        Arrays.fill(panel, offset + p * width + lines, offset + (p + 1) * width, 0f);
      }
    }

    /** Eight lines side by side: one check of the bounds serves eight stores. */
    private void eight(int line, int depthFrom, int depth, float[] panel, int offset, int width) {
      int from0 = start + line + depthFrom;
      int from1 = from0 + stride;
      int from2 = from1 + stride;
      int from3 = from2 + stride;
      int from4 = from3 + stride;
      int from5 = from4 + stride;
      int from6 = from5 + stride;
      int from7 = from6 + stride;
      for (int p = 0, to = offset; p < depth; p++, to += width) {
        panel[to] = data[from0 + p];
        panel[to + 1] = data[from1 + p];
        panel[to + 2] = data[from2 + p];
        panel[to + 3] = data[from3 + p];
        panel[to + 4] = data[from4 + p];
        panel[to + 5] = data[from5 + p];
        panel[to + 6] = data[from6 + p];
        panel[to + 7] = data[from7 + p];
      }
    }
  }

  /** {@link #columns}. */
  record Columns(float[] data, int start, int stride) implements Operand {
    @Override
    public void pack(int lineFrom, int lines, int depthFrom, int depth, float[] panel, int offset, int width) {
      for (int p = 0; p < depth; p++) {
        int to = offset + p * width;
        System.arraycopy(data, start + (depthFrom + p) * stride + lineFrom, panel, to, lines);
        Arrays.fill(panel, to + lines, to + width, 0f);
      }
    }
  }
}
