package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final History HISTORY = new History(List.of(
      new History.Epoch(1, 0.5, 0.875, 0.25, 0.9375, 1e-3, 12.5, 4800),
      new History.Epoch(2, 1 / 3.0, 2 / 3.0, Double.NaN, Double.NaN, 1e-4, 1.25, 48000.125)));

  @TempDir
  private Path folder;

  @Test
  void value() {
    assertThat(HISTORY.last().number()).isEqualTo(2);
    assertThat(HISTORY).hasToString("""
        epoch    loss  accuracy  val loss  val accuracy    rate  seconds  images/s
        1      0.5000    0.8750    0.2500        0.9375   0.001     12.5      4800
        2      0.3333    0.6667         -             -  0.0001     1.25     48000""");
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    Path file = folder.resolve("history.csv");
    HISTORY.writeCsv(file);
    assertThat(file).hasContent("""
        epoch,loss,accuracy,validation_loss,validation_accuracy,learning_rate,seconds,images_per_second
        1,0.5,0.875,0.25,0.9375,0.001,12.5,4800.0
        2,0.3333333333333333,0.6666666666666666,,,1.0E-4,1.25,48000.125
        """);
    assertThat(History.readCsv(file)).isEqualTo(HISTORY);
    new History(List.of()).writeCsv(file);
    assertThat(History.readCsv(file)).isEqualTo(new History(List.of()));
    try (var files = Files.list(folder)) {
      assertThat(files).as("nothing is left beside it").containsExactly(file);
    }
  }

  @Test
  void refusesPlacesWhereNoFileCanBe() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    assertThatThrownBy(() -> HISTORY.writeCsv(taken)).isInstanceOf(IOException.class)
        .hasMessage(taken + ": cannot be written: it is a folder");
    Path nowhere = folder.resolve("none/history.csv");
    assertThatThrownBy(() -> HISTORY.writeCsv(nowhere)).isInstanceOf(IOException.class)
        .hasMessage(nowhere + ": cannot be written: there is no folder " + folder.resolve("none"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }

  @Test
  void refuses() throws IOException {
    assertThatThrownBy(() -> new History(List.of()).last()).isInstanceOf(IllegalStateException.class)
        .hasMessage("history: expected at least one epoch, there is none");
    Path file = folder.resolve("history.csv");
    String heading = "epoch,loss,accuracy,validation_loss,validation_accuracy,learning_rate,seconds,images_per_second";
    refuses("", file + ": line 1: expected the heading \"" + heading + "\", got an empty file");
    refuses("a,b\n", file + ": line 1: expected the heading \"" + heading + "\", got \"a,b\"");
    refuses(heading + "\n1,1,1,,,1,1,1\n2,1,1\n", file + ": line 3: expected 8 columns, got 3 in \"2,1,1\"");
    refuses(heading + "\none,1,1,,,1,1,1\n", file + ": line 2, column epoch: expected a whole number, got \"one\"");
    refuses(heading + "\n1,1,1,,x,1,1,1\n",
        file + ": line 2, column validation_accuracy: expected a number, got \"x\"");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> History.readCsv(file)).isInstanceOf(IOException.class)
        .hasMessage(file + ": expected a history as CSV text, got bytes that are no UTF-8");
  }

  private void refuses(String text, String message) throws IOException {
    Path file = folder.resolve("history.csv");
    Files.writeString(file, text);
    assertThatThrownBy(() -> History.readCsv(file)).isInstanceOf(IOException.class).hasMessage(message);
  }
}
