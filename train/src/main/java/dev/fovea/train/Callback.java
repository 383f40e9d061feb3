package dev.fovea.train;

import java.util.Map;

/**
 * Looks on while {@link Trainer#fit} trains. All methods do nothing unless overridden.
 *
 * <p>A callback runs on the thread that trains, between steps: it may evaluate, predict, save the model or {@linkplain
 * Progress#stop stop}; training waits for it. What it throws ends training and comes out of {@code fit}.
 */
public interface Callback {
  /** Before the first batch of an epoch. */
  default void beforeEpoch(Progress progress) {}

  /** After an epoch and its validation; the figures are {@code progress.history().last()}. */
  default void afterEpoch(Progress progress) {}

  /** Before a step. */
  default void beforeBatch(Progress progress) {}

  /** After a step; its figures are {@code progress.lastStep()}. */
  default void afterBatch(Progress progress) {}

  /**
   * What it remembers from epoch to epoch, for a checkpoint: numbers by name, none of them NaN or infinite. Nothing
   * unless overridden.
   */
  default Map<String, Double> state() {
    return Map.of();
  }

  /** Goes on where another object with the same settings stood when it gave this {@link #state()}. */
  default void restore(Map<String, Double> state) {}
}
