package dev.fovea.core.plan;

import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan computes: steps, each behind those it takes from. Passes take one and return another that computes the
 * same.
 *
 * @param inputs the tensors that values come in by
 * @param steps the operations, in order
 * @param loss what is differentiated; {@code null} in inference
 * @param ends the tensors that are read afterwards, the loss among them: no pass may do away with one
 */
record Recording(List<Tensor> inputs, List<Step> steps, Tensor loss, List<Tensor> ends) {
  /**
   * What was recorded behind these tensors.
   *
   * @throws IllegalArgumentException if they depend on a tensor without data that is not among the inputs
   */
  static Recording of(List<Tensor> inputs, Tensor loss, List<Tensor> outputs) {
    List<Tensor> ends = new ArrayList<>(outputs);
    if (loss != null) {
      ends.add(0, loss);
    }
    List<Step> steps = Tape.order(ends.toArray(Tensor[]::new)).stream().map(Step::of).toList();
    Set<Tensor> known = identitySet(inputs);
    for (Step step : steps) {
      for (Tensor input : step.inputs()) {
        if (input.op() == null && !input.hasData() && !known.contains(input)) {
          throw new IllegalArgumentException(
              "plan: " + step.op().name() + " reads " + input + ", which has no data and is not among the inputs");
        }
      }
    }
    return new Recording(List.copyOf(inputs), steps, loss, List.copyOf(ends));
  }

  Recording withSteps(List<Step> other) {
    return new Recording(inputs, List.copyOf(other), loss, ends);
  }

  boolean isTraining() {
    return loss != null;
  }

  boolean isEnd(Tensor tensor) {
    return ends.stream().anyMatch(end -> end == tensor);
  }

  /** The step that computes each tensor. */
  Map<Tensor, Step> producers() {
    Map<Tensor, Step> producers = new IdentityHashMap<>();
    steps.forEach(step -> producers.put(step.output(), step));
    return producers;
  }

  /** The only step that reads what this one computes, or {@code null} if there are several, none or a user who does. */
  Step onlyReader(Step step) {
    Step reader = null;
    for (Step other : steps) {
      if (other.reads(step.output())) {
        if (reader != null) {
          return null;
        }
        reader = other;
      }
    }
    return isEnd(step.output()) ? null : reader;
  }

  /**
   * Which steps take part in the way back: the loss depends on them by inputs that their readers pass a gradient to,
   * and they on something that wants one.
   */
  boolean[] differentiated() {
    boolean[] marks = new boolean[steps.size()];
    Set<Tensor> wanted = identitySet(loss == null ? List.of() : List.of(loss));
    for (int i = marks.length - 1; i >= 0; i--) {
      Step step = steps.get(i);
      marks[i] = wanted.contains(step.output()) && step.output().wantsGrad();
      for (int k = 0; marks[i] && k < step.inputs().length; k++) {
        if (step.op().backwardWrites(k)) {
          wanted.add(step.inputs()[k]);
        }
      }
    }
    return marks;
  }

  private static Set<Tensor> identitySet(List<Tensor> tensors) {
    Set<Tensor> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(tensors);
    return set;
  }
}
