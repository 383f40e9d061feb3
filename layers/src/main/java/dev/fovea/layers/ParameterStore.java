package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.ShapeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The parameters of a model by full name. Each is allocated when somebody first asks for it, by any thread; counting
 * and summaries go by the specs and allocate nothing.
 *
 * <p>What a parameter starts as depends on the seed and its full name alone: adding a layer behind changes nothing
 * before it.
 */
final class ParameterStore {
  private final Map<String, ParameterSpec> specs = new LinkedHashMap<>();
  private final Map<String, Parameter> made = new ConcurrentHashMap<>();
  private final Map<String, Boolean> frozen = new ConcurrentHashMap<>();
  private final Function<ParameterSpec, Parameter> maker;

  private ParameterStore(List<ParameterSpec> specs, Function<ParameterSpec, Parameter> maker) {
    for (ParameterSpec spec : specs) {
      if (this.specs.put(spec.name(), spec) != null) {
        throw new IllegalArgumentException("parameters: two of the name " + spec.name());
      }
    }
    this.maker = maker;
  }

  static ParameterStore of(List<ParameterSpec> specs, long seed) {
    return new ParameterStore(specs, spec -> initialize(spec, seed));
  }

  static ParameterStore symbolic(List<ParameterSpec> specs) {
    return new ParameterStore(specs, spec -> Parameter.symbolic(spec.name(), spec.shape(), spec.trainable()));
  }

  /** A store whose values come from elsewhere, such as a file: arrays of the right length, not copied. */
  static ParameterStore over(List<ParameterSpec> specs, Map<String, float[]> values) {
    return new ParameterStore(specs,
        spec -> Parameter.of(spec.name(), spec.shape(), values.get(spec.name()), spec.trainable()));
  }

  private static Parameter initialize(ParameterSpec spec, long seed) {
    if (spec.shape().elements() > Integer.MAX_VALUE) {
      throw new ShapeException(spec.name() + " " + spec.shape() + ": at most 2147483647 values fit one Java array, got "
          + spec.shape().elements());
    }
    float[] values = new float[spec.shape().size()];
    spec.initializer().fill(spec.shape(), values, RandomSource.of(seed, hash(spec.name())));
    return Parameter.of(spec.name(), spec.shape(), values, spec.trainable());
  }

  /** FNV-1a, 64 bits: {@link String#hashCode()} has too few for names to start different random sequences. */
  private static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  boolean has(String name) {
    return specs.containsKey(name);
  }

  /** The parameter of this full name, made now if it was not there; {@code null} if there is none. */
  Parameter find(String name) {
    Parameter parameter = made.get(name);
    if (parameter != null || !specs.containsKey(name)) {
      return parameter;
    }
    synchronized (this) {
      return made.computeIfAbsent(name, key -> {
        Parameter fresh = maker.apply(specs.get(key));
        fresh.freeze(isFrozen(key));
        return fresh;
      });
    }
  }

  /** The names that begin with this prefix, in the order of the specs. */
  List<String> names(String prefix) {
    return specs.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  List<ParameterSpec> specs() {
    return List.copyOf(specs.values());
  }

  boolean isFrozen(String name) {
    return frozen.containsKey(name);
  }

  /** Holds or releases every parameter that begins with this prefix. */
  synchronized void freeze(String prefix, boolean hold) {
    for (String name : names(prefix)) {
      if (hold) {
        frozen.put(name, true);
      } else {
        frozen.remove(name);
      }
      Parameter parameter = made.get(name);
      if (parameter != null) {
        parameter.freeze(hold);
      }
    }
  }

  /** Elements of all parameters, without allocating any. */
  long count() {
    return specs.values().stream().mapToLong(spec -> spec.shape().elements()).sum();
  }

  /** Elements of the parameters that training changes now: trainable and not frozen. */
  long trainableCount() {
    return specs.values().stream().filter(spec -> spec.trainable() && !isFrozen(spec.name()))
        .mapToLong(spec -> spec.shape().elements()).sum();
  }

  /** How many parameters have been allocated so far. */
  int allocated() {
    return made.size();
  }
}
