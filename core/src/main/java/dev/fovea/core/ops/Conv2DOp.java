package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Convolution;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import java.util.Optional;

/**
 * A 2-D convolution, in the sense of deep learning (the kernel is not flipped): y = f(x * W + b), where
 *
 * <pre>{@code
 * z[n, o, i, j] = b[o] + sum over c, u, v of W[o, c, u, v] * x[n, c, i * stride + u * dilation - padding, ...]
 * }</pre>
 *
 * for x [N, C, H, W], W [filters, C / groups, kernel height, kernel width] and b [filters] (which may be left out).
 * Each group of filters sees its own group of channels; groups = C is a depthwise convolution. The gradient of x is
 * the sum over the output cells each input cell went to, that of W correlates x with dz, that of b sums dz.
 */
public final class Conv2DOp implements Op, EndsInActivation {
  private final Window2D window;
  private final int groups;
  private final ActivationOp activation;

  /**
   * A convolution with this geometry.
   *
   * @param groups how many groups the channels and the filters fall into
   * @param activation what is applied at the end; {@code null} for nothing
   * @throws IllegalArgumentException if groups is below 1
   */
  public Conv2DOp(Window2D window, int groups, ActivationOp activation) {
    if (groups < 1) {
      throw new IllegalArgumentException("conv2d: groups must be at least 1, got " + groups);
    }
    ActivationOp.requireFusable("conv2d", activation);
    this.window = window;
    this.groups = groups;
    this.activation = activation;
  }

  @Override
  public boolean endsInActivation() {
    return activation != null;
  }

  @Override
  public Optional<Op> withActivation(ActivationOp other) {
    return activation == null && other.slopeFromOutput() ? Optional.of(new Conv2DOp(window, groups, other))
        : Optional.empty();
  }

  /** How many groups the channels fall into. */
  public int groups() {
    return groups;
  }

  /** Whether pictures of this shape are padded. */
  public boolean pads(Shape input) {
    return window.paddingTop(input.dim(2)) + window.paddingBottom(input.dim(2))
        + window.paddingLeft(input.dim(3)) + window.paddingRight(input.dim(3)) > 0;
  }

  @Override
  public Shape infer(Shape... in) {
    if (in.length != 2 && in.length != 3) {
      throw new ShapeException("conv2d: expected input, weight and perhaps bias, got " + in.length + " inputs");
    }
    Shape w = in[1];
    if (w.rank() != 4 || w.dim(2) != window.kernelHeight() || w.dim(3) != window.kernelWidth()) {
      throw new ShapeException("conv2d: expected a weight [filters, channels / groups, " + window.kernelHeight() + ", "
          + window.kernelWidth() + "], got " + w);
    }
    Shape out = window.outputShape("conv2d", in[0], w.dim(0));
    if (in[0].dim(1) != w.dim(1) * groups) {
      throw new ShapeException("conv2d: channels: input " + in[0] + " has " + in[0].dim(1) + ", weight " + w
          + " takes " + w.dim(1) + (groups == 1 ? "" : " in each of " + groups + " groups"));
    }
    if (w.dim(0) % groups != 0) {
      throw new ShapeException("conv2d: " + w.dim(0) + " filters do not fall into " + groups + " groups");
    }
    if (in.length == 3 && !in[2].equals(Shape.of(w.dim(0)))) {
      throw new ShapeException("conv2d: expected a bias [" + w.dim(0) + "] for weight " + w + ", got " + in[2]);
    }
    return out;
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    float[] bias = in.length == 3 ? in[2].data() : null;
    Convolution.forward(measures(in[0].shape(), out.shape()), out.shape().dim(0), in[0].data(), in[1].data(),
        out.data(), (filter, y, from, count) -> {
          if (bias != null) {
            Kernels.get().affine(count, 1f, bias[filter], y, from, y, from);
          }
          if (activation != null) {
            activation.value(count, y, from, y, from);
          }
        });
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    ConvShape measures = measures(in[0].shape(), out.shape());
    int samples = out.shape().dim(0);
    float[] dz = ActivationOp.gradientBefore(activation, out);
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      Convolution.backwardData(measures, samples, dz, in[1].data(), in[0].grad(), add);
    }
    if (in[1].wantsGrad()) {
      boolean add = !in[1].claimGrad();
      Convolution.backwardWeights(measures, samples, dz, in[0].data(), in[1].grad(), add);
    }
    if (in.length == 3 && in[2].wantsGrad()) {
      addBiasGradient(dz, out.shape(), in[2].grad());
    }
  }

  private static void addBiasGradient(float[] dz, Shape out, float[] db) {
    int filters = out.dim(1);
    int pixels = out.dim(2) * out.dim(3);
    Parallel.run(filters, f -> {
      float sum = 0;
      for (int n = 0; n < out.dim(0); n++) {
        sum += Kernels.get().sum(pixels, dz, (n * filters + f) * pixels);
      }
      db[f] += sum;
    });
  }

  /** The activation at its end; {@code null} for none. */
  ActivationOp activation() {
    return activation;
  }

  /** The numbers of this convolution between an input and an output of these shapes. */
  ConvShape measures(Shape in, Shape out) {
    return new ConvShape(in.dim(1), in.dim(2), in.dim(3), out.dim(1), groups,
        window.kernelHeight(), window.kernelWidth(), window.strideHeight(), window.strideWidth(),
        window.dilationHeight(), window.dilationWidth(), window.paddingTop(in.dim(2)), window.paddingLeft(in.dim(3)),
        out.dim(2), out.dim(3));
  }

  @Override
  public boolean backwardReads(int input) {
    return input < 2;
  }

  @Override
  public boolean backwardReadsOutput() {
    return activation != null;
  }
}
