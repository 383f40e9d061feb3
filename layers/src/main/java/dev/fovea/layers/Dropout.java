package dev.fovea.layers;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/**
 * In training, sets each value to 0 with a probability and multiplies the others by 1 / (1 - rate), so that the
 * expected value stays (Srivastava and others 2014). In inference nothing happens.
 *
 * @param rate the probability to be dropped, as in Keras and PyTorch: at least 0, below 1
 */
public record Dropout(double rate) implements Layer {
  /** Checks the rate. */
  public Dropout {
    Settings.rate("dropout", rate);
  }

  /** Drops this share of the values. */
  public static Dropout of(double rate) {
    return new Dropout(rate);
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return pass.isTraining() && rate > 0 ? Ops.dropout(input, rate, pass.random()) : input;
  }

  @Override
  public String toString() {
    return "Dropout.of(" + rate + ")";
  }
}
