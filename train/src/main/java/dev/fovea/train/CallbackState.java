package dev.fovea.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link Callback} must still know when training that was interrupted goes on: numbers and arrays, each under a
 * name. Does not change; {@link #with} gives another one.
 *
 * @param numbers single values; a flag is 0 or 1
 * @param arrays arrays of floats, such as a copy of weights; neither copied nor written to
 */
public record CallbackState(Map<String, Double> numbers, Map<String, float[]> arrays) {
  private static final CallbackState EMPTY = new CallbackState(Map.of(), Map.of());

  /** Copies the maps, not the arrays. */
  public CallbackState {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }

  /** Nothing: a callback that need not remember. */
  public static CallbackState empty() {
    return EMPTY;
  }

  /** This and a number. */
  public CallbackState with(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(numbers);
    more.put(name, value);
    return new CallbackState(more, arrays);
  }

  /** This and an array. */
  public CallbackState with(String name, float[] values) {
    Map<String, float[]> more = new LinkedHashMap<>(arrays);
    more.put(name, values);
    return new CallbackState(numbers, more);
  }

  /**
   * The number of this name.
   *
   * @throws IllegalArgumentException if there is none: the state is another callback's
   */
  public double number(String name) {
    return present(name, numbers.get(name));
  }

  /**
   * The array of this name.
   *
   * @throws IllegalArgumentException if there is none: the state is another callback's
   */
  public float[] array(String name) {
    return present(name, arrays.get(name));
  }

  /** Whether there is nothing to remember. */
  public boolean isEmpty() {
    return numbers.isEmpty() && arrays.isEmpty();
  }

  private <T> T present(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException("callback state: expected '" + name + "', got numbers " + numbers.keySet()
          + " and arrays " + arrays.keySet());
    }
    return value;
  }
}
