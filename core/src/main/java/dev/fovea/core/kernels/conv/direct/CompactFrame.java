package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Region;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.Arrays;

/**
 * A copy of what a convolution reads, {@code [samples, frame height, frame width, C]}: without gaps between the
 * channels of neighbouring pixels, and with the padding around the picture written out as zeros. Pays where channels
 * are few.
 */
final class CompactFrame {
  /** Floats behind the last pixel that may be read, and mean nothing: two vectors begin at a pixel. */
  private static final int BEHIND = 2 * Blocks.WIDTH;

  private final DirectKernels kernels = DirectKernels.get();
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

  /** Floats of what a region reads. */
  int length(Region region) {
    return region.samples() * rows(region.rows()) * framed.width() * shape.channels() + BEHIND;
  }

  /** What a region reads, in this thread's scratch. */
  Blocks copy(Region region, Blocks x) {
    int first = region.firstRow() * shape.strideHeight();
    int rows = rows(region.rows());
    int row = framed.width() * shape.channels();
    float[] data = Scratch.floats(Purpose.FRAME, length(region));
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
    if (!plain) {
      // What is written behind the last pixel is overwritten: by zeros here, or by the next row.
      kernels.copy(count, x.data(), x.row(sample, 0, row), Blocks.WIDTH, to, first, channels);
    } else if (channels == 1) {
      System.arraycopy(x.data(), x.row(sample, 0, row), to, first, count);
    } else {
      for (int c = 0; c < channels; c++) {
        spread(count, x.data(), x.row(sample, c, row), to, first + c, channels);
      }
    }
    Arrays.fill(to, first + count * channels, end, 0f);
  }

  /** Pixels of a row of the picture that lie in a frame. */
  private int pixels() {
    return Math.max(0, Math.min(shape.width(), framed.width() - shape.paddingLeft()));
  }

  private static void spread(int count, float[] x, int xOffset, float[] y, int yOffset, int yStep) {
    for (int i = 0; i < count; i++) {
      y[yOffset + i * yStep] = x[xOffset + i];
    }
  }

  /**
   * The way back: dx (+)= what a frame holds of the picture, whose pixels go into blocks.
   *
   * @param row floats of a row of the frame; another block behind the last one may be read
   */
  void give(float[] frame, int row, Region region, Blocks dx, boolean add) {
    for (int n = 0; n < region.samples(); n++) {
      for (int y = 0; y < shape.height(); y++) {
        int to = dx.row(region.firstSample() + n, 0, y);
        int framedRow = y + shape.paddingTop();
        int count = framedRow < framed.height() ? pixels() : 0;
        int from = (n * framed.height() + framedRow) * row + shape.paddingLeft() * shape.channels();
        if (add) {
          add(count, frame, from, dx.data(), to);
        } else {
          kernels.copy(count, frame, from, shape.channels(), dx.data(), to, Blocks.WIDTH);
          Arrays.fill(dx.data(), to + count * Blocks.WIDTH, to + shape.width() * Blocks.WIDTH, 0f);
        }
      }
    }
  }

  private void add(int count, float[] x, int xOffset, float[] y, int yOffset) {
    int channels = shape.channels();
    for (int p = 0; p < count; p++) {
      for (int c = 0; c < channels; c++) {
        y[yOffset + p * Blocks.WIDTH + c] += x[xOffset + p * channels + c];
      }
    }
  }
}
