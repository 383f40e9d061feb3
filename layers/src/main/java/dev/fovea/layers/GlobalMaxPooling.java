package dev.fovea.layers;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/** The largest value of each channel over every spatial axis: {@code [N, C, ...]} to {@code [N, C]}. */
public record GlobalMaxPooling() implements Layer {
  /** The layer; it has no settings. */
  public static GlobalMaxPooling of() {
    return new GlobalMaxPooling();
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return Ops.globalMaxPool(input);
  }

  @Override
  public String toString() {
    return "GlobalMaxPooling.of()";
  }
}
