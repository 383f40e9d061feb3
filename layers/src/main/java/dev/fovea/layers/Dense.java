package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.List;

/**
 * Every output is a weighted sum of every input: y = f(x W^T + b), {@code [N, in]} to {@code [N, units]}. Parameters:
 * weight {@code [units, in]} as in PyTorch (Keras keeps it transposed), bias {@code [units]}.
 *
 * <p>Takes vectors only. Keras applies a dense layer to the last axis of pictures, which is seldom meant; here {@link
 * Flatten} or {@link GlobalAveragePooling} goes before it.
 *
 * @param units values a sample has afterwards
 * @param useBias whether b is added
 * @param activation f
 * @param initializer what the weight starts as; the bias starts at 0
 */
public record Dense(int units, boolean useBias, Activation activation, Initializer initializer) implements Layer {
  /** Checks the settings. */
  public Dense {
    Settings.atLeastOne("dense", "units", units);
    Settings.present("dense", "an activation", activation);
    Settings.present("dense", "an initializer", initializer);
  }

  /** A dense layer with bias and no activation. */
  public static Dense of(int units) {
    return new Dense(units, true, Activation.LINEAR, Initializer.GLOROT_UNIFORM);
  }

  /** This layer with another activation. */
  public Dense withActivation(Activation other) {
    return new Dense(units, useBias, other, initializer);
  }

  /** This layer without its bias. */
  public Dense withoutBias() {
    return new Dense(units, false, activation, initializer);
  }

  /** This layer with another initializer for the weight. */
  public Dense withInitializer(Initializer other) {
    return new Dense(units, useBias, activation, other);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    if (input.rank() != 1) {
      throw new ShapeException("dense: expected samples of one axis, got " + input
          + "; put Flatten or GlobalAveragePooling before it");
    }
    ParameterSpec weight = ParameterSpec.of("weight", Shape.of(units, input.dim(0)), initializer);
    return useBias
        ? List.of(weight, ParameterSpec.of("bias", Shape.of(units), Initializer.ZEROS)) : List.of(weight);
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    Tensor bias = useBias ? parameters.get("bias") : null;
    return activation.forward(Ops.dense(input, parameters.get("weight"), bias), parameters, pass);
  }

  @Override
  public String toString() {
    return "Dense.of(" + units + ")" + (useBias ? "" : ".withoutBias()") + Settings.wither(activation)
        + Settings.wither(initializer);
  }
}
