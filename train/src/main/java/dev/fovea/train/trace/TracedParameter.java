package dev.fovea.train.trace;

/**
 * A parameter of a layer as it was.
 *
 * @param name its full name in the model, {@code dense.weight}
 * @param trainable whether training changes it by its gradient
 * @param tensor its values, and their gradient from this one sample
 */
public record TracedParameter(String name, boolean trainable, TracedTensor tensor) {}
