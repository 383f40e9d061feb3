package dev.fovea.train;

/** How the figures of classes become one figure. */
public enum Average {
  /** The mean over the classes: each counts alike, however rare. Classes that never came up are left out. */
  MACRO,
  /** Over all samples at once: what is right, however the mistakes are spread over the classes. */
  MICRO,
  /** The mean over the classes, each counted as often as it has samples. */
  WEIGHTED
}
