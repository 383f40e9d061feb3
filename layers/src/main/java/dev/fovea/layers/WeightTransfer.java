package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What came of {@linkplain Model#loadWeights loading weights by name}: what was taken, what was left as it was and why,
 * and what of the source found no use. Prints as a list for people.
 *
 * @param taken the parameters of the model that now hold the source's values, in the model's order
 * @param left the parameters of the model that are as they were, in its order, each with the reason
 * @param unused the parameters of the source whose names the model does not have, in the source's order
 */
public record WeightTransfer(List<String> taken, Map<String, String> left, List<String> unused) {
  /** Copies what it is given. */
  public WeightTransfer {
    taken = List.copyOf(taken);
    left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
    unused = List.copyOf(unused);
  }

  /** Takes all that fits; the model is left alone if that is nothing. */
  static WeightTransfer lenient(Model source, Model target, Predicate<String> wanted) {
    Settings.present("load weights", "a choice of names", wanted);
    WeightTransfer transfer = between(source, target, wanted);
    if (transfer.taken.isEmpty()) {
      throw new IllegalArgumentException(
          "load weights: expected at least one that fits, got none:" + transfer.faults());
    }
    transfer.copy(source, target);
    return transfer;
  }

  /** Takes all there is, or nothing. */
  static void strict(Model source, Model target) {
    WeightTransfer transfer = between(source, target, name -> true);
    if (!transfer.left.isEmpty() || !transfer.unused.isEmpty()) {
      throw new IllegalArgumentException("load weights: expected the same parameters in both models, got others; "
          + "loadWeights takes those that fit:" + transfer.faults());
    }
    transfer.copy(source, target);
  }

  private static WeightTransfer between(Model source, Model target, Predicate<String> wanted) {
    Settings.present("load weights", "a model to take them from", source);
    Map<String, Shape> offered = new LinkedHashMap<>();
    source.specs().forEach(spec -> offered.put(spec.name(), spec.shape()));
    List<String> taken = new ArrayList<>();
    Map<String, String> left = new LinkedHashMap<>();
    for (ParameterSpec spec : target.specs()) {
      Shape got = offered.remove(spec.name());
      if (!wanted.test(spec.name())) {
        left.put(spec.name(), "not asked for");
      } else if (got == null) {
        left.put(spec.name(), "the source has none of this name");
      } else if (!got.equals(spec.shape())) {
        left.put(spec.name(), "expected " + spec.shape() + ", the source has " + got);
      } else {
        taken.add(spec.name());
      }
    }
    return new WeightTransfer(taken, left, List.copyOf(offered.keySet()));
  }

  private void copy(Model source, Model target) {
    for (String name : taken) {
      Parameter to = target.parameter(name);
      System.arraycopy(source.parameter(name).data(), 0, to.data(), 0, to.shape().size());
    }
  }

  /** A line for each parameter that was not taken. */
  private String faults() {
    StringBuilder text = new StringBuilder();
    left.forEach((name, reason) -> text.append("\n  ").append(name).append(": ").append(reason));
    unused.forEach(name -> text.append("\n  ").append(name).append(": the source's alone"));
    return text.toString();
  }

  @Override
  public String toString() {
    return "taken: " + taken.size() + " of " + (taken.size() + left.size()) + " parameters" + faults();
  }
}
