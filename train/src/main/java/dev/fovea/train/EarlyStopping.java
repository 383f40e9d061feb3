package dev.fovea.train;

import dev.fovea.core.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends training once it no longer gets anywhere, and gives the model the weights of its best epoch: {@code
 * Fit.epochs(100).validation(test).callback(EarlyStopping.of().withPatience(5))}.
 *
 * <p>Training stops after so many epochs in a row that have not brought a figure better than the best so far by more
 * than {@code minDelta}, as in Keras. The best weights, running statistics among them, come back whenever training
 * ends, by this or by itself; not when it is {@linkplain Progress#suspend suspended}. They take as much memory as the
 * model.
 *
 * <p>What is counted is kept in checkpoints; an object serves one fit.
 */
public final class EarlyStopping implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyStopping.class);
  private static final String WHERE = "early stopping";
  private static final int PATIENCE = 10;

  private final Monitor monitor;
  private final int patience;
  private final double minDelta;
  private final boolean restores;
  private double best = Double.NaN;
  private int bestEpoch;
  private int waited;
  /** Those of the parameters; behind them the averaged ones, if there is an average. */
  private List<float[]> weights = List.of();

  private EarlyStopping(Monitor monitor, int patience, double minDelta, boolean restores) {
    this.monitor = monitor;
    this.patience = patience;
    this.minDelta = minDelta;
    this.restores = restores;
  }

  /** Watches the validation loss with a patience of 10 epochs, minDelta 0; the best weights come back. */
  public static EarlyStopping of() {
    return new EarlyStopping(Monitor.VALIDATION_LOSS, PATIENCE, 0, true);
  }

  /** The same, watching another figure. */
  public EarlyStopping watching(Monitor monitor) {
    Trainer.requirePresent(WHERE, "a figure to watch", monitor);
    return new EarlyStopping(monitor, patience, minDelta, restores);
  }

  /**
   * The same with another number of epochs that may pass without anything better.
   *
   * @throws IllegalArgumentException if that is below 1
   */
  public EarlyStopping withPatience(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException(WHERE + ": patience must be at least 1, got " + epochs);
    }
    return new EarlyStopping(monitor, epochs, minDelta, restores);
  }

  /**
   * The same, where better means better by more than this.
   *
   * @throws IllegalArgumentException if that is below 0 or not finite
   */
  public EarlyStopping withMinDelta(double minDelta) {
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(WHERE + ": minDelta must be at least 0 and finite, got " + minDelta);
    }
    return new EarlyStopping(monitor, patience, minDelta, restores);
  }

  /** The same, but the model keeps the weights of the last epoch. */
  public EarlyStopping keepingTheLast() {
    return new EarlyStopping(monitor, patience, minDelta, false);
  }

  /** The epoch with the best figure so far, counted from 1; 0 before the first. */
  public int bestEpoch() {
    return bestEpoch;
  }

  @Override
  public void afterEpoch(Progress progress) {
    double figure = monitor.require(WHERE, progress.history().last());
    if (monitor.isBetter(figure, best, minDelta)) {
      best = figure;
      bestEpoch = progress.epoch();
      waited = 0;
      keep(progress);
    } else if (++waited >= patience) {
      LOG.info("epoch {}: {} has been no better than {} (epoch {}) for {} epochs; training ends", progress.epoch(),
          monitor, Figures.score(best), bestEpoch, waited);
      progress.stop();
    }
  }

  private void keep(Progress progress) {
    if (restores) {
      List<float[]> copies = new ArrayList<>();
      progress.trainer().model().parameters().forEach(parameter -> copies.add(parameter.toArray()));
      progress.trainer().average().ifPresent(average -> copies.addAll(average.copies().values()));
      weights = copies;
    }
  }

  /** Gives the model, and the average of its weights if there is one, the weights of the best epoch. */
  @Override
  public void afterTraining(Progress progress) {
    List<Parameter> parameters = progress.trainer().model().parameters();
    Map<String, float[]> averaged = new LinkedHashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      Parameter parameter = parameters.get(i % parameters.size());
      if (i < parameters.size()) {
        parameter.set(weights.get(i));
      } else {
        averaged.put(parameter.name(), weights.get(i));
      }
    }
    if (!averaged.isEmpty()) {
      progress.trainer().average().ifPresent(average -> average.restore(averaged));
    }
  }

  @Override
  public CallbackState state() {
    if (bestEpoch == 0) {
      return CallbackState.empty();
    }
    CallbackState state =
        CallbackState.empty().with("best", best).with("bestEpoch", bestEpoch).with("waited", waited);
    for (int i = 0; i < weights.size(); i++) {
      state = state.with("weights/" + i, weights.get(i));
    }
    return state;
  }

  @Override
  public void restore(CallbackState state, Progress progress) {
    best = state.number("best");
    bestEpoch = (int) state.number("bestEpoch");
    waited = (int) state.number("waited");
    if (restores) {
      List<float[]> copies = new ArrayList<>();
      for (int i = 0; i < state.arrays().size(); i++) {
        copies.add(state.array("weights/" + i));
      }
      weights = copies;
    }
    if (waited >= patience) {
      progress.stop();
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "EarlyStopping.of()"
        + (monitor == Monitor.VALIDATION_LOSS ? "" : ".watching(Monitor." + monitor.name() + ")")
        + (patience == PATIENCE ? "" : ".withPatience(" + patience + ")")
        + (minDelta == 0 ? "" : ".withMinDelta(" + minDelta + ")") + (restores ? "" : ".keepingTheLast()");
  }
}
