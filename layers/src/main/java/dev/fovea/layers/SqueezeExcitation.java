package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs the channels of each sample by what is in all of them (Hu, Shen and Sun 2018): y = x * gate(expand
 * activation(reduce m)), where m holds the mean of each channel, reduce takes the C of them to C / ratio values (at
 * least one) and expand back to C; {@code [N, C, ...]} keeps its shape.
 *
 * <p>Parameters, named as in Keras' EfficientNet: reduce.weight {@code [C / ratio, C]}, reduce.bias {@code [C /
 * ratio]}, expand.weight {@code [C, C / ratio]}, expand.bias {@code [C]}.
 *
 * @param ratio how many channels share one of the values between
 * @param activation what is applied to these
 * @param gate what is applied to the factors
 */
public record SqueezeExcitation(int ratio, Activation activation, Activation gate) implements Layer {
  /** Checks the settings. */
  public SqueezeExcitation {
    Settings.atLeastOne("squeeze_excitation", "ratio", ratio);
    Settings.present("squeeze_excitation", "an activation", activation);
    Settings.present("squeeze_excitation", "a gate", gate);
  }

  /** Relu between and sigmoid as the gate, as in the paper, which takes a ratio of 16. */
  public static SqueezeExcitation of(int ratio) {
    return new SqueezeExcitation(ratio, Activation.RELU, Activation.SIGMOID);
  }

  /** This layer with another activation between. */
  public SqueezeExcitation withActivation(Activation other) {
    return new SqueezeExcitation(ratio, other, gate);
  }

  /** This layer with another gate. */
  public SqueezeExcitation withGate(Activation other) {
    return new SqueezeExcitation(ratio, activation, other);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    if (input.rank() < 2) {
      throw new ShapeException("squeeze_excitation: expected samples [C, ...] with pixels, got " + input);
    }
    Shape channels = Shape.of(input.dim(0));
    Shape fewer = Shape.of(reduce(input).units());
    List<ParameterSpec> specs = new ArrayList<>();
    reduce(input).parameters(channels).forEach(spec -> specs.add(spec.in("reduce")));
    expand(input).parameters(fewer).forEach(spec -> specs.add(spec.in("expand")));
    return specs;
  }

  private Dense reduce(Shape input) {
    return Dense.of(Math.max(1, input.dim(0) / ratio)).withActivation(activation);
  }

  private Dense expand(Shape input) {
    return Dense.of(input.dim(0)).withActivation(gate);
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    Shape sample = input.shape().dropFirst();
    Tensor means = Ops.globalAveragePool(input);
    Tensor fewer = reduce(sample).forward(means, parameters.scope("reduce"), pass);
    return Ops.scaleChannels(input, expand(sample).forward(fewer, parameters.scope("expand"), pass));
  }

  @Override
  public String toString() {
    return "SqueezeExcitation.of(" + ratio + ")"
        + (activation.equals(Activation.RELU) ? "" : ".withActivation(" + activation + ")")
        + (gate.equals(Activation.SIGMOID) ? "" : ".withGate(" + gate + ")");
  }
}
