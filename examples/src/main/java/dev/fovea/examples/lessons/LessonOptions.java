package dev.fovea.examples.lessons;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What may be said to a lesson on the command line.
 *
 * @param data a folder with MNIST's files; empty for generated digits
 * @param plot where the picture goes; empty to show it on the page only
 * @param seed what everything random follows from
 * @param quick whether a lesson that takes minutes is to be cut short
 */
public record LessonOptions(Optional<Path> data, Optional<Path> plot, long seed, boolean quick) {
  /** The seed, unless one is given. */
  public static final long SEED = 1;

  /** Nothing was said. */
  public static LessonOptions none() {
    return new LessonOptions(Optional.empty(), Optional.empty(), SEED, false);
  }
}
