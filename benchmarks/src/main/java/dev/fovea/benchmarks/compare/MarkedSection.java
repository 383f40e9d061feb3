package dev.fovea.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The part of a page between two lines, {@code <!-- compare:NAME -->} and {@code <!-- /compare:NAME -->}: a program
 * writes it, the rest of the page is written by hand.
 *
 * @param page the file
 * @param name tells the sections of a page apart
 */
record MarkedSection(Path page, String name) {
  /**
   * Puts this text between the two lines, in the place of what stood there.
   *
   * @throws IllegalArgumentException if the page has no such lines
   * @throws IOException if the page cannot be read or written; it is then as it was
   */
  void write(String text) throws IOException {
    String all = Files.readString(page);
    int[] place = place(all);
    Path fresh = Files.createTempFile(page.toAbsolutePath().getParent(), ".performance", ".md");
    try {
      Files.writeString(fresh, all.substring(0, place[0]) + "\n\n" + text.strip() + "\n\n" + all.substring(place[1]));
      Files.move(fresh, page, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Makes sure that {@link #write} finds its place.
   *
   * @throws IllegalArgumentException if the page has no such lines
   */
  void check() throws IOException {
    place(Files.readString(page));
  }

  /** Where the line of the beginning ends, and where that of the end begins. */
  private int[] place(String all) {
    String begin = "<!-- compare:" + name + " -->";
    String end = "<!-- /compare:" + name + " -->";
    int from = all.indexOf(begin);
    int to = all.indexOf(end);
    if (from < 0 || to < from || all.indexOf(begin, from + 1) >= 0 || all.indexOf(end, to + 1) >= 0) {
      throw new IllegalArgumentException(page.getFileName() + ": expected the lines " + begin + " and " + end
          + ", each once and in this order, for the report to stand between");
    }
    return new int[] {from + begin.length(), to};
  }
}
