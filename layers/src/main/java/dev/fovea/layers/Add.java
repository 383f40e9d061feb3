package dev.fovea.layers;

import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.List;

/**
 * y = x1 + x2 + ..., element by element: how a residual connection comes back. All inputs have one shape, which is the
 * output's; unlike Keras' Add this one stretches none, for a sum of unlike shapes is mostly a mistake.
 */
public record Add() implements Merge {
  /** The sum; it has no settings. */
  public static Add of() {
    return new Add();
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Parameters parameters, Pass pass) {
    Settings.several("add", inputs);
    Tensor sum = inputs.get(0);
    for (Tensor input : inputs.subList(1, inputs.size())) {
      if (!input.shape().equals(sum.shape())) {
        throw new ShapeException("add: expected inputs of one shape, got " + Settings.samples(inputs));
      }
      sum = Ops.add(sum, input);
    }
    return sum;
  }

  @Override
  public String toString() {
    return "Add.of()";
  }
}
