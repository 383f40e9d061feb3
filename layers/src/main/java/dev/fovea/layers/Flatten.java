package dev.fovea.layers;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/** {@code [N, ...]} becomes {@code [N, F]}: pictures are read channel by channel, row by row. */
public record Flatten() implements Layer {
  /** The layer; it has no settings. */
  public static Flatten of() {
    return new Flatten();
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return Ops.flatten(input);
  }

  @Override
  public String toString() {
    return "Flatten.of()";
  }
}
