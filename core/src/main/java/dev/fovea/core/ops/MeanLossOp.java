package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;

/**
 * The mean, over all elements, of a loss between a prediction and a target of the same shape; to {@code []}. With
 * weights of samples w {@code [N]}, a third input, each element's loss is multiplied by its sample's weight, and the
 * sum divided by the number of elements all the same, as in Keras. Weights get no gradient.
 */
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
    if (in.length != 2 && in.length != 3) {
      throw new ShapeException(
          name() + ": expected two inputs, a prediction and a target, or three with weights, got " + in.length);
    }
    if (!in[0].equals(in[1])) {
      throw new ShapeException(
          name() + ": expected a target of the prediction's shape " + in[0] + ", got " + in[1]);
    }
    if (in.length == 3 && (in[0].rank() == 0 || !in[2].equals(Shape.of(in[0].dim(0))))) {
      throw new ShapeException(name() + ": expected weights of the samples "
          + (in[0].rank() == 0 ? "[N]" : Shape.of(in[0].dim(0))) + " for a prediction " + in[0] + ", got " + in[2]);
    }
    return Shape.scalar();
  }

  /** How many elements each sample has, or 0 if samples have no weights. */
  private static int row(Tensor[] in) {
    return in.length == 3 ? in[0].shape().size() / in[2].shape().size() : 0;
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
    int row = row(in);
    float[] weights = row == 0 ? null : in[2].data();
    Parallel.ranges(n, STRETCH, (from, to) -> {
      double sum = 0;
      for (int i = from; i < to; i++) {
        double loss = loss(prediction[i], target[i]);
        sum += weights == null ? loss : weights[i / row] * loss;
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
    int row = row(in);
    float[] weights = row == 0 ? null : in[2].data();
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      float[] dPrediction = in[0].grad();
      Parallel.ranges(n, STRETCH, (from, to) -> {
        for (int i = from; i < to; i++) {
          float g = (weights == null ? factor : factor * weights[i / row]) * slope(prediction[i], target[i]);
          dPrediction[i] = add ? dPrediction[i] + g : g;
        }
      });
    }
    if (in[1].wantsGrad()) {
      boolean add = !in[1].claimGrad();
      float[] dTarget = in[1].grad();
      Parallel.ranges(n, STRETCH, (from, to) -> {
        for (int i = from; i < to; i++) {
          float g = (weights == null ? factor : factor * weights[i / row]) * targetSlope(prediction[i], target[i]);
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
