package dev.fovea.train;

import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One call of {@link Trainer#fit}, from the first epoch, or a checkpoint, to the last. */
final class FitRun {
  private final Trainer trainer;
  private final StepRunner runner;
  private final Fit fit;
  private final Batches batches;
  private final List<Callback> callbacks;
  private final Progress progress;
  private final Resumption resumption;
  /** The batch of the step under way or just over; {@code null} between epochs. */
  private Batch current;

  FitRun(Trainer trainer, StepRunner runner, Dataset data, Fit fit) {
    this.trainer = trainer;
    this.runner = runner;
    this.fit = fit;
    this.batches = fit.batches(data);
    this.callbacks = new ArrayList<>(fit.callbacks());
    if (!fit.quiet()) {
      callbacks.add(0, new EpochLog());
    }
    // Last, so that what the others remember is complete when it is kept.
    callbacks.sort(Comparator.comparing(callback -> callback instanceof Checkpoints));
    this.progress = new Progress(trainer, fit, trainer.epochs());
    this.resumption = new Resumption(trainer, data, fit, callbacks);
    progress.allowCheckpoints(resumption, this::requireSound);
  }

  /** Goes through it all. */
  History run() {
    fit.checkpoint().ifPresent(checkpoint -> {
      runner.forget();
      resumption.restore(checkpoint, progress);
      trainer.goOnAfter(progress.epoch());
    });
    callbacks.forEach(callback -> callback.beforeTraining(progress));
    while (!progress.stopped() && progress.epoch() < progress.lastEpoch()) {
      epoch();
    }
    if (!progress.suspended()) {
      callbacks.forEach(callback -> callback.afterTraining(progress));
    }
    return progress.history();
  }

  private void epoch() {
    progress.beginEpoch(batches.count());
    runner.forgetGathered();
    callbacks.forEach(callback -> callback.beforeEpoch(progress));
    try (BatchIterator epoch = batches.epoch(trainer.beginEpoch(), progress.batch())) {
      while (epoch.hasNext() && (!progress.stopped() || runner.gathered() > 0)) {
        Batch batch = epoch.next();
        current = batch;
        callbacks.forEach(callback -> callback.beforeBatch(progress));
        boolean last = !epoch.hasNext() || runner.gathered() + 1 >= fit.accumulating();
        progress.afterStep(runner.run(batch, fit.seed(), last), batch.size());
        callbacks.forEach(callback -> callback.afterBatch(progress));
      }
      requireSound();
    } catch (NonFiniteException e) {
      throw BadSamples.locate(e, batches.dataset());
    } finally {
      current = null;
    }
    progress.endEpoch();
    if (progress.batch() > 0 && !progress.suspended()) {
      validate();
    }
  }

  /** Refuses a model that the last step of an epoch under way has ruined. */
  private void requireSound() {
    if (current != null) {
      runner.requireFiniteLoss(current, fit.seed());
    }
  }

  private void validate() {
    Evaluation validation =
        fit.validation().map(data -> trainer.evaluate(data, fit.batchSize(), false)).orElse(null);
    progress.record(new History.Epoch(progress.epoch(), progress.loss(), progress.accuracy(),
        validation == null ? Double.NaN : validation.loss(), validation == null ? Double.NaN : validation.accuracy(),
        progress.lastStep().rate(), progress.seconds(), progress.imagesPerSecond()));
    callbacks.forEach(callback -> callback.afterEpoch(progress));
  }
}
