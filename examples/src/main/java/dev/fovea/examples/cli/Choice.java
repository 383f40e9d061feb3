package dev.fovea.examples.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of several things by the name that it prints as. */
final class Choice {
  private Choice() {}

  /**
   * The one of this name, in capitals or not.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  static <T> T among(T[] values, String name) {
    return Stream.of(values).filter(value -> value.toString().equalsIgnoreCase(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("expected one of "
            + Arrays.stream(values).map(Object::toString).collect(Collectors.joining(", ")) + ", got '" + name + "'"));
  }
}
