/**
 * How gradients change weights: optimizers, learning-rate schedules and gradient clipping. All of them are immutable
 * settings; {@link dev.fovea.optim.OptimizerState} owns what an optimizer remembers from step to step.
 */
package dev.fovea.optim;
