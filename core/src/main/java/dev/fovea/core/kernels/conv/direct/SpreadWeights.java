package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Cuts;
import dev.fovea.core.kernels.conv.Region;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gradient of the weights of few channels and at most a block of filters. Filters would fill one vector, and a
 * value of x would be spread over its lanes for one multiplication only. So lanes run over what an output pixel reads
 * with one row of the kernel, all columns and channels of it, which lie side by side in a {@linkplain CompactFrame
 * frame without gaps}, as in {@link SpreadGradient}, and the gradient of each filter is spread for two vectors of them.
 *
 * <p>A partial sum is {@code [rows of the kernel, stripes of two vectors, filters, lanes]}.
 */
final class SpreadWeights {
  private final DirectKernels kernels = DirectKernels.get();
  private final ConvShape shape;
  private final int stripe;
  private final int stripes;
  private final int filters;
  private final Map<Strides, int[]> tables = new ConcurrentHashMap<>();

  private record Strides(int samples, int rows, int dzSample, int dzRow, int inSample, int inRow) {}

  private SpreadWeights(ConvShape shape) {
    this.shape = shape;
    stripe = kernels.vectors() * kernels.lanes();
    stripes = stripes(shape, stripe);
    filters = (shape.filters() + DirectKernels.CHANNELS - 1) / DirectKernels.CHANNELS * DirectKernels.CHANNELS;
  }

  /** Sums for this convolution of frames; {@code null} if they do not pay. */
  static SpreadWeights of(ConvShape s, DirectKernels kernels) {
    int stripe = kernels.vectors() * kernels.lanes();
    boolean fits = kernels.vectors() == 2 && s.filters() <= Blocks.WIDTH && s.groups() == 1 && s.dilationWidth() == 1;
    return fits && 4 * lanes(s) >= 3 * stripes(s, stripe) * stripe ? new SpreadWeights(s) : null;
  }

  /** Floats that a pixel reads with a row of the kernel. */
  private static int lanes(ConvShape s) {
    return s.kernelWidth() * s.channels();
  }

  private static int stripes(ConvShape s, int stripe) {
    return (lanes(s) + stripe - 1) / stripe;
  }

  /** Floats of a row of the kernel in a partial sum. */
  private int row() {
    return stripes * filters * stripe;
  }

  /** The length of a partial sum. */
  int length() {
    return shape.kernelHeight() * row();
  }

  /** Adds what a region gives to a partial sum. */
  void run(Region region, Blocks frame, Blocks dz, float[] partial) {
    int[] runs = tables.computeIfAbsent(new Strides(region.samples(), region.rows(), dz.sampleStride(), dz.rowStride(),
        frame.sampleStride(), frame.rowStride()), this::number);
    int from = dz.row(region.firstSample(), 0, region.firstRow());
    for (int y = 0; y < shape.kernelHeight(); y++) {
      int read = frame.row(region.firstSample(), 0,
          region.firstRow() * shape.strideHeight() + y * shape.dilationHeight());
      for (int s = 0; s < stripes; s++) {
        for (int filter = 0; filter < filters; filter += DirectKernels.CHANNELS) {
          kernels.weights(kernels.vectors(), runs, runs.length / Sweep.NUMBERS, dz.data(), from + filter, Blocks.WIDTH,
              frame.data(), read + s * stripe, kernels.lanes(), shape.strideWidth() * shape.channels(),
              partial, y * row() + (s * filters + filter) * stripe);
        }
      }
    }
  }

  private int[] number(Strides s) {
    int[] runs = new int[s.samples() * s.rows() * Sweep.NUMBERS];
    for (int i = 0; i < s.samples() * s.rows(); i++) {
      int sample = i / s.rows();
      int row = i % s.rows();
      runs[Sweep.NUMBERS * i] = sample * s.dzSample() + row * s.dzRow();
      runs[Sweep.NUMBERS * i + 1] = sample * s.inSample() + row * shape.strideHeight() * s.inRow();
      runs[Sweep.NUMBERS * i + 2] = shape.outWidth();
    }
    return runs;
  }

  /** dw (+)= the sum of the partial sums, in order; on all threads if they are long. */
  void reduce(List<float[]> partials, float[] dw, boolean add) {
    Cuts.share(shape.kernelHeight(), (long) partials.size() * length(), y -> {
      float[] sum = Scratch.floats(Purpose.PARTIAL_SUMS, row());
      System.arraycopy(partials.get(0), y * row(), sum, 0, row());
      for (int i = 1; i < partials.size(); i++) {
        Kernels.get().add(row(), sum, 0, partials.get(i), y * row(), sum, 0);
      }
      for (int filter = 0; filter < shape.filters(); filter++) {
        unpack(filter, y, sum, dw, add);
      }
    });
  }

  private void unpack(int filter, int y, float[] sum, float[] dw, boolean add) {
    for (int x = 0; x < shape.kernelWidth(); x++) {
      for (int c = 0; c < shape.channels(); c++) {
        int lane = x * shape.channels() + c;
        float value = sum[(lane / stripe * filters + filter) * stripe + lane % stripe];
        int to = (filter * shape.channels() + c) * shape.taps() + y * shape.kernelWidth() + x;
        dw[to] = add ? dw[to] + value : value;
      }
    }
  }
}
