package dev.fovea.core.plan;

import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.conv.Halving;
import dev.fovea.core.kernels.conv.choice.ConvChoice;
import dev.fovea.core.ops.BlockedConv2DOp;
import dev.fovea.core.ops.Conv2DOp;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets every convolution run on blocks of channels by the algorithm that suits its shape, and take pooling 2x2 behind
 * it along.
 */
final class Convolutions {
  private Convolutions() {}

  static Recording apply(Recording recording, ConvChoice wish) {
    List<Step> steps = new ArrayList<>();
    List<Step> taken = new ArrayList<>();
    for (Step step : recording.steps()) {
      if (step.op() instanceof Conv2DOp convolution) {
        Step pooling = recording.onlyReader(step);
        Halving halving =
            pooling == null ? Halving.NONE : BlockedConv2DOp.halving(convolution, pooling.op());
        boolean pooled = halving != Halving.NONE;
        steps.add(blocked(recording, step, convolution, wish, halving, pooled ? pooling : null));
        if (pooled) {
          taken.add(pooling);
        }
      } else if (!taken.contains(step)) {
        steps.add(step);
      }
    }
    return recording.withSteps(steps);
  }

  private static Step blocked(Recording recording, Step step, Conv2DOp convolution, ConvChoice wish,
      Halving halving, Step pooling) {
    Tensor x = step.inputs()[0];
    boolean picture = recording.inputs().stream().anyMatch(input -> input == x) && !x.wantsGrad();
    boolean training = recording.isTraining() && step.output().wantsGrad();
    BlockedConv2DOp op = new BlockedConv2DOp(
        convolution, x.shape(), step.inputs()[1].shape(), wish, picture, halving, training);
    String reason = (step.reason().isEmpty() ? "" : step.reason() + (pooling == null ? "; " : " "))
        + (pooling == null ? "" : "and " + pooling.op().name() + "; ") + op.describe();
    return new Step(op, step.inputs(), pooling == null ? step.output() : pooling.output(), reason);
  }
}
