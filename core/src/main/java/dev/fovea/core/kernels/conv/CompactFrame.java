package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import java.util.Arrays;

/**
 * A copy of what a convolution reads, {@code [samples, frame height, frame width, C]}: without gaps between the
 * channels of neighbouring pixels, and with the padding around the picture written out as zeros. Pays where channels
 * are few.
 */
final class CompactFrame {
  private final ConvShape shape;
  private final boolean plain;
  private final ConvShape framed;

  /**
   * @param plain whether the picture that is copied is plain, else in blocks
   * @param outWidth for how many columns of the output there should be something to read
   */
  CompactFrame(ConvShape s, boolean plain, int outWidth) {
    shape = s;
    this.plain = plain;
    framed = new ConvShape(s.channels(), rows(s.outHeight()),
        (outWidth - 1) * s.strideWidth() + (s.kernelWidth() - 1) * s.dilationWidth() + 1,
        s.filters(), s.groups(), s.kernelHeight(), s.kernelWidth(), s.strideHeight(), s.strideWidth(),
        s.dilationHeight(), s.dilationWidth(), 0, 0, s.outHeight(), s.outWidth());
  }

  /** The same convolution as it is seen from a frame of the whole picture: no padding. */
  ConvShape shape() {
    return framed;
  }

  /** Rows of a frame that so many rows of the output read. */
  private int rows(int outRows) {
    return (outRows - 1) * shape.strideHeight() + (shape.kernelHeight() - 1) * shape.dilationHeight() + 1;
  }

  /** What a region reads, in this thread's scratch. */
  Blocks copy(Region region, Blocks x) {
    int first = region.firstRow() * shape.strideHeight();
    int rows = rows(region.rows());
    int row = framed.width() * shape.channels();
    float[] data = Scratch.floats(Purpose.FRAME, region.samples() * rows * row);
    Blocks frame = new Blocks(data, -region.firstSample() * rows * row - first * row, rows * row, 0, row);
    for (int sample = region.firstSample(); sample < region.firstSample() + region.samples(); sample++) {
      for (int y = first; y < first + rows; y++) {
        copyRow(x, sample, y - shape.paddingTop(), data, frame.row(sample, 0, y));
      }
    }
    return frame;
  }

  private void copyRow(Blocks x, int sample, int row, float[] to, int offset) {
    int channels = shape.channels();
    int end = offset + framed.width() * channels;
    if (row < 0 || row >= shape.height()) {
      Arrays.fill(to, offset, end, 0f);
      return;
    }
    int count = pixels();
    int first = offset + Math.min(framed.width(), shape.paddingLeft()) * channels;
    Arrays.fill(to, offset, first, 0f);
    for (int c = 0; c < channels; c++) {
      if (plain) {
        spread(count, x.data(), x.row(sample, c, row), 1, to, first + c, channels);
      } else {
        spread(count, x.data(), x.row(sample, 0, row) + c, Blocks.WIDTH, to, first + c, channels);
      }
    }
    Arrays.fill(to, first + count * channels, end, 0f);
  }

  /** Pixels of a row of the picture that lie in a frame. */
  private int pixels() {
    return Math.max(0, Math.min(shape.width(), framed.width() - shape.paddingLeft()));
  }

  private static void spread(int count, float[] x, int xOffset, int xStep, float[] y, int yOffset, int yStep) {
    if (xStep == 1 && yStep == 1) {
      System.arraycopy(x, xOffset, y, yOffset, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      y[yOffset + i * yStep] = x[xOffset + i * xStep];
    }
  }

  /**
   * The way back: dx (+)= what a frame holds of the picture, whose pixels go into blocks.
   *
   * @param row floats of a row of the frame
   */
  void give(float[] frame, int row, Region region, Blocks dx, boolean add) {
    int count = pixels();
    for (int n = 0; n < region.samples(); n++) {
      for (int y = 0; y < shape.height(); y++) {
        int to = dx.row(region.firstSample() + n, 0, y);
        if (!add) {
          Arrays.fill(dx.data(), to, to + shape.width() * Blocks.WIDTH, 0f);
        }
        int framedRow = y + shape.paddingTop();
        if (framedRow < framed.height()) {
          int from = (n * framed.height() + framedRow) * row + shape.paddingLeft() * shape.channels();
          for (int c = 0; c < shape.channels(); c++) {
            gather(count, frame, from + c, shape.channels(), dx.data(), to + c, add);
          }
        }
      }
    }
  }

  private static void gather(int count, float[] x, int xOffset, int xStep, float[] y, int yOffset, boolean add) {
    if (add) {
      for (int i = 0; i < count; i++) {
        y[yOffset + i * Blocks.WIDTH] += x[xOffset + i * xStep];
      }
    } else {
      for (int i = 0; i < count; i++) {
        y[yOffset + i * Blocks.WIDTH] = x[xOffset + i * xStep];
      }
    }
  }
}
