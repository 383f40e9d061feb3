package dev.fovea.train;

/** What the targets of a {@link Loss} are, and so how a prediction is judged right or wrong. */
public enum Targets {
  /** One class label a sample; the prediction's largest score should stand at it. */
  LABELS,
  /**
   * A one-hot or soft distribution over the classes; the largest score should stand where the target's largest value
   * does.
   */
  DISTRIBUTIONS,
  /** 0 or 1 for each output; the prediction should lie on the same side of the threshold. */
  YES_OR_NO,
  /** Numbers: nearer or further, never right or wrong. There is no accuracy. */
  VALUES
}
