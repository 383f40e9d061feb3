package dev.fovea.train;

import dev.fovea.core.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The file form of a {@link History}: RFC 4180 without quotes, since no cell needs one; numbers as Java writes them.
 */
final class HistoryCsv {
  static final String HEADING =
      "epoch,loss,accuracy,validation_loss,validation_accuracy,learning_rate,seconds,images_per_second";
  private static final int COLUMNS = 8;

  private HistoryCsv() {}

  static void write(History history, Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADING));
    history.epochs().forEach(epoch -> lines.add(line(epoch)));
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(file, out -> out.write(text));
  }

  /** An epoch's line, without a break. */
  static String line(History.Epoch epoch) {
    return epoch.number() + "," + DoubleStream.of(epoch.loss(), epoch.accuracy(), epoch.validationLoss(),
        epoch.validationAccuracy(), epoch.rate(), epoch.seconds(), epoch.imagesPerSecond())
        .mapToObj(value -> Double.isNaN(value) ? "" : Double.toString(value))
        .collect(Collectors.joining(","));
  }

  static History read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException e) {
      throw new IOException(file + ": expected a history as CSV text, got bytes that are no UTF-8", e);
    }
    if (lines.isEmpty() || !lines.get(0).equals(HEADING)) {
      throw new IOException(file + ": line 1: expected the heading \"" + HEADING + "\", got "
          + (lines.isEmpty() ? "an empty file" : "\"" + lines.get(0) + "\""));
    }
    List<History.Epoch> epochs = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      epochs.add(epoch(file + ": line " + (i + 1), lines.get(i)));
    }
    return new History(epochs);
  }

  private static History.Epoch epoch(String where, String line) throws IOException {
    String[] cells = line.split(",", -1);
    if (cells.length != COLUMNS) {
      throw new IOException(where + ": expected " + COLUMNS + " columns, got " + cells.length + " in \"" + line + "\"");
    }
    int number;
    try {
      number = Integer.parseInt(cells[0]);
    } catch (NumberFormatException e) {
      throw new IOException(where + ", column epoch: expected a whole number, got \"" + cells[0] + "\"", e);
    }
    double[] values = new double[COLUMNS];
    for (int column = 1; column < COLUMNS; column++) {
      try {
        values[column] = cells[column].isEmpty() ? Double.NaN : Double.parseDouble(cells[column]);
      } catch (NumberFormatException e) {
        throw new IOException(where + ", column " + HEADING.split(",")[column] + ": expected a number, got \""
            + cells[column] + "\"", e);
      }
    }
    return new History.Epoch(number, values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
  }
}
