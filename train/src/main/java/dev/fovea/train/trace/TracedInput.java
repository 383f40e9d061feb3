package dev.fovea.train.trace;

/**
 * What came into the model.
 *
 * @param name the input's name, {@code input} unless a graph gives it another
 * @param tensor the sample, and the gradient there
 */
public record TracedInput(String name, TracedTensor tensor) {}
