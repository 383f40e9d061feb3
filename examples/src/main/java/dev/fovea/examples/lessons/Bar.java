package dev.fovea.examples.lessons;

/** Shows how far something is, where somebody watches. */
public interface Bar extends AutoCloseable {
  /** A bar that shows nothing. */
  Bar NONE = done -> {};

  /** So much is done. */
  void stepTo(long done);

  /** Takes the bar away. */
  @Override
  default void close() {}

  /** Makes bars. */
  @FunctionalInterface
  interface Maker {
    /**
     * Shows a bar.
     *
     * @param task what is done, in a word or two
     * @param total how much there is to do
     */
    Bar make(String task, long total);
  }
}
