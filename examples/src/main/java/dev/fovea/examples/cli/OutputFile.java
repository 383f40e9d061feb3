package dev.fovea.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is to be written at the end of a long run: whether that will work is found out at the beginning. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Refuses a path that cannot be written to. Files are replaced by moving a new one over the old, so it is the
   * folder that must be writable.
   */
  static void check(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null) {
      throw new IOException(file + ": expected the name of a file to write, got a folder");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(file + ": expected a file in a folder that exists, " + folder + " is none");
    }
    try {
      Files.delete(Files.createTempFile(folder, ".fovea", ".part"));
    } catch (IOException e) {
      throw new IOException(file + ": no file can be written in " + folder, e);
    }
  }
}
