package dev.fovea.core.plan;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.List;

/** What the tests of the passes have in common. */
final class Graphs {
  private Graphs() {}

  /** Fixed random values, near 0.5 and away from 0. */
  static Parameter parameter(String name, long seed, int... lengths) {
    float[] values = values(seed, lengths);
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5f + 0.25f * values[i];
    }
    return Parameter.of(name, Shape.of(lengths), values, true);
  }

  static Tensor normal(long seed, int... lengths) {
    return Tensor.of(Shape.of(lengths), values(seed, lengths));
  }

  private static float[] values(long seed, int... lengths) {
    return Tensor.normal(Shape.of(lengths), new RandomSource(seed)).toArray();
  }

  /** The operations of a recording by name, in order. */
  static List<String> names(Recording recording) {
    return recording.steps().stream().map(step -> step.op().name()).toList();
  }
}
