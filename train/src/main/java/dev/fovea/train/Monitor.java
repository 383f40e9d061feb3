package dev.fovea.train;

import java.util.Locale;

/** A figure of an epoch by which epochs are compared. */
public enum Monitor {
  /** The loss on the training data; less is better. */
  LOSS(false),
  /** The accuracy on the training data; more is better. */
  ACCURACY(true),
  /** The loss on the validation data; less is better. */
  VALIDATION_LOSS(false),
  /** The accuracy on the validation data; more is better. */
  VALIDATION_ACCURACY(true);

  private final boolean moreIsBetter;

  Monitor(boolean moreIsBetter) {
    this.moreIsBetter = moreIsBetter;
  }

  /** The figure; NaN where the epoch has none. */
  public double of(History.Epoch epoch) {
    return switch (this) {
      case LOSS -> epoch.loss();
      case ACCURACY -> epoch.accuracy();
      case VALIDATION_LOSS -> epoch.validationLoss();
      case VALIDATION_ACCURACY -> epoch.validationAccuracy();
    };
  }

  /** Whether a figure is better than another by more than so much. NaN is worse than all others. */
  public boolean isBetter(double figure, double other, double by) {
    return !Double.isNaN(figure)
        && (Double.isNaN(other) || (moreIsBetter ? figure - by > other : figure + by < other));
  }

  /** The name in words, as in {@code validation loss}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * The figure of an epoch that is to be compared.
   *
   * @param who whose setting it is
   * @throws IllegalStateException if the epoch has no such figure
   */
  double require(String who, History.Epoch epoch) {
    double figure = of(epoch);
    if (Double.isNaN(figure)) {
      throw new IllegalStateException(who + ": expected a " + this + " to go by, there is none; "
          + (this == VALIDATION_LOSS || this == VALIDATION_ACCURACY
              ? "give the fit validation data (Fit.validation) or choose another figure"
              : "choose another figure, such as Monitor.LOSS"));
    }
    return figure;
  }
}
