package dev.fovea.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir
  private Path dir;

  @Test
  void takesANumberWhereTheNameIsTaken() throws IOException {
    assertThat(RunFolder.unused(dir, "cats").path()).isEqualTo(dir.resolve("cats"));
    Files.createDirectories(dir.resolve("cats"));
    Files.createFile(dir.resolve("cats-2"));
    assertThat(RunFolder.unused(dir, "cats").path()).isEqualTo(dir.resolve("cats-3"));
  }

  @Test
  void isBegunOnceItHasSettings() throws IOException {
    RunFolder folder = new RunFolder(dir.resolve("a/b"));
    assertThat(folder.isBegun()).isFalse();
    folder.create();
    assertThat(folder.isBegun()).isFalse();
    Files.createFile(folder.settings());
    assertThat(folder.isBegun()).isTrue();
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    assertThatThrownBy(() -> new RunFolder(file).create()).isInstanceOf(IOException.class)
        .hasMessage(file + ": expected a folder for the run, got a file");
  }
}
