package dev.fovea.data.image;

import java.nio.file.Path;

/**
 * A file that was left out of a data set.
 *
 * @param file the file
 * @param reason why
 */
public record SkippedImage(Path file, String reason) {
  @Override
  public String toString() {
    return file + ": " + reason;
  }
}
