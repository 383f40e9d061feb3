package dev.fovea.core.plan;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.BlockedConv2DOp;
import dev.fovea.core.ops.BlockedConv2DPairOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs two convolutions of large pictures, one right behind the other, sample by sample as one step: what lies between
 * them takes the largest arrays of all in a network that begins with two, the value for the whole step, the gradient
 * on top of everything else; and both come from memory where a sample's would be in the cache. A first convolution of
 * little work is computed again on the way back instead of being kept.
 *
 * <p>Small values in between stay as they are: they are in the cache anyway, and samples by themselves would be less
 * work than threads are worth.
 */
final class ConvolutionPairs {
  /** What lies in between is to have at least so many bytes: then it is in no cache. */
  private static final long LARGE = 8 << 20;
  /** Computed again is what is at most this part of the second's work: of the whole step that is some 4 %. */
  private static final int CHEAP = 8;
  /** Samples that are computed by themselves on the way forward should be enough for some threads. */
  private static final int ENOUGH_SAMPLES = 8;

  private ConvolutionPairs() {}

  static Recording apply(Recording recording) {
    Map<Tensor, Step> producers = recording.producers();
    List<Step> steps = new ArrayList<>();
    for (Step step : recording.steps()) {
      Step before = step.op() instanceof BlockedConv2DOp ? producers.get(step.inputs()[0]) : null;
      if (before != null && before.op() instanceof BlockedConv2DOp && steps.contains(before)
          && recording.onlyReader(before) == step && pays(recording, before, step)) {
        steps.remove(before);
        steps.add(pair(before, step));
      } else {
        steps.add(step);
      }
    }
    return recording.withSteps(steps);
  }

  private static boolean pays(Recording recording, Step before, Step step) {
    BlockedConv2DOp first = (BlockedConv2DOp) before.op();
    BlockedConv2DOp second = (BlockedConv2DOp) step.op();
    boolean saves = recording.isTraining() ? before.output().wantsGrad() : again(before, step);
    return saves && (long) Float.BYTES * before.output().length() >= LARGE && first.canPairWith(second);
  }

  private static boolean again(Step before, Step step) {
    long first = ((BlockedConv2DOp) before.op()).work();
    long second = ((BlockedConv2DOp) step.op()).work();
    return CHEAP * first <= second && before.output().shape().dim(0) >= ENOUGH_SAMPLES;
  }

  private static Step pair(Step before, Step step) {
    boolean again = again(before, step);
    BlockedConv2DPairOp op = new BlockedConv2DPairOp((BlockedConv2DOp) before.op(), before.inputs().length,
        (BlockedConv2DOp) step.op(), step.inputs().length, again);
    Tensor[] inputs = Stream.concat(Arrays.stream(before.inputs()), Arrays.stream(step.inputs()).skip(1))
        .toArray(Tensor[]::new);
    String reason = "sample by sample, " + (again ? "the first twice" : "the first kept") + ": " + before.reason()
        + "; then " + step.reason();
    if (before.output().label() != null && step.output().label() != null) {
      step.output().label(before.output().label() + " and " + step.output().label());
    }
    return new Step(op, inputs, step.output(), reason);
  }
}
