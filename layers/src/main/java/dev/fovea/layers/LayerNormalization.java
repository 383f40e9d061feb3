package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.List;

/**
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, each sample by itself over all its axes (Ba, Kiros and
 * Hinton 2016), in training and inference alike. As PyTorch's {@code LayerNorm} of the whole sample's shape; Keras
 * normalizes over the last axis unless told otherwise, which for vectors is the same. Parameters, each of the sample's
 * shape: weight and bias.
 *
 * @param epsilon keeps the root from 0
 */
public record LayerNormalization(double epsilon) implements Layer {
  /** Checks epsilon. */
  public LayerNormalization {
    Settings.positive("layer_normalization", "epsilon", epsilon);
  }

  /** Epsilon 0.001, as in Keras; PyTorch's is 1e-5. */
  public static LayerNormalization of() {
    return new LayerNormalization(1e-3);
  }

  /** This layer with another epsilon. */
  public LayerNormalization withEpsilon(double other) {
    return new LayerNormalization(other);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    if (input.rank() == 0) {
      throw new ShapeException("layer_normalization: expected samples of at least one axis, got " + input);
    }
    return List.of(
        ParameterSpec.of("weight", input, Initializer.ONES), ParameterSpec.of("bias", input, Initializer.ZEROS));
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return Ops.layerNormalization(input, parameters.get("weight"), parameters.get("bias"), epsilon);
  }

  @Override
  public String toString() {
    return "LayerNormalization.of()" + (epsilon == 1e-3 ? "" : ".withEpsilon(" + epsilon + ")");
  }
}
