package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Gemm;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Operand;
import java.util.Optional;

/**
 * A dense (fully connected) layer: y = f(x W^T + b), for x [N, in], W [out, in] and b [out] (which may be left out),
 * as in PyTorch's {@code linear}. With z for what f is applied to: dx = dz W, dW = dz^T x, db = the sum of dz over
 * the batch.
 */
public final class DenseOp implements Op, EndsInActivation {
  private final ActivationOp activation;

  /** A dense layer that ends in this activation; {@code null} for none. */
  public DenseOp(ActivationOp activation) {
    ActivationOp.requireFusable("dense", activation);
    this.activation = activation;
  }

  @Override
  public boolean endsInActivation() {
    return activation != null;
  }

  @Override
  public Optional<Op> withActivation(ActivationOp other) {
    return activation == null && other.slopeFromOutput() ? Optional.of(new DenseOp(other)) : Optional.empty();
  }

  @Override
  public Shape infer(Shape... in) {
    if (in.length != 2 && in.length != 3) {
      throw new ShapeException("dense: expected input, weight and perhaps bias, got " + in.length + " inputs");
    }
    Shape x = in[0];
    Shape w = in[1];
    if (x.rank() != 2) {
      throw new ShapeException("dense: expected an input [N, in], got " + x
          + "; put Flatten or GlobalAveragePooling before it");
    }
    if (w.rank() != 2) {
      throw new ShapeException("dense: expected a weight [out, in], got " + w);
    }
    if (x.dim(1) != w.dim(1)) {
      throw new ShapeException(
          "dense: input " + x + " has " + x.dim(1) + " values a sample, weight " + w + " takes " + w.dim(1));
    }
    if (in.length == 3 && !in[2].equals(Shape.of(w.dim(0)))) {
      throw new ShapeException("dense: expected a bias [" + w.dim(0) + "] for weight " + w + ", got " + in[2]);
    }
    return Shape.of(x.dim(0), w.dim(0));
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    int samples = out.shape().dim(0);
    int units = out.shape().dim(1);
    int length = in[0].shape().dim(1);
    float[] y = out.data();
    Gemm.multiply(samples, units, length, Operand.rows(in[0].data(), 0, length),
        Operand.rows(in[1].data(), 0, length), y, 0, units, false);
    for (int n = 0; in.length == 3 && n < samples; n++) {
      Kernels.get().add(units, y, n * units, in[2].data(), 0, y, n * units);
    }
    if (activation != null) {
      activation.value(samples * units, y, 0, y, 0);
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    int samples = out.shape().dim(0);
    int units = out.shape().dim(1);
    int length = in[0].shape().dim(1);
    float[] dz = ActivationOp.gradientBefore(activation, out);
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      Gemm.multiply(samples, length, units, Operand.rows(dz, 0, units), Operand.columns(in[1].data(), 0, length),
          in[0].grad(), 0, length, add);
    }
    if (in[1].wantsGrad()) {
      boolean add = !in[1].claimGrad();
      Gemm.multiply(units, length, samples, Operand.columns(dz, 0, units), Operand.columns(in[0].data(), 0, length),
          in[1].grad(), 0, length, add);
    }
    if (in.length == 3 && in[2].wantsGrad()) {
      float[] db = in[2].grad();
      for (int n = 0; n < samples; n++) {
        Kernels.get().add(units, db, 0, dz, n * units, db, 0);
      }
    }
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
