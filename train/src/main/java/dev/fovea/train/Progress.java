package dev.fovea.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where {@link Trainer#fit} stands. One object serves the whole of it: read it while a {@link Callback} is called, do
 * not keep it.
 */
public final class Progress {
  private static final double NANOS = 1e9;

  private final Trainer trainer;
  private final Fit fit;
  private int epoch;
  private int batch;
  private int batches;
  private long samples;
  private double lossSum;
  private double hitSum;
  private long startedAt;
  private long busyNanos;
  private StepResult lastStep;
  private History history = new History(List.of());
  private boolean stopped;
  private boolean suspended;
  /** Whether the epoch that begins next has begun before, so that its sums go on. */
  private boolean withinEpoch;
  private int begin;
  private Resumption resumption;
  private Runnable soundness = () -> { };

  Progress(Trainer trainer, Fit fit, int epochsBefore) {
    this.trainer = trainer;
    this.fit = fit;
    this.begin = epochsBefore;
    this.epoch = epochsBefore;
  }

  /** Tells how a checkpoint is made, and what finds out whether the last step has ruined the model. */
  void allowCheckpoints(Resumption resumption, Runnable soundness) {
    this.resumption = resumption;
    this.soundness = soundness;
  }

  /** Who trains. */
  public Trainer trainer() {
    return trainer;
  }

  /** The settings. */
  public Fit fit() {
    return fit;
  }

  /** The epoch, counted from 1 over the trainer's life. */
  public int epoch() {
    return epoch;
  }

  /** The number of the last epoch, unless training stops before it. */
  public int lastEpoch() {
    return begin + fit.epochs();
  }

  /** How many batches of this epoch have been trained on. */
  public int batch() {
    return batch;
  }

  /** How many batches an epoch has. */
  public int batches() {
    return batches;
  }

  /** How many steps have been taken over the trainer's life. */
  public long step() {
    return trainer.steps();
  }

  /** How many samples of this epoch have been trained on. */
  public long samples() {
    return samples;
  }

  /** The mean loss over the samples of this epoch so far; NaN before the first. */
  public double loss() {
    return lossSum / samples;
  }

  /** The accuracy over the samples of this epoch so far; NaN before the first and where targets are no classes. */
  public double accuracy() {
    return hitSum / samples;
  }

  /** How long this epoch has trained so far, validation left out. */
  public double seconds() {
    return (startedAt == 0 ? busyNanos : System.nanoTime() - startedAt) / NANOS;
  }

  /** Samples trained on a second in this epoch. */
  public double imagesPerSecond() {
    return samples / seconds();
  }

  /** What the last step came to; {@code null} before the first of this fit. */
  public StepResult lastStep() {
    return lastStep;
  }

  /** The epochs of this fit that are over; in {@link Callback#afterEpoch} the one just over is the last. */
  public History history() {
    return history;
  }

  /**
   * How many batches have been gone through for an update that has not been made as yet: 0 unless {@link
   * Fit#accumulating} has them gathered. The mean of their gradients is in no checkpoint.
   */
  public int gathered() {
    return trainer.gathered();
  }

  /**
   * Asks to stop: no further batch is begun but those that an update is waiting for; an epoch that is under way ends
   * there, is validated and recorded.
   */
  public void stop() {
    stopped = true;
  }

  /** Whether somebody has asked to stop. */
  public boolean stopped() {
    return stopped;
  }

  /**
   * Asks to leave off for now: no further batch is begun, and the epoch under way stays as it is, to be gone on with
   * from a {@linkplain #save checkpoint}. It is neither validated nor recorded, and callbacks are not told that
   * training is over.
   */
  public void suspend() {
    suspended = true;
    stopped = true;
  }

  /** Whether somebody has asked to leave off for now. */
  public boolean suspended() {
    return suspended;
  }

  /**
   * Writes a {@link Checkpoint} of training as it stands now, between two steps. Other callbacks may not have been
   * called yet for the step or the epoch just over; {@link Checkpoints} comes after them all.
   *
   * @throws IOException if the file cannot be written; the old one is then as it was
   * @throws NonFiniteException if the last step has ruined the model, which then has the weights before it
   * @throws IllegalStateException if {@linkplain #gathered() batches} are gathered for an update as yet to be made
   */
  public void save(Path file) throws IOException {
    if (gathered() > 0) {
      throw new IllegalStateException("checkpoint: expected to be between two steps, got " + gathered()
          + " of the batches that are gathered for one; save when progress.gathered() is 0");
    }
    soundness.run();
    CheckpointFile.write(file, resumption.state(this));
  }

  /** How far training has come. */
  TrainingState.Position position() {
    boolean within = startedAt != 0;
    return within
        ? new TrainingState.Position(begin, epoch - 1, batch, samples, lossSum, hitSum,
            System.nanoTime() - startedAt, lastStep)
        : new TrainingState.Position(begin, epoch, 0, 0, 0, 0, 0, lastStep);
  }

  /** Goes on from there. */
  void goOn(TrainingState.Position position, History past) {
    begin = position.begin();
    epoch = position.epochs();
    batch = position.batch();
    samples = position.samples();
    lossSum = position.lossSum();
    hitSum = position.hitSum();
    busyNanos = position.nanos();
    lastStep = position.lastStep();
    history = past;
    withinEpoch = batch > 0;
  }

  void beginEpoch(int batches) {
    this.batches = batches;
    epoch++;
    startedAt = System.nanoTime();
    if (withinEpoch) {
      withinEpoch = false;
      startedAt -= busyNanos;
      return;
    }
    batch = 0;
    samples = 0;
    lossSum = 0;
    hitSum = 0;
  }

  void afterStep(StepResult step, int size) {
    lastStep = step;
    batch++;
    samples += size;
    lossSum += step.loss() * size;
    hitSum += step.accuracy() * size;
  }

  void endEpoch() {
    busyNanos = System.nanoTime() - startedAt;
    startedAt = 0;
  }

  void record(History.Epoch figures) {
    history = history.with(figures);
  }
}
