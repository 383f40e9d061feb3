package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Stretches;
import java.util.List;

/**
 * The gradients of several batches, gathered for one update: their mean, each batch counting by the number of its
 * samples, as if all had been one batch. Arrays for the sums are made when there is something to gather.
 */
final class GatheredGradients {
  private static final int STRETCH = 1 << 14;

  private final List<Parameter> parameters;
  private final float[][] sums;
  private final Stretches stretches;
  private int batches;
  private long samples;

  GatheredGradients(List<Parameter> parameters) {
    this.parameters = parameters;
    this.sums = new float[parameters.size()][];
    this.stretches = Stretches.of(STRETCH, parameters.stream().mapToInt(p -> p.shape().size()).toArray());
  }

  /** How many batches have been gathered. */
  int batches() {
    return batches;
  }

  /** Forgets what has been gathered. */
  void clear() {
    batches = 0;
    samples = 0;
  }

  /** Adds the gradients of a batch of this size, and puts the mean so far in their place. */
  void add(int size) {
    boolean first = batches == 0;
    batches++;
    samples += size;
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] == null && counts(i)) {
        sums[i] = new float[parameters.get(i).shape().size()];
      }
    }
    float share = (float) (1.0 / samples);
    stretches.each((i, from, to) -> {
      if (counts(i)) {
        float[] gradient = parameters.get(i).grad();
        float[] sum = sums[i];
        for (int at = from; at < to; at++) {
          float now = gradient[at] * size;
          sum[at] = first ? now : sum[at] + now;
          gradient[at] = sum[at] * share;
        }
      }
    });
  }

  private boolean counts(int i) {
    Parameter parameter = parameters.get(i);
    return parameter.trainable() && parameter.hasGradient();
  }
}
