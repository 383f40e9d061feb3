package dev.fovea.data.augment;

import dev.fovea.core.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** Augmentations one after the other. */
record Sequence(List<Augmentation> steps) implements Augmentation {
  Sequence {
    steps = List.copyOf(steps);
  }

  @Override
  public void apply(Picture picture) {
    // By index: an iterator for each picture would be garbage.
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).apply(picture);
    }
  }

  @Override
  public void requireFits(Shape sample) {
    Augmentation.super.requireFits(sample);
    steps.forEach(step -> step.requireFits(sample));
  }

  @Override
  public String toString() {
    return steps.stream().map(Augmentation::toString).collect(Collectors.joining(", ", "Augmentation.of(", ")"));
  }
}
