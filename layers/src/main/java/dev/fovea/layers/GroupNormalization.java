package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.List;

/**
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, each group of neighbouring channels of each sample by
 * itself (Wu and He 2018), in training and inference alike, whatever the size of the batch; {@code [N, C, ...]} keeps
 * its shape. One group is layer normalization with a weight for each channel, a group for each channel instance
 * normalization. As Keras' {@code GroupNormalization} and PyTorch's {@code GroupNorm}. Parameters, each {@code [C]}:
 * weight and bias (Keras' gamma and beta).
 *
 * @param groups how many groups the channels fall into
 * @param epsilon keeps the root from 0
 */
public record GroupNormalization(int groups, double epsilon) implements Layer {
  /** Checks the settings. */
  public GroupNormalization {
    Settings.atLeastOne("group_normalization", "the number of groups", groups);
    Settings.positive("group_normalization", "epsilon", epsilon);
  }

  /** So many groups (the paper takes 32), epsilon 0.001 as in Keras; PyTorch's is 1e-5. */
  public static GroupNormalization of(int groups) {
    return new GroupNormalization(groups, 1e-3);
  }

  /** This layer with another epsilon. */
  public GroupNormalization withEpsilon(double other) {
    return new GroupNormalization(groups, other);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    if (input.rank() == 0) {
      throw new ShapeException("group_normalization: expected samples [C, ...], got " + input);
    }
    if (input.dim(0) % groups != 0) {
      throw new ShapeException("group_normalization: " + input.dim(0) + " channels do not fall into " + groups
          + " groups, input " + input);
    }
    Shape channels = Shape.of(input.dim(0));
    return List.of(
        ParameterSpec.of("weight", channels, Initializer.ONES), ParameterSpec.of("bias", channels, Initializer.ZEROS));
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return Ops.groupNormalization(input, groups, parameters.get("weight"), parameters.get("bias"), epsilon);
  }

  @Override
  public String toString() {
    return "GroupNormalization.of(" + groups + ")" + (epsilon == 1e-3 ? "" : ".withEpsilon(" + epsilon + ")");
  }
}
