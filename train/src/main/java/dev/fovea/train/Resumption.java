package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Model;
import dev.fovea.layers.Node;
import dev.fovea.optim.OptimizerState;
import dev.fovea.train.TrainingState.Remembered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes down the state of one fit for a checkpoint, and brings it back. */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  /** Under which the average of the weights is kept, beside what callbacks remember. */
  private static final String AVERAGE = WeightAverage.class.getName();

  private final Trainer trainer;
  private final Dataset data;
  private final Fit fit;
  private final List<Callback> callbacks;
  private Map<String, String> settings;

  Resumption(Trainer trainer, Dataset data, Fit fit, List<Callback> callbacks) {
    this.trainer = trainer;
    this.data = data;
    this.fit = fit;
    this.callbacks = callbacks;
  }

  /** The state now, between two steps; arrays are not copied. */
  TrainingState state(Progress progress) {
    OptimizerState optimizer = trainer.optimizerState();
    Map<String, float[]> weights = new LinkedHashMap<>();
    List<String> frozen = new ArrayList<>();
    for (Parameter parameter : trainer.model().parameters()) {
      weights.put(parameter.name(), parameter.data());
      if (parameter.frozen()) {
        frozen.add(parameter.name());
      }
    }
    List<Remembered> remembered = new ArrayList<>();
    for (Callback callback : callbacks) {
      CallbackState state = callback.state();
      if (!state.isEmpty()) {
        remembered.add(new Remembered(callback.getClass().getName(), state));
      }
    }
    trainer.average().map(WeightAverage::arrays).filter(arrays -> !arrays.isEmpty())
        .ifPresent(arrays -> remembered.add(new Remembered(AVERAGE, new CallbackState(Map.of(), arrays))));
    return new TrainingState(settings(), Kernels.get().name(), progress.position(), progress.history(),
        optimizer.steps(), optimizer.updates(), optimizer.rateFactor(), frozen, weights, optimizer.arrays(),
        remembered);
  }

  /**
   * Brings everything back to where it stood.
   *
   * @throws IllegalArgumentException if the checkpoint is of another training, listing what differs; nothing has
   *     changed then
   */
  void restore(Checkpoint checkpoint, Progress progress) {
    checkpoint.requireSame(settings());
    TrainingState state = checkpoint.state();
    OptimizerState optimizer = trainer.optimizerState();
    try {
      optimizer.restore(state.steps(), state.updates(), state.memory());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(checkpoint.file() + ": " + e.getMessage(), e);
    }
    checkpoint.copyWeightsTo(trainer.model());
    optimizer.rateFactor(state.rateFactor());
    for (Parameter parameter : trainer.model().parameters()) {
      parameter.freeze(state.frozen().contains(parameter.name()));
    }
    trainer.average().ifPresent(average -> average.restore(state.callbacks().stream()
        .filter(each -> each.name().equals(AVERAGE)).findFirst().map(each -> each.state().arrays()).orElse(Map.of())));
    progress.goOn(state.position(), state.history());
    restoreCallbacks(checkpoint, progress);
  }

  private void restoreCallbacks(Checkpoint checkpoint, Progress progress) {
    List<Remembered> left = new ArrayList<>(checkpoint.state().callbacks());
    left.removeIf(each -> each.name().equals(AVERAGE));
    for (Callback callback : callbacks) {
      String name = callback.getClass().getName();
      for (Remembered each : left) {
        if (each.name().equals(name)) {
          left.remove(each);
          callback.restore(each.state(), progress);
          break;
        }
      }
    }
    left.forEach(each -> LOG.warn("{}: what a callback of the class {} remembered is left out, there is none here",
        checkpoint.file(), each.name()));
  }

  /** What must be the same when training goes on: told once, for it takes looking at the data. */
  private Map<String, String> settings() {
    if (settings == null) {
      settings = new LinkedHashMap<>();
      Model model = trainer.model();
      settings.put("input", model.inputShape().toString());
      for (Node node : model.nodes()) {
        settings.put("layer " + node.name(), node.part() + " on " + String.join(", ", node.inputs())
            + (node.isShared() ? " with the parameters of " + node.scope() : ""));
      }
      trainer.describe(settings);
      settings.put("batch size", Integer.toString(fit.batchSize()));
      settings.put("seed", Long.toString(fit.seed()));
      settings.put("batches for an update", Integer.toString(fit.accumulating()));
      settings.put("dropping the last batch", fit.dropsLast() ? "yes" : "no");
      settings.put("augmentation", fit.augmentation().map(Object::toString).orElse("none"));
      settings.put("mixing", fit.mixing().map(Object::toString).orElse("none"));
      DataFingerprint.add("training data", data, settings);
      fit.validation().ifPresent(validation -> DataFingerprint.add("validation data", validation, settings));
    }
    return settings;
  }
}
