package dev.fovea.examples.lessons;

import java.io.IOException;
import java.util.Set;

/** A worked example: what it shows, as sections of text, tables and pictures. */
public interface Lesson {
  /** What it is called on the command line. */
  String name();

  /** What one learns, in a line. */
  String title();

  /**
   * Which of the options {@code --data}, {@code --plot}, {@code --seed} and {@code --quick} it takes; {@code --plot}
   * goes with every lesson that has a {@linkplain Page#picture picture}.
   */
  default Set<String> options() {
    return Set.of();
  }

  /**
   * Computes and shows, in order.
   *
   * @throws IOException if the data it was given cannot be read, or the picture not be written
   */
  void show(Page page) throws IOException;
}
