package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;

/**
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, where mean and (biased) variance are those of each sample
 * by itself, over the last axes. Inputs: x, weight and bias, both of the shape of these axes; y has the shape of x. As
 * PyTorch's {@code layer_norm}.
 *
 * <p>The mean is found in two parts, a rough one and the mean of what is left without it, so that a sample far from 0
 * keeps its digits.
 *
 * <p>With g = dy weight and h = (x - mean) / deviation, dx = (g - mean of g - h (mean of g h)) / deviation.
 */
public final class LayerNormalizationOp implements Op {
  /** Elements a thread takes at a time, at least one sample. */
  private static final int STRETCH = 1 << 12;
  /** Columns of weight and bias whose gradients one thread adds up. */
  private static final int COLUMNS = 256;

  private final int axes;
  private final double epsilon;
  /** The mean of each sample, as its sum says. */
  private float[] mean = {};
  /** The mean of x - mean: what the rounding of the sum has left. */
  private float[] rest = {};
  private float[] inverseDeviation = {};

  /**
   * Layer normalization over the last {@code axes} axes.
   *
   * @throws IllegalArgumentException if there is not at least one, or epsilon is not above 0
   */
  public LayerNormalizationOp(int axes, double epsilon) {
    if (axes < 1) {
      throw new IllegalArgumentException(name() + ": the number of axes must be at least 1, got " + axes);
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(name() + ": epsilon must be above 0, got " + epsilon);
    }
    this.axes = axes;
    this.epsilon = epsilon;
  }

  @Override
  public Shape infer(Shape... in) {
    if (in.length != 3) {
      throw new ShapeException(name() + ": expected three inputs, x, weight and bias, got " + in.length);
    }
    int rank = in[0].rank();
    if (rank < axes) {
      throw new ShapeException(name() + ": expected an input of at least " + axes + " axes, got " + in[0]);
    }
    Shape normalized = Shape.of(Arrays.copyOfRange(in[0].toArray(), rank - axes, rank));
    if (!in[1].equals(normalized) || !in[2].equals(normalized)) {
      throw new ShapeException(name() + ": expected weight and bias " + normalized + " for an input " + in[0] + ", got "
          + in[1] + " and " + in[2]);
    }
    return in[0];
  }

  @Override
  public long keptBytes(Shape... in) {
    return 3 * Float.BYTES * (in[0].elements() / in[1].elements());
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    int n = in[1].shape().size();
    int samples = in[0].shape().size() / n;
    if (mean.length < samples) {
      mean = new float[samples];
      rest = new float[samples];
      inverseDeviation = new float[samples];
    }
    float[] x = in[0].data();
    float[] weight = in[1].data();
    float[] bias = in[2].data();
    float[] y = out.data();
    Parallel.ranges(samples, Math.max(1, STRETCH / n), (from, to) -> {
      for (int sample = from; sample < to; sample++) {
        int offset = sample * n;
        mean[sample] = Kernels.get().sum(n, x, offset) / n;
        Kernels.get().affine(n, 1f, -mean[sample], x, offset, y, offset);
        rest[sample] = Kernels.get().sum(n, y, offset) / n;
        double variance = (double) Kernels.get().squaredDistance(n, rest[sample], y, offset) / n;
        inverseDeviation[sample] = (float) (1 / Math.sqrt(variance + epsilon));
        normalize(n, rest[sample], inverseDeviation[sample], weight, bias, y, offset);
      }
    });
  }

  private static void normalize(int n, float rest, float inverse, float[] weight, float[] bias, float[] y, int offset) {
    for (int i = 0; i < n; i++) {
      y[offset + i] = (y[offset + i] - rest) * inverse * weight[i] + bias[i];
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    int n = in[1].shape().size();
    int samples = in[0].shape().size() / n;
    float[] x = in[0].data();
    float[] dy = out.grad();
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      float[] weight = in[1].data();
      float[] dx = in[0].grad();
      Parallel.ranges(samples, Math.max(1, STRETCH / n), (from, to) -> {
        for (int sample = from; sample < to; sample++) {
          slope(n, sample, weight, x, dy, dx, add);
        }
      });
    }
    if (in[1].wantsGrad()) {
      float[] dWeight = in[1].grad();
      Parallel.ranges(n, COLUMNS, (from, to) -> weightSlope(n, samples, x, dy, dWeight, from, to));
    }
    if (in[2].wantsGrad()) {
      float[] dBias = in[2].grad();
      Parallel.ranges(n, COLUMNS, (from, to) -> biasSlope(n, samples, dy, dBias, from, to));
    }
  }

  private void slope(int n, int sample, float[] weight, float[] x, float[] dy, float[] dx, boolean add) {
    int offset = sample * n;
    float center = mean[sample];
    float left = rest[sample];
    float inverse = inverseDeviation[sample];
    double sum = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      double g = (double) dy[offset + i] * weight[i];
      sum += g;
      product += g * (x[offset + i] - center - left);
    }
    float meanOfG = (float) (sum / n);
    float meanOfGH = (float) (product * inverse / n);
    for (int i = 0; i < n; i++) {
      float h = (x[offset + i] - center - left) * inverse;
      float g = inverse * (dy[offset + i] * weight[i] - meanOfG - h * meanOfGH);
      dx[offset + i] = add ? dx[offset + i] + g : g;
    }
  }

  private void weightSlope(int n, int samples, float[] x, float[] dy, float[] dWeight, int from, int to) {
    for (int sample = 0; sample < samples; sample++) {
      int offset = sample * n;
      float center = mean[sample];
      float left = rest[sample];
      float inverse = inverseDeviation[sample];
      for (int i = from; i < to; i++) {
        dWeight[i] += dy[offset + i] * (x[offset + i] - center - left) * inverse;
      }
    }
  }

  private static void biasSlope(int n, int samples, float[] dy, float[] dBias, int from, int to) {
    for (int sample = 0; sample < samples; sample++) {
      for (int i = from; i < to; i++) {
        dBias[i] += dy[sample * n + i];
      }
    }
  }

  @Override
  public boolean backwardReads(int input) {
    return input < 2;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
