package dev.fovea.layers;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/**
 * y = scale * x + offset, for inputs in another range than the network likes: {@code Rescaling.of(1 / 255.0)} for
 * pixels of 0 to 255, {@code Rescaling.of(2, -1)} for 0..1 to -1..1. Nothing is learned.
 *
 * @param scale the factor
 * @param offset added afterwards
 */
public record Rescaling(double scale, double offset) implements Layer {
  /** Checks that both are finite. */
  public Rescaling {
    Settings.finite("rescaling", "scale", scale);
    Settings.finite("rescaling", "offset", offset);
  }

  /** A factor alone. */
  public static Rescaling of(double scale) {
    return new Rescaling(scale, 0);
  }

  /** A factor and what is added afterwards. */
  public static Rescaling of(double scale, double offset) {
    return new Rescaling(scale, offset);
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return Ops.affine(input, (float) scale, (float) offset);
  }

  @Override
  public String toString() {
    return "Rescaling.of(" + scale + (offset == 0 ? "" : ", " + offset) + ")";
  }
}
