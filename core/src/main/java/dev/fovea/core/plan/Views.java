package dev.fovea.core.plan;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Tensor;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Which steps copy nothing: their output holds the values of their input in the same order (flatten, reshape), so both
 * can lie in one array, and their gradients in another. That takes an input that is computed here and that nobody else
 * reads, or gradients would have to be added up.
 */
final class Views {
  private final int[] source;

  Views(Recording recording) {
    Map<Tensor, Integer> index = new IdentityHashMap<>();
    source = new int[recording.steps().size()];
    Arrays.fill(source, -1);
    for (int i = 0; i < source.length; i++) {
      Step step = recording.steps().get(i);
      index.put(step.output(), i);
      if (step.op().isView() && index.containsKey(step.inputs()[0]) && isPlain(step) && isOnlyReader(recording, step)) {
        source[i] = index.get(step.inputs()[0]);
      }
    }
  }

  private static boolean isPlain(Step step) {
    return step.inputs()[0].format() == MemoryFormat.PLAIN && step.output().format() == MemoryFormat.PLAIN;
  }

  private static boolean isOnlyReader(Recording recording, Step step) {
    return recording.steps().stream().filter(other -> other.reads(step.inputs()[0])).count() == 1;
  }

  /** Whether a step is a view. */
  boolean is(int step) {
    return source[step] >= 0;
  }

  /** The step whose output a view shows. */
  int source(int step) {
    return source[step];
  }
}
