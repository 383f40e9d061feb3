package dev.fovea.core.plan;

import dev.fovea.core.ops.BatchNormalizationOp;
import dev.fovea.core.ops.MomentsOp;
import java.util.List;
import java.util.Map;

/**
 * Where a batch normalization goes by the moments of its own input it passes the gradient through them itself: two
 * passes over memory on the way back instead of four.
 */
final class MomentsFusion {
  private MomentsFusion() {}

  static Recording apply(Recording recording) {
    Map<?, Step> producers = recording.producers();
    List<Step> steps = recording.steps().stream().map(step -> {
      Step moments = step.op() instanceof BatchNormalizationOp ? producers.get(step.inputs()[1]) : null;
      boolean own = moments != null && moments.op() instanceof MomentsOp && moments.inputs()[0] == step.inputs()[0];
      return own ? new Step(((BatchNormalizationOp) step.op()).withOwnMoments(), step.inputs(), step.output(),
          "gradient through its own moments") : step;
    }).toList();
    return recording.withSteps(steps);
  }
}
