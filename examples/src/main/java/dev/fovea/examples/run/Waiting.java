package dev.fovea.examples.run;

/** Is told how far something has come that takes long, for a bar that somebody looks at. */
@FunctionalInterface
public interface Waiting {
  /** Nobody looks on. */
  Waiting UNSEEN = (task, done, total) -> { };

  /**
   * So much of a task is done.
   *
   * @param task what is done, in a word or two
   * @param done how much of it
   * @param total how much there is
   */
  void step(String task, long done, long total);
}
