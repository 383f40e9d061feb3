package dev.fovea.core.plan;

import dev.fovea.core.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Which step of the way back reaches a gradient first. It overwrites, later ones add, so no gradient is ever filled
 * with zeros beforehand; and before it the gradient needs no memory.
 */
final class FirstWriters {
  private final Map<Tensor, Integer> first = new IdentityHashMap<>();

  /** Finds them, given which steps take part. */
  FirstWriters(Recording recording, boolean[] differentiated) {
    for (int i = 0; i < differentiated.length; i++) {
      Step step = recording.steps().get(i);
      for (int k = 0; differentiated[i] && k < step.inputs().length; k++) {
        if (step.op().backwardWrites(k) && step.inputs()[k].wantsGrad()) {
          // The way back runs from the last step to the first, so the last reader comes first.
          first.put(step.inputs()[k], i);
        }
      }
    }
  }

  /** The number of the step that writes this tensor's gradient first; -1 if none does. */
  int of(Tensor tensor) {
    return first.getOrDefault(tensor, -1);
  }
}
