package dev.fovea.train;

/** A figure of an epoch that tells whether training still gets anywhere. */
public enum Monitor {
  /** The mean loss over the training data: less is better. */
  LOSS("loss", false),
  /** The accuracy on the training data: more is better. */
  ACCURACY("accuracy", true),
  /** The mean loss on the validation data: less is better. */
  VALIDATION_LOSS("validation loss", false),
  /** The accuracy on the validation data: more is better. */
  VALIDATION_ACCURACY("validation accuracy", true);

  private final String words;
  private final boolean rises;

  Monitor(String words, boolean rises) {
    this.words = words;
    this.rises = rises;
  }

  /** This figure of an epoch; NaN where there is none. */
  public double of(History.Epoch epoch) {
    return switch (this) {
      case LOSS -> epoch.loss();
      case ACCURACY -> epoch.accuracy();
      case VALIDATION_LOSS -> epoch.validationLoss();
      case VALIDATION_ACCURACY -> epoch.validationAccuracy();
    };
  }

  /** Whether a value is better than the best so far by more than this; anything is better than NaN. */
  public boolean better(double value, double best, double minDelta) {
    return Double.isNaN(best) ? !Double.isNaN(value) : rises ? value > best + minDelta : value < best - minDelta;
  }

  /**
   * This figure of the epoch just over.
   *
   * @throws IllegalStateException if there is none, saying on whose behalf it was asked for and how to have it
   */
  double require(String where, Progress progress) {
    double value = of(progress.history().last());
    if (Double.isNaN(value)) {
      boolean validates = this == VALIDATION_LOSS || this == VALIDATION_ACCURACY;
      throw new IllegalStateException(where + ": expected a figure to go by, got no " + words + "; "
          + (validates && progress.fit().validation().isEmpty()
              ? "give fit some data for it, as in Fit.epochs(5).validation(data), or watch Monitor.LOSS"
              : "watch Monitor." + (validates ? VALIDATION_LOSS : LOSS).name()));
    }
    return value;
  }

  /** In words, as {@code validation loss}. */
  @Override
  public String toString() {
    return words;
  }
}
