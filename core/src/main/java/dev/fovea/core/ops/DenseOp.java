package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Gemm;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Operand;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.Scratch;
import java.util.Optional;

/**
 * A dense (fully connected) layer: y = f(x W^T + b), for x [N, in], W [out, in] and b [out] (which may be left out),
 * as in PyTorch's {@code linear}. With z for what f is applied to: dx = dz W, dW = dz^T x, db = the sum of dz over
 * the batch.
 */
public final class DenseOp implements Op, EndsInActivation {
  /** Values a thread takes at a time where bias and activation are applied. */
  private static final int STRETCH = 1 << 14;
  /** So many times as many units as samples, or more, are many; ... */
  private static final int FEW = 4;
  /** ... and a weight of so many values is worth being read by halves. */
  private static final int HALVED = 1 << 16;
  private static final int PIECES = 4;
  private static final int WIDEST_TILE = 32;
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
    if (in.length == 3 || activation != null) {
      Parallel.ranges(samples, Math.max(1, STRETCH / units), (from, to) -> {
        for (int n = from; in.length == 3 && n < to; n++) {
          Kernels.get().add(units, y, n * units, in[2].data(), 0, y, n * units);
        }
        if (activation != null) {
          activation.value((to - from) * units, y, from * units, y, from * units);
        }
      });
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    int samples = out.shape().dim(0);
    int units = out.shape().dim(1);
    int length = in[0].shape().dim(1);
    float[] dz = gradientBefore(samples, units, out, in.length == 3 && in[2].wantsGrad() ? in[2] : null);
    if (in[0].wantsGrad()) {
      inputGradient(samples, units, length, dz, in[1].data(), in[0]);
    }
    if (in[1].wantsGrad()) {
      boolean add = !in[1].claimGrad();
      Gemm.multiply(units, length, samples, Operand.columns(dz, 0, units), Operand.columns(in[0].data(), 0, length),
          in[1].grad(), 0, length, add);
    }
  }

  /**
   * dx (+)= dz W. Where samples are few beside units, the weight is what takes time to read; a thread has half of its
   * rows in its cache, from the way forward and the last update. So each half of the units makes a sum of its own over
   * all samples, and the second is added to the first.
   */
  private static void inputGradient(int samples, int units, int length, float[] dz, float[] w, Tensor x) {
    boolean add = !x.claimGrad();
    float[] dx = x.grad();
    if (!halved(samples, units, length)) {
      Gemm.multiply(samples, length, units, Operand.rows(dz, 0, units), Operand.columns(w, 0, length),
          dx, 0, length, add);
      return;
    }
    int half = units / 2;
    float[] second = Scratch.floats(Scratch.Purpose.PARTIAL_SUMS, samples * length);
    Parallel.run(2 * PIECES, round -> {
      int piece = round % PIECES;
      int from = cut(length, piece);
      int count = cut(length, piece + 1) - from;
      if (round < PIECES) {
        Gemm.multiply(samples, count, half, Operand.rows(dz, 0, units), Operand.columns(w, from, length),
            dx, from, length, add);
      } else {
        Gemm.multiply(samples, count, units - half, Operand.rows(dz, half, units),
            Operand.columns(w, half * length + from, length), second, from, length, false);
      }
    });
    Parallel.ranges(samples, Math.max(1, STRETCH / length), (from, to) ->
        Kernels.get().add((to - from) * length, dx, from * length, second, from * length, dx, from * length));
  }

  private static boolean halved(int samples, int units, int length) {
    return (long) samples * FEW <= units && (long) units * length >= HALVED;
  }

  /** Where a piece of a row begins: on multiples of the widest register tile. */
  private static int cut(int length, int piece) {
    return piece == PIECES ? length : length / WIDEST_TILE * piece / PIECES * WIDEST_TILE;
  }

  /** Returns dz; adds db, where a bias wants it, in the same pass. Cut by columns, so that each sums up its own. */
  private float[] gradientBefore(int samples, int units, Tensor out, Tensor bias) {
    float[] dy = out.grad();
    if (activation == null && bias == null) {
      return dy;
    }
    float[] y = out.data();
    float[] dz = activation == null ? dy : Scratch.floats(Scratch.Purpose.GRADIENT, samples * units);
    boolean first = bias != null && bias.claimGrad();
    float[] db = bias == null ? null : bias.grad();
    Parallel.ranges(units, Math.max(1, STRETCH / samples), (from, to) -> {
      int count = to - from;
      for (int n = 0; n < samples; n++) {
        int at = n * units + from;
        if (activation != null) {
          activation.slope(count, null, 0, y, at, dy, at, dz, at, false);
        }
        if (db != null && n == 0 && first) {
          System.arraycopy(dz, at, db, from, count);
        } else if (db != null) {
          Kernels.get().add(count, db, from, dz, at, db, from);
        }
      }
    });
    return dz;
  }

  /** The gradient of z, and what the three products take, one after the other. */
  @Override
  public long keptBytes(Shape... in) {
    int samples = in[0].dim(0);
    int length = in[0].dim(1);
    int units = in[1].dim(0);
    long products = Math.max(Gemm.scratchBytes(samples, units, length, true, true),
        Math.max(Gemm.scratchBytes(samples, length, units, true, false),
            Gemm.scratchBytes(units, length, samples, false, false)));
    if (halved(samples, units, length)) {
      products = Math.max(products, (long) Float.BYTES * samples * length
          + Parallel.threads() * Gemm.scratchBytes(1, samples, length, (units + 1) / 2, true, false));
    }
    return products + (activation == null ? 0 : (long) Float.BYTES * samples * units);
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
