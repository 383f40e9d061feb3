package dev.fovea.train.trace;

/**
 * One operation inside a layer: {@code dense}, then {@code softmax}.
 *
 * @param operation its name
 * @param output what it gave
 */
public record TracedStep(String operation, TracedTensor output) {}
