package dev.fovea.core.plan;

import dev.fovea.core.Shape;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.BatchNormalizationOp;
import dev.fovea.core.ops.Conv2DOp;
import dev.fovea.core.ops.Ops;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * In inference a batch normalization is one multiplication and one addition a channel: y = f x + s with f = weight /
 * deviation, s = bias - mean f. It is folded into the convolution before it (f W, f b + s) or, where no padding comes
 * in between, into the one behind it (f W by input channel, b + sum of W s). The folded weights are computed anew at
 * each run, from whatever the parameters then hold.
 */
final class BatchNormalizationFolding {
  private final Recording recording;
  private final List<Step> steps;

  private BatchNormalizationFolding(Recording recording) {
    this.recording = recording;
    this.steps = new ArrayList<>(recording.steps());
  }

  static Recording apply(Recording recording) {
    if (recording.isTraining()) {
      return recording;
    }
    BatchNormalizationFolding folding = new BatchNormalizationFolding(recording);
    for (Step step : recording.steps()) {
      if (step.op() instanceof BatchNormalizationOp && folding.steps.contains(step)) {
        folding.fold(step);
      }
    }
    return recording.withSteps(folding.steps);
  }

  private void fold(Step normalization) {
    Recording now = recording.withSteps(steps);
    Step before = now.producers().get(normalization.inputs()[0]);
    Step behind = now.onlyReader(normalization);
    if (before != null && before.op() instanceof Conv2DOp conv && !conv.endsInActivation()
        && now.onlyReader(before) == normalization) {
      into(before, normalization, normalization.output(), before.inputs()[0], scaledFilters(before, normalization),
          scaledBias(before, normalization));
    } else if (behind != null && behind.op() instanceof Conv2DOp conv && behind.inputs()[0] == normalization.output()
        && conv.groups() == 1 && !conv.pads(normalization.output().shape())) {
      into(behind, normalization, behind.output(), normalization.inputs()[0], scaledChannels(behind, normalization),
          biasOfShift(behind, normalization));
    }
  }

  /** Puts a convolution of the folded weights in the place of the later one of the two. */
  private void into(Step convolution, Step normalization, Tensor output, Tensor x, Tensor weight, Tensor bias) {
    Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
    steps.forEach(step -> known.add(step.output()));
    List<Step> added = new ArrayList<>();
    for (Tensor tensor : Tape.order(weight, bias)) {
      if (!known.contains(tensor)) {
        added.add(Step.of(tensor, output.label(), "folds " + normalization.place()));
      }
    }
    added.add(new Step(convolution.op(), new Tensor[] {x, weight, bias}, output, "with " + normalization.place()));
    int later = Math.max(steps.indexOf(convolution), steps.indexOf(normalization));
    steps.addAll(later, added);
    steps.remove(convolution);
    steps.remove(normalization);
  }

  private static Tensor scaledFilters(Step convolution, Step normalization) {
    Tensor weight = convolution.inputs()[1];
    int filters = weight.shape().dim(0);
    return reshape(scale(reshape(weight, Shape.of(1, filters, weight.shape().size() / filters)), normalization),
        weight.shape());
  }

  private static Tensor scaledBias(Step convolution, Step normalization) {
    int filters = convolution.inputs()[1].shape().dim(0);
    Tensor bias = convolution.inputs().length == 3 ? convolution.inputs()[2] : Tensor.zeros(Shape.of(filters));
    return reshape(normalize(reshape(bias, Shape.of(1, filters)), normalization), Shape.of(filters));
  }

  private static Tensor scaledChannels(Step convolution, Step normalization) {
    return scale(convolution.inputs()[1], normalization);
  }

  private static Tensor biasOfShift(Step convolution, Step normalization) {
    Tensor weight = convolution.inputs()[1];
    int channels = weight.shape().dim(1);
    Tensor shift = reshape(normalize(Tensor.zeros(Shape.of(1, channels)), normalization), Shape.of(1, channels, 1, 1));
    Tensor sum = Ops.sum(Ops.multiply(weight, shift), 1, 2, 3);
    return convolution.inputs().length == 3 ? Ops.add(convolution.inputs()[2], sum) : sum;
  }

  /** The normalization of something else that has its channels on axis 1. */
  private static Tensor normalize(Tensor x, Step normalization) {
    Tensor[] in = normalization.inputs();
    return Ops.batchNormalization(x, in[1], in[2], in[3], epsilon(normalization));
  }

  /** Its factor alone: as if mean and bias were 0. */
  private static Tensor scale(Tensor x, Step normalization) {
    Tensor[] in = normalization.inputs();
    Tensor centered = Ops.multiply(in[1], Tensor.of(Shape.of(2, 1), 0f, 1f));
    return Ops.batchNormalization(x, centered, in[2], Tensor.zeros(in[3].shape()), epsilon(normalization));
  }

  private static double epsilon(Step normalization) {
    return ((BatchNormalizationOp) normalization.op()).epsilon();
  }

  private static Tensor reshape(Tensor x, Shape shape) {
    return Ops.reshape(x, shape.toArray());
  }
}
