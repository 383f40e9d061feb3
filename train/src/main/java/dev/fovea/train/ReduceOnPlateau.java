package dev.fovea.train;

import dev.fovea.optim.OptimizerState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lowers the learning rate when training no longer gets anywhere: {@code
 * Fit.epochs(50).validation(test).callback(ReduceOnPlateau.of().withFactor(0.5).withPatience(3))}.
 *
 * <p>As in Keras: once so many epochs in a row have not brought a figure that is better than the best so far by more
 * than {@code minDelta}, the rate is multiplied by the factor, but never falls below {@code minRate}. For so many
 * epochs of cooldown after that nothing is counted. The rate is the schedule's; it is lowered by the optimizer's
 * {@linkplain OptimizerState#rateFactor() factor}, so that a schedule goes on below.
 *
 * <p>An object remembers where it stands from one {@code fit} to the next, and in checkpoints; it serves one trainer.
 */
public final class ReduceOnPlateau implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(ReduceOnPlateau.class);
  private static final String WHERE = "reduce on plateau";
  private static final Settings STANDARD = new Settings(Monitor.VALIDATION_LOSS, 0.1, 10, 1e-4, 0, 0);

  private final Settings settings;
  private double best = Double.NaN;
  private int waited;
  private int cooling;

  private ReduceOnPlateau(Settings settings) {
    this.settings = settings;
  }

  /** Watches the validation loss: factor 0.1, patience 10, minDelta 1e-4, no cooldown, minRate 0, as in Keras. */
  public static ReduceOnPlateau of() {
    return new ReduceOnPlateau(STANDARD);
  }

  /** The same, watching another figure. */
  public ReduceOnPlateau watching(Monitor monitor) {
    return new ReduceOnPlateau(new Settings(monitor, settings.factor, settings.patience, settings.minDelta,
        settings.cooldown, settings.minRate));
  }

  /** The same with another factor, above 0 and below 1. */
  public ReduceOnPlateau withFactor(double factor) {
    return new ReduceOnPlateau(new Settings(settings.monitor, factor, settings.patience, settings.minDelta,
        settings.cooldown, settings.minRate));
  }

  /** The same with another number of epochs that may pass without anything better, at least 1. */
  public ReduceOnPlateau withPatience(int epochs) {
    return new ReduceOnPlateau(new Settings(settings.monitor, settings.factor, epochs, settings.minDelta,
        settings.cooldown, settings.minRate));
  }

  /** The same, where better means better by more than this, at least 0. */
  public ReduceOnPlateau withMinDelta(double minDelta) {
    return new ReduceOnPlateau(new Settings(settings.monitor, settings.factor, settings.patience, minDelta,
        settings.cooldown, settings.minRate));
  }

  /** The same with so many epochs after a lowering in which nothing is counted, at least 0. */
  public ReduceOnPlateau withCooldown(int epochs) {
    return new ReduceOnPlateau(new Settings(settings.monitor, settings.factor, settings.patience, settings.minDelta,
        epochs, settings.minRate));
  }

  /** The same with a rate below which it is not lowered, at least 0. */
  public ReduceOnPlateau withMinRate(double minRate) {
    return new ReduceOnPlateau(new Settings(settings.monitor, settings.factor, settings.patience, settings.minDelta,
        settings.cooldown, minRate));
  }

  @Override
  public void afterEpoch(Progress progress) {
    double value = settings.monitor.require(WHERE, progress.history().last());
    if (cooling > 0) {
      cooling--;
      waited = 0;
    }
    if (settings.monitor.isBetter(value, best, settings.minDelta)) {
      best = value;
      waited = 0;
    } else if (cooling == 0 && ++waited >= settings.patience) {
      lower(progress.trainer().optimizerState(), progress.epoch());
    }
  }

  private void lower(OptimizerState optimizer, int epoch) {
    double rate = optimizer.rate();
    if (rate <= settings.minRate) {
      return;
    }
    optimizer.rateFactor(rate * settings.factor >= settings.minRate
        ? optimizer.rateFactor() * settings.factor
        : settings.minRate / optimizer.optimizer().schedule().at(optimizer.steps()));
    LOG.info("epoch {}: {} has been no better than {} for {} epochs; learning rate {} -> {}", epoch, settings.monitor,
        Figures.score(best), waited, Figures.rate(rate), Figures.rate(optimizer.rate()));
    cooling = settings.cooldown;
    waited = 0;
  }

  /** The best figure so far, if there is one, and what has been counted. */
  @Override
  public CallbackState state() {
    return Double.isNaN(best) ? CallbackState.empty()
        : CallbackState.empty().with("best", best).with("waited", waited).with("cooling", cooling);
  }

  @Override
  public void restore(CallbackState state, Progress progress) {
    best = state.isEmpty() ? Double.NaN : state.number("best");
    waited = state.isEmpty() ? 0 : (int) state.number("waited");
    cooling = state.isEmpty() ? 0 : (int) state.number("cooling");
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "ReduceOnPlateau.of()"
        + (settings.monitor == STANDARD.monitor ? "" : ".watching(Monitor." + settings.monitor.name() + ")")
        + (settings.factor == STANDARD.factor ? "" : ".withFactor(" + settings.factor + ")")
        + (settings.patience == STANDARD.patience ? "" : ".withPatience(" + settings.patience + ")")
        + (settings.minDelta == STANDARD.minDelta ? "" : ".withMinDelta(" + settings.minDelta + ")")
        + (settings.cooldown == STANDARD.cooldown ? "" : ".withCooldown(" + settings.cooldown + ")")
        + (settings.minRate == STANDARD.minRate ? "" : ".withMinRate(" + settings.minRate + ")");
  }

  private record Settings(Monitor monitor, double factor, int patience, double minDelta, int cooldown,
      double minRate) {
    Settings {
      Trainer.requirePresent(WHERE, "a figure to watch", monitor);
      require(factor > 0 && factor < 1, "factor must be above 0 and below 1", factor);
      require(patience >= 1, "patience must be at least 1", patience);
      require(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY, "minDelta must be at least 0 and finite", minDelta);
      require(cooldown >= 0, "cooldown must be at least 0", cooldown);
      require(minRate >= 0 && minRate < Double.POSITIVE_INFINITY, "minRate must be at least 0 and finite", minRate);
    }

    private static void require(boolean fine, String expected, Number got) {
      if (!fine) {
        throw new IllegalArgumentException(WHERE + ": " + expected + ", got " + got);
      }
    }
  }
}
