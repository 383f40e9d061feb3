package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Region;
import java.util.Arrays;

/**
 * A copy of what a convolution of plain pictures reads whose outputs are pooled 2 by 2: {@code [rows, C, phases, cells
 * of a phase]}, where the column x + padding is cell {@code x / phases} of phase {@code x % phases}, with two phases
 * for each column of the stride. What neighbouring windows read with one tap lies side by side then. The padding, and
 * what the last vector of a row reads behind it, is written out as zeros.
 */
final class PartedFrame {
  private final ConvShape shape;
  private final int phases;
  private final int length;

  /** @param columns of the pooled output, up to whole vectors */
  PartedFrame(ConvShape shape, int columns) {
    this.shape = shape;
    phases = 2 * shape.strideWidth();
    length = (shape.strideWidth() + (shape.kernelWidth() - 1) * shape.dilationWidth()) / phases + columns;
  }

  /** Floats of a row. */
  int row() {
    return shape.channels() * phases * length;
  }

  /** Rows that so many rows of windows read. */
  private int rows(int windows) {
    return (2 * windows - 1) * shape.strideHeight() + (shape.kernelHeight() - 1) * shape.dilationHeight() + 1;
  }

  /** Floats of a sample, of which so many rows of windows are wanted. */
  int sample(int windows) {
    return rows(windows) * row();
  }

  /**
   * Where the upper cell of this side of a window begins to read with a tap, from where its row of windows begins.
   *
   * @param tap its number in w
   * @param side 0 for the left cells, 1 for the right ones
   */
  int offset(int tap, int side) {
    int channel = tap / shape.taps();
    int y = tap % shape.taps() / shape.kernelWidth();
    int x = tap % shape.kernelWidth();
    int column = side * shape.strideWidth() + x * shape.dilationWidth();
    return y * shape.dilationHeight() * row() + (channel * phases + column % phases) * length + column / phases;
  }

  /** What the rows of windows of a region read, sample by sample, in this thread's scratch. */
  float[] copy(Region windows, Blocks x) {
    int sample = sample(windows.rows());
    float[] data = Scratch.floats(Purpose.FRAME, windows.samples() * sample);
    Arrays.fill(data, 0, windows.samples() * sample, 0f);
    int first = 2 * windows.firstRow() * shape.strideHeight() - shape.paddingTop();
    int from = Math.max(0, first);
    int end = Math.min(shape.height(), first + rows(windows.rows()));
    for (int n = 0; n < windows.samples(); n++) {
      for (int y = from; y < end; y++) {
        for (int c = 0; c < shape.channels(); c++) {
          part(x.data(), x.row(windows.firstSample() + n, c, y), data,
              n * sample + (y - first) * row() + c * phases * length);
        }
      }
    }
    return data;
  }

  private void part(float[] x, int from, float[] data, int to) {
    for (int phase = 0; phase < phases; phase++) {
      int padded = Math.max(0, (shape.paddingLeft() - phase + phases - 1) / phases);
      int end = Math.min(length, (shape.width() + shape.paddingLeft() - phase + phases - 1) / phases);
      int column = from + padded * phases + phase - shape.paddingLeft();
      int at = to + phase * length + padded;
      if (phases == 2) {
        everySecond(end - padded, x, column, data, at);
      } else {
        for (int i = 0; i < end - padded; i++) {
          data[at + i] = x[column + i * phases];
        }
      }
    }
  }

  /** By itself, as the usual step is fastest when the compiler knows it. */
  private static void everySecond(int n, float[] x, int from, float[] data, int to) {
    for (int i = 0; i < n; i++) {
      data[to + i] = x[from + 2 * i];
    }
  }
}
