package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.conv.ConvAlgorithm;
import dev.fovea.core.kernels.conv.ReferenceConvolution;
import dev.fovea.core.kernels.conv.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One geometry with random pictures, filters and gradients, on which an algorithm is run, region after region, and
 * compared with the definition. Padding channels hold rubbish; arrays have guard cells around them.
 */
final class AlgorithmCase {
  private static final int GUARD_CELLS = 16;
  private static final float GUARD = 12345f;
  private static final float PADDING = 777f;

  private final ConvShape shape;
  private final int samples;
  private final float[] x;
  private final float[] w;
  private final float[] bias;
  private final float[] dy;
  private final double[] y;
  private final double[] dx;
  private final double[] dw;

  /** The results, in logical order. */
  record Result(float[] y, float[] dx, float[] dw) {}

  AlgorithmCase(ConvShape shape, int samples) {
    this.shape = shape;
    this.samples = samples;
    ReferenceConvolution reference = new ReferenceConvolution(shape, samples, 1);
    x = reference.x;
    w = reference.w;
    bias = reference.bias;
    dy = ReferenceConvolution.random(samples * shape.filters() * shape.outPixels(), 4, 1);
    double[] gradient = IntStream.range(0, dy.length).mapToDouble(i -> dy[i]).toArray();
    y = reference.z(true);
    dx = reference.dx(gradient);
    dw = reference.dw(gradient);
  }

  /** A square picture, kernel, stride, dilation and padding. */
  static ConvShape square(int channels, int side, int filters, int groups, int kernel, int stride, int dilation,
      int padding) {
    int out = (side + 2 * padding - (kernel - 1) * dilation - 1) / stride + 1;
    return new ConvShape(channels, side, side, filters, groups, kernel, kernel, stride, stride, dilation, dilation,
        padding, padding, out, out);
  }

  /** Runs the algorithm; throws an {@link AssertionError} if a result is wrong by more than 1e-5 of the largest. */
  void check(ConvAlgorithm algorithm) {
    boolean inputGradient = !algorithm.takesPlainInput();
    Result result = run(algorithm, inputGradient, false);
    near("value", y, result.y);
    near("weights' gradient", dw, result.dw);
    if (inputGradient) {
      near("input's gradient", dx, result.dx);
    }
    Result added = run(algorithm, inputGradient, true);
    near("weights' gradient, added", plusOne(dw), added.dw);
    if (inputGradient) {
      near("input's gradient, added", plusOne(dx), added.dx);
    }
  }

  private static double[] plusOne(double[] values) {
    return Arrays.stream(values).map(v -> v + 1).toArray();
  }

  /** Runs all three passes; gradients are added to ones if {@code add}. */
  Result run(ConvAlgorithm algorithm, boolean inputGradient, boolean add) {
    Blocks in = input(algorithm);
    Blocks dz = blocked(dy, shape.filters(), shape.outHeight(), shape.outWidth());
    algorithm.pack(w, inputGradient);
    float[] y = forward(algorithm, in, Float.NEGATIVE_INFINITY);
    float[] dw = new float[w.length];
    Arrays.fill(dw, 1f);
    Blocks dx = guarded(shape.channels(), shape.height(), shape.width());
    if (add) {
      Arrays.fill(dx.data(), GUARD_CELLS, dx.data().length - GUARD_CELLS, 1f);
    }
    List<float[]> partials = new ArrayList<>();
    algorithm.units().forEach(unit -> partials.add(new float[algorithm.partialLength()]));
    Parallel.run(partials.size(), u -> {
      algorithm.units().get(u).forEach(region ->
          algorithm.backward(region, in, dz, partials.get(u), inputGradient ? dx : null, add));
      algorithm.finish(partials.get(u));
    });
    algorithm.weightGradient(partials, dw, add);
    return new Result(y, inputGradient ? logical(dx, shape.channels(), shape.pixels()) : null, dw);
  }

  /** The value, raised to a floor. */
  float[] floored(ConvAlgorithm algorithm, float floor) {
    algorithm.pack(w, false);
    return forward(algorithm, input(algorithm), floor);
  }

  private float[] forward(ConvAlgorithm algorithm, Blocks in, float floor) {
    Blocks z = guarded(shape.filters(), shape.outHeight(), shape.outWidth());
    float[] start = Arrays.copyOf(bias, Blocks.count(bias.length) * Blocks.WIDTH);
    List<Region> regions = algorithm.regions();
    Parallel.run(regions.size(), i -> algorithm.forward(regions.get(i), in, start, floor, z));
    return logical(z, shape.filters(), shape.outPixels());
  }

  private Blocks input(ConvAlgorithm algorithm) {
    return algorithm.takesPlainInput() ? plain(x) : blocked(x, shape.channels(), shape.height(), shape.width());
  }

  private Blocks plain(float[] picture) {
    float[] data = Arrays.copyOf(picture, picture.length);
    return new Blocks(data, 0, shape.channels() * shape.pixels(), shape.pixels(), shape.width());
  }

  private Blocks guarded(int channels, int height, int width) {
    Blocks b = Blocks.of(null, channels, height, width);
    float[] data = new float[samples * b.sampleStride() + 2 * GUARD_CELLS];
    Arrays.fill(data, GUARD);
    return new Blocks(data, GUARD_CELLS, b.sampleStride(), b.blockStride(), b.rowStride());
  }

  private Blocks blocked(float[] values, int channels, int height, int width) {
    Blocks b = guarded(channels, height, width);
    Arrays.fill(b.data(), PADDING);
    for (int i = 0; i < values.length; i++) {
      b.data()[at(b, channels, height * width, i)] = values[i];
    }
    return b;
  }

  private static int at(Blocks b, int channels, int pixels, int i) {
    int channel = i / pixels % channels;
    return b.row(i / pixels / channels, channel / Blocks.WIDTH, 0) + i % pixels * Blocks.WIDTH + channel % Blocks.WIDTH;
  }

  private float[] logical(Blocks b, int channels, int pixels) {
    for (int i = 0; i < GUARD_CELLS; i++) {
      if (b.data()[i] != GUARD || b.data()[b.data().length - 1 - i] != GUARD) {
        throw new AssertionError(shape + ": wrote outside of the picture");
      }
    }
    float[] values = new float[samples * channels * pixels];
    for (int i = 0; i < values.length; i++) {
      values[i] = b.data()[at(b, channels, pixels, i)];
    }
    return values;
  }

  private void near(String what, double[] wanted, float[] got) {
    double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
    for (int i = 0; i < wanted.length; i++) {
      if (!(Math.abs(wanted[i] - got[i]) <= 1e-5 * largest)) {
        throw new AssertionError(
            shape + ", " + samples + " samples: " + what + ": " + got[i] + " at " + i + ", expected " + wanted[i]);
      }
    }
  }
}
