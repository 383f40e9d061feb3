package dev.fovea.core.plan;

import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * From when to when each value and each gradient is needed. Step i of n computes its value at moment i and its inputs'
 * gradients at moment 2n - 1 - i; a value lives until its last reader, forward or back, has run. A
 * {@linkplain Views view} lives in the arrays of what it shows.
 */
final class Lives {
  private final List<Buffers.Life> lives = new ArrayList<>();
  private final int[] value;
  private final int[] gradient;

  Lives(Recording recording, boolean[] differentiated, FirstWriters writers, Views views) {
    int n = recording.steps().size();
    value = new int[n];
    gradient = new int[n];
    int[] lastRead = lastReads(recording, differentiated);
    for (int i = 0; i < n; i++) {
      Tensor output = recording.steps().get(i).output();
      int first = output == recording.loss() ? n : 2 * n - 1 - writers.of(output);
      if (views.is(i)) {
        value[i] = value[views.source(i)];
        gradient[i] = gradient[views.source(i)];
        extend(value[i], i, lastRead[i]);
        if (differentiated[i]) {
          extend(gradient[i], first, 2 * n - 1 - i);
        }
        continue;
      }
      value[i] = lives.size();
      lives.add(new Buffers.Life(output.length(), i, lastRead[i]));
      if (differentiated[i]) {
        gradient[i] = lives.size();
        lives.add(new Buffers.Life(output.length(), first, 2 * n - 1 - i));
      }
    }
  }

  private void extend(int life, int from, int to) {
    Buffers.Life known = lives.get(life);
    lives.set(life, new Buffers.Life(known.size(), Math.min(known.from(), from), Math.max(known.to(), to)));
  }

  private static int[] lastReads(Recording recording, boolean[] differentiated) {
    List<Step> steps = recording.steps();
    int n = steps.size();
    Map<Tensor, Integer> index = new IdentityHashMap<>();
    int[] lastRead = new int[n];
    for (int i = 0; i < n; i++) {
      Step step = steps.get(i);
      index.put(step.output(), i);
      lastRead[i] = differentiated[i] && step.op().backwardReadsOutput() ? 2 * n - 1 - i : i;
      for (int k = 0; k < step.inputs().length; k++) {
        Integer from = index.get(step.inputs()[k]);
        if (from != null) {
          boolean again = differentiated[i] && step.op().backwardReads(k);
          lastRead[from] = Math.max(lastRead[from], again ? 2 * n - 1 - i : i);
        }
      }
    }
    for (Tensor end : recording.ends()) {
      if (index.containsKey(end)) {
        lastRead[index.get(end)] = 2 * n;
      }
    }
    return lastRead;
  }

  /** All of them, as {@link Buffers} takes them. */
  List<Buffers.Life> all() {
    return lives;
  }

  /** Which of {@link #all()} is the value of a step. */
  int value(int step) {
    return value[step];
  }

  /** Which of {@link #all()} is the gradient of a step that takes part in the way back. */
  int gradient(int step) {
    return gradient[step];
  }
}
