package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.plan.PlanSettings;
import dev.fovea.layers.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What has been recorded lately, by the shape of the batch. A few are kept, for each holds the arrays of its step: an
 * epoch's batches and its shorter last one, the same of a validation, and a prediction. Which parameters are frozen
 * is part of what was recorded: when that changes all is recorded anew.
 */
final class Plans {
  private static final int KEPT = 6;

  private enum Kind { TRAINING, EVALUATION, PREDICTION }

  private record Key(Kind kind, BatchShape shape) {}

  private final Model model;
  private final Loss loss;
  private final PlanSettings settings;
  private final List<Parameter> parameters;
  private final boolean[] trainable;
  private final Map<Key, Recorded> recorded = new LinkedHashMap<>(KEPT, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Recorded> eldest) {
      return size() > KEPT;
    }
  };

  Plans(Model model, Loss loss, PlanSettings settings) {
    this.model = model;
    this.loss = loss;
    this.settings = settings;
    this.parameters = model.parameters();
    this.trainable = new boolean[parameters.size()];
  }

  Recorded training(BatchShape shape) {
    return find(new Key(Kind.TRAINING, shape), () -> Recorded.training(model, loss, shape, settings));
  }

  Recorded evaluation(BatchShape shape) {
    return find(new Key(Kind.EVALUATION, shape), () -> Recorded.evaluation(model, loss, shape, settings));
  }

  Recorded prediction(Shape x) {
    return find(new Key(Kind.PREDICTION, new BatchShape(x, null, false)),
        () -> Recorded.prediction(model, x, settings));
  }

  /** How many are kept now. */
  int size() {
    return recorded.size();
  }

  private Recorded find(Key key, Supplier<Recorded> record) {
    forgetIfFrozenOtherwise();
    Recorded found = recorded.get(key);
    if (found == null) {
      found = record.get();
      recorded.put(key, found);
    }
    return found;
  }

  private void forgetIfFrozenOtherwise() {
    for (int i = 0; i < trainable.length; i++) {
      boolean now = parameters.get(i).trainable();
      if (now != trainable[i]) {
        trainable[i] = now;
        recorded.clear();
      }
    }
  }
}
