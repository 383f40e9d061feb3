package dev.fovea.core.plan;

import dev.fovea.core.Op;
import dev.fovea.core.ops.ActivationOp;
import dev.fovea.core.ops.EndsInActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets convolutions and dense layers apply the activation behind them themselves, while their result is in the cache.
 */
final class ActivationFusion {
  private ActivationFusion() {}

  static Recording apply(Recording recording) {
    Map<?, Step> producers = recording.producers();
    List<Step> steps = new ArrayList<>();
    for (Step step : recording.steps()) {
      Step before = step.op() instanceof ActivationOp ? producers.get(step.inputs()[0]) : null;
      Optional<Op> fused = before != null && recording.onlyReader(before) == step
          && before.op() instanceof EndsInActivation product
          ? product.withActivation((ActivationOp) step.op()) : Optional.empty();
      if (fused.isPresent()) {
        steps.remove(before);
        steps.add(new Step(fused.get(), before.inputs(), step.output(), "with " + step.op().name()));
      } else {
        steps.add(step);
      }
    }
    return recording.withSteps(steps);
  }
}
