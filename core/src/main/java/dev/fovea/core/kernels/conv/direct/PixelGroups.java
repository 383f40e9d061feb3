package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Region;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;

/**
 * The way forward with few filters, which would fill half a tile or less: neighbouring pixels of a row, 2 or 4, are
 * computed as if they were the filters of one. The kernel that gives them all is the given one, once for each pixel and
 * shifted from one to the next; what it multiplies by zeros is less than what half-empty tiles waste.
 */
final class PixelGroups {
  /** Lanes of a whole tile. */
  private static final int TILE = 2 * Blocks.WIDTH;
  private static final int HALF = Blocks.WIDTH / 2;

  private final DirectKernels kernels = DirectKernels.get();
  private final ConvShape shape;
  private final ConvShape grouped;
  private final int pixels;
  private final Correlation correlation;

  private PixelGroups(ConvShape s, int pixels) {
    shape = s;
    this.pixels = pixels;
    int groups = (s.outWidth() + pixels - 1) / pixels;
    int kernel = s.kernelWidth() + (pixels - 1) * s.strideWidth();
    int stride = pixels * s.strideWidth();
    int height = (s.outHeight() - 1) * s.strideHeight() + (s.kernelHeight() - 1) * s.dilationHeight() + 1;
    grouped = new ConvShape(s.channels(), height, (groups - 1) * stride + kernel, TILE, 1, s.kernelHeight(), kernel,
        s.strideHeight(), stride, s.dilationHeight(), 1, 0, 0, s.outHeight(), groups);
    Axis columns = Axis.columnsForward(grouped);
    correlation = new Correlation(Filters.forward(grouped), kernel, Axis.rowsForward(grouped),
        new Axis(groups, 0, TILE / Blocks.WIDTH, stride, columns.limit(), columns.taps(), columns.offsets()), true);
  }

  /** Groups for a convolution of a {@link CompactFrame}; {@code null} if they do not pay. */
  static PixelGroups of(ConvShape s, DirectKernels kernels) {
    if (kernels.lanes() < Blocks.WIDTH || s.filters() > Blocks.WIDTH || s.groups() > 1 || s.dilationWidth() > 1) {
      return null;
    }
    int pixels = TILE / lanes(s.filters());
    boolean whole = pixels == 4 || s.outWidth() % pixels == 0;
    // Vectors multiplied for a row of a group, against those for its pixels one by one; these cost a quarter more each.
    int together = 2 * (s.kernelWidth() + (pixels - 1) * s.strideWidth());
    return whole && 4 * together <= 5 * pixels * s.kernelWidth() ? new PixelGroups(s, pixels) : null;
  }

  /** Lanes that a pixel gets. */
  private static int lanes(int filters) {
    return filters <= HALF ? HALF : Blocks.WIDTH;
  }

  /** Columns of the output if the last group is whole. */
  int outWidth() {
    return grouped.outWidth() * pixels;
  }

  long bytes() {
    return correlation.bytes();
  }

  /**
   * Takes over the filters w: for each cell of the wide kernel and channel a row of lanes, which {@link Correlation}
   * would make of wide filters too, but most of them are zero and stay so.
   */
  void pack(float[] w) {
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int filter = 0; filter < shape.filters(); filter++) {
        pack(w, pixel, filter, pixel * (TILE / pixels) + filter);
      }
    }
  }

  private void pack(float[] w, int pixel, int filter, int lane) {
    float[] packed = correlation.packed();
    int width = correlation.panels().get(0).width();
    int column = shape.channels() * width;
    int first = correlation.offset(lane / width) + lane % width + pixel * shape.strideWidth() * column;
    int from = filter * shape.depth();
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < shape.kernelHeight(); y++) {
        int to = first + y * grouped.kernelWidth() * column + channel * width;
        for (int x = 0; x < shape.kernelWidth(); x++) {
          packed[to + x * column] = w[from + x];
        }
        from += shape.kernelWidth();
      }
    }
  }

  /** As {@link dev.fovea.core.kernels.conv.ConvAlgorithm#forward}, of a frame. */
  void run(Region region, Blocks frame, float[] start, float floor, Blocks z) {
    int lanes = TILE / pixels;
    float[] starts = Scratch.floats(Purpose.TILE, TILE);
    for (int lane = 0; lane < TILE; lane++) {
      starts[lane] = start[lane % lanes];
    }
    Blocks out = lanes == Blocks.WIDTH
        ? new Blocks(z.data(), z.origin(), z.sampleStride(), Blocks.WIDTH, z.rowStride()) : beside(region);
    correlation.run(region.firstSample(), region.samples(), region.firstRow(), region.firstRow() + region.rows(),
        frame, starts, floor, out);
    if (lanes < Blocks.WIDTH) {
      for (int sample = region.firstSample(); sample < region.firstSample() + region.samples(); sample++) {
        for (int row = region.firstRow(); row < region.firstRow() + region.rows(); row++) {
          kernels.copy(shape.outWidth(), out.data(), out.row(sample, 0, row), HALF,
              z.data(), z.row(sample, 0, row), Blocks.WIDTH);
        }
      }
    }
  }

  /** Rows of half blocks, as a copy of whole ones may read behind the last, in this thread's scratch. */
  private Blocks beside(Region region) {
    int row = grouped.outWidth() * TILE;
    int sample = region.rows() * row;
    float[] data = Scratch.floats(Purpose.GRADIENT, region.samples() * sample + HALF);
    return new Blocks(data, -region.firstSample() * sample - region.firstRow() * row, sample, Blocks.WIDTH, row);
  }
}
