/**
 * Training: {@link dev.fovea.train.Trainer} fits a model to a data set, evaluates it and predicts; {@link
 * dev.fovea.train.Loss} says what is made small, {@link dev.fovea.train.Callback} looks on, {@link
 * dev.fovea.train.History} keeps the figures.
 *
 * <p>Every step runs planned: the computation is recorded once for a shape of batch and allocates no arrays from then
 * on. The same seed gives the same bits, whatever the number of threads.
 */
package dev.fovea.train;
