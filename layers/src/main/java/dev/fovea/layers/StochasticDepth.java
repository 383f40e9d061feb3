package dev.fovea.layers;

import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/**
 * The end of a residual branch that is sometimes left out: in training, sets all that comes in to 0 for a sample with a
 * probability, and multiplies it by 1 / (1 - rate) for the others; in inference nothing happens. What is added to such
 * a branch then goes on alone, as if the block were not there (Huang and others 2016).
 *
 * <pre>{@code
 * Residual.of(
 *     Conv2D.of(64, 3).withPadding(SAME).withActivation(RELU),
 *     Conv2D.of(64, 3).withPadding(SAME), StochasticDepth.of(0.2))
 * }</pre>
 *
 * <p>The paper draws once a batch and shrinks the branch in inference; here, as in PyTorch's {@code stochastic_depth}
 * by rows, each sample draws for itself and the branch is enlarged in training, which gives the same expected value.
 * The paper's blocks are dropped more often the deeper they lie: block l of L at the rate l / L times that of the last.
 *
 * @param rate the probability to be dropped, 1 minus the paper's survival probability: at least 0, below 1
 */
public record StochasticDepth(double rate) implements Layer {
  /** Checks the rate. */
  public StochasticDepth {
    Settings.rate("stochastic_depth", rate);
  }

  /** Drops this share of the samples. */
  public static StochasticDepth of(double rate) {
    return new StochasticDepth(rate);
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    if (input.shape().rank() < 2) {
      throw new ShapeException(
          "stochastic_depth: expected samples of at least one axis, got " + input.shape().dropFirst());
    }
    return pass.isTraining() && rate > 0 ? Ops.dropSamples(input, rate, pass.random()) : input;
  }

  @Override
  public String toString() {
    return "StochasticDepth.of(" + rate + ")";
  }
}
