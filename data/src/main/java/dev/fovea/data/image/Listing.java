package dev.fovea.data.image;

import java.nio.file.Path;
import java.util.List;

/**
 * Files that should be pictures, with their classes by name.
 *
 * @param entries the files, in the order they get in the data set
 * @param classNames the names of the classes, in order, those without a file too
 * @param skipped files that are left out before they are looked into
 */
record Listing(List<Entry> entries, List<String> classNames, List<SkippedImage> skipped) {
  /**
   * A file and the name of its class.
   *
   * @param file the file
   * @param label the name of the class
   */
  record Entry(Path file, String label) {}
}
