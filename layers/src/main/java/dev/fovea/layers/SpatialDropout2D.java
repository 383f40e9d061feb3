package dev.fovea.layers;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/**
 * {@link Dropout} of whole channels: in training, sets each channel of each picture {@code [C, H, W]} to 0 with a
 * probability and multiplies the others by 1 / (1 - rate) (Tompson and others 2015). Neighbouring pixels are alike, so
 * that dropping single ones takes little away. In inference nothing happens.
 *
 * @param rate the probability to be dropped, as in Keras: at least 0, below 1
 */
public record SpatialDropout2D(double rate) implements Layer {
  /** Checks the rate. */
  public SpatialDropout2D {
    Settings.rate("spatial_dropout2d", rate);
  }

  /** Drops this share of the channels. */
  public static SpatialDropout2D of(double rate) {
    return new SpatialDropout2D(rate);
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    Settings.pictures("spatial_dropout2d", input.shape().dropFirst());
    return pass.isTraining() && rate > 0 ? Ops.dropChannels(input, rate, pass.random()) : input;
  }

  @Override
  public String toString() {
    return "SpatialDropout2D.of(" + rate + ")";
  }
}
