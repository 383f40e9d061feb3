package dev.fovea.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of each epoch, in order. Can be written as CSV and read back, bit for bit.
 *
 * @param epochs the epochs so far
 */
public record History(List<Epoch> epochs) {
  /** A history of these epochs. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * One pass over the training data.
   *
   * @param number which epoch, counted from 1 over the trainer's life
   * @param loss the mean loss over the samples, each taken before the update of its batch
   * @param accuracy the share of right predictions, in the same way; NaN where targets are no classes
   * @param validationLoss the mean loss on the validation data after the epoch; NaN where there is none
   * @param validationAccuracy the accuracy on the validation data; NaN where there is none
   * @param rate the learning rate of the last step
   * @param seconds how long training took, validation left out
   * @param imagesPerSecond samples trained on over those seconds
   */
  public record Epoch(int number, double loss, double accuracy, double validationLoss, double validationAccuracy,
      double rate, double seconds, double imagesPerSecond) {}

  /**
   * The last epoch.
   *
   * @throws IllegalStateException if there is none
   */
  public Epoch last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("history: expected at least one epoch, there is none");
    }
    return epochs.get(epochs.size() - 1);
  }

  /** This history and one more epoch. */
  History with(Epoch epoch) {
    List<Epoch> more = new ArrayList<>(epochs);
    more.add(epoch);
    return new History(more);
  }

  /**
   * Writes a heading and a line an epoch; a figure that there is none of is left empty. The file is replaced at once
   * or not at all.
   *
   * @throws IOException if that is not possible; the old file is then as it was
   */
  public void writeCsv(Path file) throws IOException {
    HistoryCsv.write(this, file);
  }

  /**
   * Reads what {@link #writeCsv} wrote.
   *
   * @throws IOException if the file cannot be read or holds something else, naming the line
   */
  public static History readCsv(Path file) throws IOException {
    return HistoryCsv.read(file);
  }

  /** A table with a line an epoch. */
  @Override
  public String toString() {
    TextTable table = new TextTable()
        .row("epoch", "loss", "accuracy", "val loss", "val accuracy", "rate", "seconds", "images/s");
    for (Epoch epoch : epochs) {
      table.row(Integer.toString(epoch.number), Figures.score(epoch.loss), Figures.score(epoch.accuracy),
          Figures.score(epoch.validationLoss), Figures.score(epoch.validationAccuracy), Figures.rate(epoch.rate),
          Figures.amount(epoch.seconds), Figures.amount(epoch.imagesPerSecond));
    }
    return table.toString();
  }
}
