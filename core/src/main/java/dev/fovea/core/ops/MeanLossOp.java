package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;

/** The mean, over all elements, of a loss between a prediction and a target of the same shape; to {@code []}. */
abstract class MeanLossOp implements Op {
  /** Elements whose losses are added up by one thread; the sums of the stretches are then added in order. */
  private static final int STRETCH = 1 << 12;

  private double[] sums = {};

  /** The loss of one element. */
  abstract double loss(float prediction, float target);

  /** Its derivative with respect to the prediction. */
  abstract float slope(float prediction, float target);

  /** Its derivative with respect to the target. */
  abstract float targetSlope(float prediction, float target);

  @Override
  public final Shape infer(Shape... in) {
    if (in.length != 2) {
      throw new ShapeException(name() + ": expected two inputs, a prediction and a target, got " + in.length);
    }
    if (!in[0].equals(in[1])) {
      throw new ShapeException(
          name() + ": expected a target of the prediction's shape " + in[0] + ", got " + in[1]);
    }
    return Shape.scalar();
  }

  @Override
  public final long keptBytes(Shape... in) {
    return Double.BYTES * ((in[0].elements() + STRETCH - 1) / STRETCH);
  }

  @Override
  public final void forward(Tensor[] in, Tensor out) {
    int n = in[0].shape().size();
    int stretches = (int) (((long) n + STRETCH - 1) / STRETCH);
    if (sums.length < stretches) {
      sums = new double[stretches];
    }
    float[] prediction = in[0].data();
    float[] target = in[1].data();
    Parallel.ranges(n, STRETCH, (from, to) -> {
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += loss(prediction[i], target[i]);
      }
      sums[from / STRETCH] = sum;
    });
    double sum = 0;
    for (int i = 0; i < stretches; i++) {
      sum += sums[i];
    }
    out.data()[0] = (float) (sum / n);
  }

  @Override
  public final void backward(Tensor[] in, Tensor out) {
    int n = in[0].shape().size();
    float factor = out.grad()[0] / n;
    float[] prediction = in[0].data();
    float[] target = in[1].data();
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      float[] dPrediction = in[0].grad();
      Parallel.ranges(n, STRETCH, (from, to) -> {
        for (int i = from; i < to; i++) {
          float g = factor * slope(prediction[i], target[i]);
          dPrediction[i] = add ? dPrediction[i] + g : g;
        }
      });
    }
    if (in[1].wantsGrad()) {
      boolean add = !in[1].claimGrad();
      float[] dTarget = in[1].grad();
      Parallel.ranges(n, STRETCH, (from, to) -> {
        for (int i = from; i < to; i++) {
          float g = factor * targetSlope(prediction[i], target[i]);
          dTarget[i] = add ? dTarget[i] + g : g;
        }
      });
    }
  }

  @Override
  public final boolean backwardReadsOutput() {
    return false;
  }
}
