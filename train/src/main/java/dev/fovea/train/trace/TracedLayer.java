package dev.fovea.train.trace;

import java.util.List;

/**
 * What one layer took and gave.
 *
 * @param name its name in the model
 * @param type the class of its settings, {@code Dense}
 * @param settings the code that makes them, {@code Dense.of(10).withActivation(SOFTMAX)}
 * @param from for each input the layer it comes from, or the model's input
 * @param inputs what came in: one tensor, or several where inputs meet; the same object as the output it comes from
 * @param output what came out
 * @param steps the operations inside, in the order in which they ran; none if the layer passed its input on as it was
 * @param parameters its parameters
 */
public record TracedLayer(String name, String type, String settings, List<String> from, List<TracedTensor> inputs,
    TracedTensor output, List<TracedStep> steps, List<TracedParameter> parameters) {
  /** Copies the lists. */
  public TracedLayer {
    from = List.copyOf(from);
    inputs = List.copyOf(inputs);
    steps = List.copyOf(steps);
    parameters = List.copyOf(parameters);
  }

  /** The first input, which is the only one but where several meet. */
  public TracedTensor input() {
    return inputs.get(0);
  }

  /**
   * The parameter of this name, full or without the layer's own.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  public TracedParameter parameter(String name) {
    return parameters.stream().filter(p -> p.name().equals(name) || p.name().equals(this.name + "." + name))
        .findFirst().orElseThrow(() -> new IllegalArgumentException("trace of " + this.name + ": expected one of "
            + parameters.stream().map(TracedParameter::name).toList() + ", got \"" + name + "\""));
  }

  /** Elements of all its parameters. */
  public long parameterCount() {
    return parameters.stream().mapToLong(p -> p.tensor().shape().elements()).sum();
  }
}
