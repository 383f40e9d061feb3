package dev.fovea.data.augment;

import dev.fovea.core.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** One of several mixtures. */
record OneMixing(List<Mixing> mixings) implements Mixing {
  OneMixing {
    mixings = List.copyOf(mixings);
    if (mixings.isEmpty()) {
      throw new IllegalArgumentException("mixing: expected at least one to choose from, got none");
    }
  }

  @Override
  public void apply(Pair pair) {
    mixings.get(pair.random().below(mixings.size())).apply(pair);
  }

  @Override
  public void requireFits(Shape sample) {
    mixings.forEach(mixing -> mixing.requireFits(sample));
  }

  @Override
  public String toString() {
    return mixings.stream().map(Mixing::toString).collect(Collectors.joining(", ", "Mixing.oneOf(", ")"));
  }
}
