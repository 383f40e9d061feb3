package dev.fovea.train;

import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.data.augment.Mixing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How {@link Trainer#fit} goes about it: immutable settings.
 * {@code Fit.epochs(5).batchSize(64).seed(7L).validation(test)}.
 *
 * <p>The seed decides the order of the data in each epoch, how samples are augmented and mixed, and everything random
 * within a step (dropout); nothing else does.
 *
 * @param epochs how often the training data are gone through, at least 1
 * @param seed the seed; 0 unless set
 * @param batching how the training data are cut
 * @param changes what is done to samples at random
 * @param validation what the model is evaluated on after each epoch; empty for nothing
 * @param watching who looks on
 * @param checkpoint where to go on; empty to begin with the weights the model has
 */
public record Fit(int epochs, long seed, Batching batching, Changes changes, Optional<Dataset> validation,
    Watching watching, Optional<Checkpoint> checkpoint) {
  private static final int BATCH_SIZE = 32;

  /**
   * How training data are cut into batches, and these taken together for updates.
   *
   * @param size how many samples a batch has, at least 1; 32 unless set, as in Keras
   * @param dropsLast whether an epoch's last batch is left out where it is shorter than the others
   * @param accumulating how many batches are gone through for one update, at least 1; 1 unless set
   */
  public record Batching(int size, boolean dropsLast, int accumulating) {
    /**
     * These settings.
     *
     * @throws IllegalArgumentException if batch size or the number of batches for an update are below 1
     */
    public Batching {
      if (size < 1) {
        throw new IllegalArgumentException("fit: batch size must be at least 1, got " + size);
      }
      if (accumulating < 1) {
        throw new IllegalArgumentException("fit: batches to accumulate must be at least 1, got " + accumulating);
      }
    }
  }

  /**
   * What is done to training samples at random, in each epoch in another way.
   *
   * @param augmentation how each is changed; empty for not at all
   * @param mixing how those of a batch are mixed; empty for not at all
   */
  public record Changes(Optional<Augmentation> augmentation, Optional<Mixing> mixing) {}

  /**
   * Who looks on.
   *
   * @param callbacks those who are called, in this order
   * @param quiet whether the line that is logged for each epoch is left out
   */
  public record Watching(List<Callback> callbacks, boolean quiet) {
    /** Copies the list. */
    public Watching {
      callbacks = List.copyOf(callbacks);
    }
  }

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if epochs are below 1
   */
  public Fit {
    if (epochs < 1) {
      throw new IllegalArgumentException("fit: epochs must be at least 1, got " + epochs);
    }
  }

  /** So many epochs, in batches of 32, with seed 0, without validation. */
  public static Fit epochs(int epochs) {
    return new Fit(epochs, 0, new Batching(BATCH_SIZE, false, 1), new Changes(Optional.empty(), Optional.empty()),
        Optional.empty(), new Watching(List.of(), false), Optional.empty());
  }

  private Fit with(Batching batching) {
    return new Fit(epochs, seed, batching, changes, validation, watching, checkpoint);
  }

  private Fit with(Changes changes) {
    return new Fit(epochs, seed, batching, changes, validation, watching, checkpoint);
  }

  private Fit with(Watching watching) {
    return new Fit(epochs, seed, batching, changes, validation, watching, checkpoint);
  }

  /** These settings with another batch size. */
  public Fit batchSize(int batchSize) {
    return with(new Batching(batchSize, dropsLast(), accumulating()));
  }

  /** How many samples a batch has. */
  public int batchSize() {
    return batching.size();
  }

  /** These settings with another seed. */
  public Fit seed(long seed) {
    return new Fit(epochs, seed, batching, changes, validation, watching, checkpoint);
  }

  /** These settings with an evaluation on these data after each epoch. */
  public Fit validation(Dataset validation) {
    Trainer.requirePresent("fit", "a data set for the validation", validation);
    return new Fit(epochs, seed, batching, changes, Optional.of(validation), watching, checkpoint);
  }

  /** These settings without an epoch's last batch where it is shorter than the others. */
  public Fit droppingLast() {
    return with(new Batching(batchSize(), true, accumulating()));
  }

  /** Whether an epoch's last batch is left out where it is shorter than the others. */
  public boolean dropsLast() {
    return batching.dropsLast();
  }

  /** These settings with training samples that are changed at random, in each epoch in another way. */
  public Fit augmentation(Augmentation augmentation) {
    Trainer.requirePresent("fit", "an augmentation such as Shift.of(2)", augmentation);
    return with(new Changes(Optional.of(augmentation), mixing()));
  }

  /** How samples are changed at random; empty for not at all. */
  public Optional<Augmentation> augmentation() {
    return changes.augmentation();
  }

  /**
   * These settings with training samples that are mixed with each other, and their targets with them: those are to be
   * distributions, {@code data.oneHot()}, also those of the validation. Samples with weights are not mixed but refused.
   */
  public Fit mixing(Mixing mixing) {
    Trainer.requirePresent("fit", "a mixing such as MixUp.of(0.2)", mixing);
    return with(new Changes(augmentation(), Optional.of(mixing)));
  }

  /** How samples of a batch are mixed at random; empty for not at all. */
  public Optional<Mixing> mixing() {
    return changes.mixing();
  }

  /**
   * These settings with one update for so many batches: by the mean of their gradients, each batch counting by the
   * number of its samples, as if they were one large batch that memory has no room for. Batch normalization alone still
   * goes by each batch. What is left at an epoch's end, fewer batches than that, is an update of its own.
   */
  public Fit accumulating(int batches) {
    return with(new Batching(batchSize(), dropsLast(), batches));
  }

  /** How many batches are gone through for one update. */
  public int accumulating() {
    return batching.accumulating();
  }

  /** These settings with one more callback. */
  public Fit callback(Callback callback) {
    Trainer.requirePresent("fit", "a callback", callback);
    List<Callback> more = new ArrayList<>(callbacks());
    more.add(callback);
    return with(new Watching(more, quiet()));
  }

  /** Who looks on, in the order in which they are called. */
  public List<Callback> callbacks() {
    return watching.callbacks();
  }

  /** These settings without the line that is logged for each epoch: for those who show progress in another way. */
  public Fit quietly() {
    return with(new Watching(callbacks(), true));
  }

  /** Whether the line that is logged for each epoch is left out. */
  public boolean quiet() {
    return watching.quiet();
  }

  /**
   * These settings, to go on where a checkpoint was written as if nothing had happened in between. The epochs are those
   * of the whole: {@code Fit.epochs(20)} that go on after the fifth train fifteen more.
   *
   * @throws CheckpointException if the file is not a whole and sound checkpoint, saying what is wrong
   * @throws IOException if it cannot be read
   */
  public Fit resuming(Path checkpoint) throws IOException {
    return resuming(Checkpoint.read(checkpoint));
  }

  /** The same from a checkpoint that has been read. */
  public Fit resuming(Checkpoint checkpoint) {
    Trainer.requirePresent("fit", "a checkpoint to go on from", checkpoint);
    return new Fit(epochs, seed, batching, changes, validation, watching, Optional.of(checkpoint));
  }

  /** The training data as these settings have them cut, ordered, augmented and mixed. */
  Batches batches(Dataset data) {
    Batches batches = Batches.of(data, batchSize()).shuffled(seed);
    batches = dropsLast() ? batches.droppingLast() : batches;
    batches = augmentation().isPresent() ? batches.augmented(augmentation().get(), seed) : batches;
    return mixing().isPresent() ? batches.mixed(mixing().get(), seed) : batches;
  }

  /** The code that makes these settings, as far as they can be printed. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Fit.epochs(").append(epochs).append(')');
    if (batchSize() != BATCH_SIZE) {
      text.append(".batchSize(").append(batchSize()).append(')');
    }
    if (seed != 0) {
      text.append(".seed(").append(seed).append("L)");
    }
    validation.ifPresent(data -> text.append(".validation(").append(data.size()).append(" samples)"));
    text.append(dropsLast() ? ".droppingLast()" : "");
    augmentation().ifPresent(how -> text.append(".augmentation(").append(how).append(')'));
    mixing().ifPresent(how -> text.append(".mixing(").append(how).append(')'));
    text.append(accumulating() == 1 ? "" : ".accumulating(" + accumulating() + ")");
    text.append(".callback(...)".repeat(callbacks().size()));
    text.append(quiet() ? ".quietly()" : "");
    checkpoint.ifPresent(each -> text.append(".resuming(").append(each.file()).append(')'));
    return text.toString();
  }
}
