package dev.fovea.examples.lessons;

/** A piece of a page, in both of its forms. */
interface Part {
  /** For a terminal: lines of at most this many characters where that can be, without a break after the last. */
  String text(int width);

  /** For a browser. */
  String html();
}
