package dev.fovea.core.kernels.conv;

/** What becomes of each 2 by 2 cells of a convolution's outputs, at stride 2; an odd last row or column is dropped. */
public enum Halving {
  /** They stay what they are. */
  NONE,
  /** The largest of them, the first of several on the way back. */
  MAXIMUM,
  /** Their mean. */
  MEAN
}
