package dev.fovea.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a file may be that is replaced, and what is said of those that cannot be. */
class AtomicFileTest {
  private static final AtomicFile.Content NEW = out -> out.write("new".getBytes(StandardCharsets.UTF_8));

  @TempDir
  private Path folder;

  @Test
  void aLinkThatLeadsNowhereYetLeadsToTheNewFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("latest.json"), Path.of("run-1.json"));
    AtomicFile.requireWritable(link);
    AtomicFile.replace(link, NEW);
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("run-1.json")).hasContent("new");
  }

  @Test
  void aNameMayBeAsLongAsNamesCanBe() throws IOException {
    Path file = folder.resolve("a".repeat(250) + ".json");
    AtomicFile.requireWritable(file);
    AtomicFile.replace(file, NEW);
    assertThat(file).hasContent("new");
  }

  /** A file moved over the pipe would leave its reader waiting for ever; over {@code /dev/null}, much more. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeIsWrittenIntoAndStaysAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(Pipe.make(pipe), "needs the command mkfifo");
    CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
      try {
        return Files.readAllBytes(pipe);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    AtomicFile.requireWritable(pipe);
    AtomicFile.replace(pipe, NEW);
    assertThat(Files.isRegularFile(pipe)).isFalse();
    assertThat(read.get()).asString(StandardCharsets.UTF_8).isEqualTo("new");
  }

  @Test
  void aFullDeviceSaysSo() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full) && !Files.isRegularFile(full), "needs the device /dev/full");
    assertThatThrownBy(() -> AtomicFile.replace(full, NEW)).isInstanceOf(IOException.class)
        .hasMessage("/dev/full: cannot be written: No space left on device");
    assertThat(Files.isRegularFile(full)).isFalse();
  }

  @Test
  void anInterruptedThreadLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("model.json");
    Files.writeString(file, "old");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> AtomicFile.replace(file, NEW)).isInstanceOf(IOException.class)
        .hasMessage(file + ": cannot be written: the thread was interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatCannotBeWrittenIsKnownBeforehand() throws IOException {
    Path nowhere = folder.resolve("nowhere/model.json");
    assertThatThrownBy(() -> AtomicFile.requireWritable(nowhere)).isInstanceOf(IOException.class)
        .hasMessage(nowhere + ": cannot be written: there is no folder " + nowhere.getParent());
    assertThatThrownBy(() -> AtomicFile.requireWritable(folder)).isInstanceOf(IOException.class)
        .hasMessage(folder + ": cannot be written: it is a folder");
    assertThatThrownBy(() -> AtomicFile.requireWritable(Path.of(""))).isInstanceOf(IOException.class)
        .hasMessage("expected the name of a file to write, got an empty one");
    Path longer = folder.resolve("a".repeat(300));
    assertThatThrownBy(() -> AtomicFile.requireWritable(longer)).isInstanceOf(IOException.class)
        .hasMessage(longer + ": cannot be written: File name too long");
    AtomicFile.requireWritable(folder.resolve("model.json"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
