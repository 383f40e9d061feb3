package dev.fovea.train;

/**
 * What one training step came to. Where {@linkplain Fit#accumulating several batches} make a step there is a result for
 * each of them, and the gradient is the mean of those so far.
 *
 * @param step which step it was, counted from 1 over the trainer's life
 * @param loss the mean loss of the batch before the update, with the penalty of the regularizer if there is one
 * @param accuracy the share of right predictions before the update; NaN where targets are no classes
 * @param gradientNorm the root of the sum of all squared gradients, before clipping
 * @param rate the learning rate of the update
 */
public record StepResult(long step, double loss, double accuracy, double gradientNorm, double rate) {}
