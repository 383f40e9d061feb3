package dev.fovea.train;

import java.util.List;

/**
 * Where {@link Trainer#fit} stands. One object serves the whole of it: read it while a {@link Callback} is called, do
 * not keep it.
 */
public final class Progress {
  private static final double NANOS = 1e9;

  private final Trainer trainer;
  private final Fit fit;
  private final int lastEpoch;
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

  Progress(Trainer trainer, Fit fit, int epochsBefore) {
    this.trainer = trainer;
    this.fit = fit;
    this.epoch = epochsBefore;
    this.lastEpoch = epochsBefore + fit.epochs();
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
    return lastEpoch;
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

  /** Asks to stop: no further batch is begun; an epoch that is under way ends there, is validated and recorded. */
  public void stop() {
    stopped = true;
  }

  /** Whether somebody has asked to stop. */
  public boolean stopped() {
    return stopped;
  }

  void beginEpoch(int batches) {
    this.batches = batches;
    epoch++;
    batch = 0;
    samples = 0;
    lossSum = 0;
    hitSum = 0;
    startedAt = System.nanoTime();
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
