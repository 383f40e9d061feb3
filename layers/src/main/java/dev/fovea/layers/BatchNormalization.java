package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.List;

/**
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, channel by channel (Ioffe and Szegedy 2015); {@code [N, C,
 * ...]} keeps its shape. In training, mean and variance are the batch's, over all axes but the channels; in inference
 * they are running ones, kept meanwhile: {@code running = momentum * running + (1 - momentum) * batch}.
 *
 * <p>Conventions are Keras': momentum is the share of the old value that is <em>kept</em>, 0.99 (PyTorch's is the share
 * of the new one, 0.1), epsilon is 1e-3 (PyTorch 1e-5), and the running variance follows the biased variance of the
 * batch, divided by n. {@link #withUnbiasedVariance()} divides by n - 1, as PyTorch does. While the layer is frozen it
 * goes by the running statistics in training too, and leaves them as they are, as in Keras.
 *
 * <p>Parameters, each {@code [C]}: weight and bias (Keras' gamma and beta); running_mean and running_variance, which
 * are not trainable.
 *
 * @param momentum the share of the old running value that is kept, from 0 to 1
 * @param epsilon keeps the root from 0
 * @param unbiasedVariance whether the running variance follows the batch's unbiased one
 */
public record BatchNormalization(double momentum, double epsilon, boolean unbiasedVariance) implements Layer {
  /** Checks the settings. */
  public BatchNormalization {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("batch_normalization: momentum must be from 0 to 1, got " + momentum);
    }
    Settings.positive("batch_normalization", "epsilon", epsilon);
  }

  /** Momentum 0.99, epsilon 0.001, biased running variance. */
  public static BatchNormalization of() {
    return new BatchNormalization(0.99, 1e-3, false);
  }

  /** This layer with another share of the old running values kept. */
  public BatchNormalization withMomentum(double other) {
    return new BatchNormalization(other, epsilon, unbiasedVariance);
  }

  /** This layer with another epsilon. */
  public BatchNormalization withEpsilon(double other) {
    return new BatchNormalization(momentum, other, unbiasedVariance);
  }

  /** This layer with a running variance that follows the batch's unbiased one, as in PyTorch. */
  public BatchNormalization withUnbiasedVariance() {
    return new BatchNormalization(momentum, epsilon, true);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    if (input.rank() == 0) {
      throw new ShapeException("batch_normalization: expected samples [C, ...], got " + input);
    }
    Shape channels = Shape.of(input.dim(0));
    return List.of(
        ParameterSpec.of("weight", channels, Initializer.ONES),
        ParameterSpec.of("bias", channels, Initializer.ZEROS),
        ParameterSpec.statistic("running_mean", channels, Initializer.ZEROS),
        ParameterSpec.statistic("running_variance", channels, Initializer.ONES));
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    Parameter weight = parameters.get("weight");
    Parameter mean = parameters.get("running_mean");
    Parameter variance = parameters.get("running_variance");
    boolean byBatch = pass.isTraining() && !weight.frozen();
    Tensor moments = byBatch ? Ops.moments(input) : Ops.concat(0, asRow(mean), asRow(variance));
    if (byBatch) {
      propose(pass, mean, row(moments, 0));
      propose(pass, variance, unbiasedVariance ? unbiased(input.shape(), row(moments, 1)) : row(moments, 1));
    }
    return Ops.batchNormalization(input, moments, weight, parameters.get("bias"), epsilon);
  }

  private void propose(Pass pass, Parameter running, Tensor batch) {
    pass.update(running, Ops.add(Ops.scale(running, (float) momentum), Ops.scale(batch, (float) (1 - momentum))));
  }

  private static Tensor asRow(Tensor statistics) {
    return Ops.reshape(statistics, 1, statistics.shape().dim(0));
  }

  private static Tensor row(Tensor moments, int row) {
    return Ops.reshape(Ops.slice(moments, 0, row, row + 1), moments.shape().dim(1));
  }

  /** A batch with one value a channel has no unbiased variance; its biased one, 0, stands for it. */
  private static Tensor unbiased(Shape batch, Tensor variance) {
    long count = batch.elements() / batch.dim(1);
    return count == 1 ? variance : Ops.scale(variance, (float) ((double) count / (count - 1)));
  }

  @Override
  public String toString() {
    return "BatchNormalization.of()" + (momentum == 0.99 ? "" : ".withMomentum(" + momentum + ")")
        + (epsilon == 1e-3 ? "" : ".withEpsilon(" + epsilon + ")")
        + (unbiasedVariance ? ".withUnbiasedVariance()" : "");
  }
}
