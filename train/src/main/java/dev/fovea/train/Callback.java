package dev.fovea.train;

/**
 * Looks on while {@link Trainer#fit} trains. All methods do nothing unless overridden.
 *
 * <p>A callback runs on the thread that trains, between steps: it may evaluate, predict, save the model or {@linkplain
 * Progress#stop stop}; training waits for it. What it throws ends training and comes out of {@code fit}.
 *
 * <p>Callbacks are called in the order in which they were given to {@link Fit#callback}, {@link Checkpoints} after all
 * others, so that what they keep is complete.
 */
public interface Callback {
  /** Before the first epoch, or before training goes on where it was interrupted. */
  default void beforeTraining(Progress progress) {}

  /**
   * Before the first batch of an epoch; where training goes on in the middle of one, before the next batch of it, and
   * {@code progress.batch()} is not 0.
   */
  default void beforeEpoch(Progress progress) {}

  /** After an epoch and its validation; the figures are {@code progress.history().last()}. */
  default void afterEpoch(Progress progress) {}

  /** Before a step. */
  default void beforeBatch(Progress progress) {}

  /** After a step; its figures are {@code progress.lastStep()}. */
  default void afterBatch(Progress progress) {}

  /** After the last epoch; not if training was {@linkplain Progress#suspend suspended} or has failed. */
  default void afterTraining(Progress progress) {}

  /**
   * What this callback must still know when training goes on from a {@link Checkpoint} that is written now; nothing
   * unless overridden.
   */
  default CallbackState state() {
    return CallbackState.empty();
  }

  /**
   * Gives back what {@link #state} said when the checkpoint was written, before {@link #beforeTraining}. Where a fit
   * has several callbacks of one class they get their states in order.
   */
  default void restore(CallbackState state, Progress progress) {}
}
