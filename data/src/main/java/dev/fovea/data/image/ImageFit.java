package dev.fovea.data.image;

/** How a picture is brought to the height and width of a sample when its own have another ratio. */
public enum ImageFit {
  /** Each side is scaled by itself: all of the picture is seen, its ratio is not kept. */
  STRETCH,
  /** The largest part of that ratio around the centre is scaled: the ratio is kept, what is at two sides is cut. */
  CROP
}
