package dev.fovea.layers;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/**
 * The mean of each channel over every spatial axis (GAP; Lin, Chen and Yan 2013): {@code [N, C, ...]} to {@code [N,
 * C]}, for pictures, sequences and volumes alike. What follows takes pictures of any size.
 */
public record GlobalAveragePooling() implements Layer {
  /** The layer; it has no settings. */
  public static GlobalAveragePooling of() {
    return new GlobalAveragePooling();
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return Ops.globalAveragePool(input);
  }

  @Override
  public String toString() {
    return "GlobalAveragePooling.of()";
  }
}
