package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Gemm;
import dev.fovea.core.kernels.Operand;

/**
 * The matrix product C = A B of A [M, K] and B [K, N]. With dC for the gradient of C: dA = dC B^T and dB = A^T dC.
 */
public final class MatmulOp implements Op {
  @Override
  public Shape infer(Shape... in) {
    if (in.length != 2) {
      throw new ShapeException("matmul: expected two inputs, got " + in.length);
    }
    if (in[0].rank() != 2 || in[1].rank() != 2) {
      throw new ShapeException("matmul: expected [M, K] and [K, N], got " + in[0] + " and " + in[1]);
    }
    if (in[0].dim(1) != in[1].dim(0)) {
      throw new ShapeException("matmul: " + in[0] + " has " + in[0].dim(1) + " columns, " + in[1] + " has "
          + in[1].dim(0) + " rows; they must be as many");
    }
    return Shape.of(in[0].dim(0), in[1].dim(1));
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    int m = out.shape().dim(0);
    int n = out.shape().dim(1);
    int k = in[0].shape().dim(1);
    Gemm.multiply(m, n, k, Operand.rows(in[0].data(), 0, k), Operand.columns(in[1].data(), 0, n),
        out.data(), 0, n, false);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    int m = out.shape().dim(0);
    int n = out.shape().dim(1);
    int k = in[0].shape().dim(1);
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      Gemm.multiply(m, k, n, Operand.rows(out.grad(), 0, n), Operand.rows(in[1].data(), 0, n),
          in[0].grad(), 0, k, add);
    }
    if (in[1].wantsGrad()) {
      boolean add = !in[1].claimGrad();
      Gemm.multiply(k, n, m, Operand.columns(in[0].data(), 0, k), Operand.columns(out.grad(), 0, n),
          in[1].grad(), 0, n, add);
    }
  }

  /** What the three products take, one after the other. */
  @Override
  public long keptBytes(Shape... in) {
    int m = in[0].dim(0);
    int k = in[0].dim(1);
    int n = in[1].dim(1);
    return Math.max(Gemm.scratchBytes(m, n, k, true, false),
        Math.max(Gemm.scratchBytes(m, k, n, true, true), Gemm.scratchBytes(k, n, m, false, false)));
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
