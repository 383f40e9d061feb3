package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Stretches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An exponential moving average of a model's weights, which often predicts better than the weights that training has
 * just left (Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992):
 *
 * <pre>
 * average = weights                                          after the first step
 * average = average + (1 - decay) * (weights - average)      after every other
 * </pre>
 *
 * <p>The convention is that of PyTorch and Keras, who start with the weights after the first step; running statistics
 * are averaged like weights. The model itself holds the weights that are trained; the averaged ones take their place
 * {@linkplain #during for a while} or {@linkplain #adopt for good}.
 *
 * <pre>{@code
 * trainer.average().get().during(() -> model.save(Path.of("averaged.json")));
 * }</pre>
 *
 * <p>Belongs to the thread that trains.
 */
public final class WeightAverage {
  private static final int STRETCH = 1 << 14;

  private final List<Parameter> parameters;
  private final double decay;
  private final Stretches stretches;
  /** In the order of the parameters; {@code null} before the first step. */
  private float[][] values;
  /** Whether a step has been taken whose weights are not in the average as yet. */
  private boolean due;
  /** How many times over the averaged weights are in use. */
  private int uses;

  WeightAverage(List<Parameter> parameters, double decay) {
    this.parameters = parameters;
    this.decay = decay;
    this.stretches = Stretches.of(STRETCH, parameters.stream().mapToInt(p -> p.shape().size()).toArray());
  }

  /** Refuses what is no decay. */
  static double requireDecay(double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("average: decay must be at least 0 and below 1, got " + decay);
    }
    return decay;
  }

  /** What an action throws. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    /** Does it. */
    void run() throws E;
  }

  /** The share of the average that is kept at each step. */
  public double decay() {
    return decay;
  }

  /**
   * Does something while the model holds the averaged weights (before the first step, its own), as evaluating or saving
   * it; after that the model holds those that are trained again. No step can be taken meanwhile.
   */
  public <E extends Exception> void during(Action<E> action) throws E {
    enter();
    try {
      action.run();
    } finally {
      leave();
    }
  }

  <T> T use(Supplier<T> action) {
    enter();
    try {
      return action.get();
    } finally {
      leave();
    }
  }

  /** Gives the model the averaged weights for good: what was trained last is forgotten. */
  public void adopt() {
    requireUnused("adopt");
    settle();
    for (int i = 0; values != null && i < values.length; i++) {
      parameters.get(i).set(values[i]);
    }
  }

  /**
   * The averaged weights by the parameters' names; none before the first step. They are those in use, not copies: to be
   * read between steps, as for a checkpoint.
   */
  public Map<String, float[]> arrays() {
    requireUnused("arrays");
    settle();
    Map<String, float[]> arrays = new LinkedHashMap<>();
    for (int i = 0; values != null && i < values.length; i++) {
      arrays.put(parameters.get(i).name(), values[i]);
    }
    return Collections.unmodifiableMap(arrays);
  }

  /** Copies of the {@link #arrays()}. */
  Map<String, float[]> copies() {
    Map<String, float[]> copies = new LinkedHashMap<>();
    arrays().forEach((name, average) -> copies.put(name, average.clone()));
    return copies;
  }

  /**
   * Goes on where another average stood when it gave these {@link #arrays()}, which are copied; with none, as before
   * the first step.
   *
   * @throws IllegalArgumentException if they do not fit these parameters; everything that is wrong is listed, and
   *     nothing has changed
   */
  public void restore(Map<String, float[]> arrays) {
    requireUnused("restore");
    List<String> wrong = new ArrayList<>();
    List<String> known = parameters.stream().map(Parameter::name).toList();
    for (Parameter parameter : parameters) {
      float[] kept = arrays.get(parameter.name());
      int size = parameter.shape().size();
      if (kept == null && !arrays.isEmpty()) {
        wrong.add(parameter.name() + " is missing");
      } else if (kept != null && kept.length != size) {
        wrong.add(parameter.name() + " must have " + size + " values, got " + kept.length);
      }
    }
    arrays.keySet().stream().filter(name -> !known.contains(name))
        .forEach(name -> wrong.add(name + " is no parameter here"));
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("average: what was kept does not fit: " + String.join("; ", wrong));
    }
    due = false;
    values = arrays.isEmpty() ? null
        : known.stream().map(name -> arrays.get(name).clone()).toArray(float[][]::new);
  }

  /** Says that a step has been taken. Its weights are averaged once they are known to give a finite loss. */
  void stepTaken() {
    due = true;
  }

  /** Averages the weights of the last step, if they are not in the average as yet. */
  void settle() {
    if (!due || uses > 0) {
      return;
    }
    due = false;
    if (values == null) {
      values = parameters.stream().map(Parameter::toArray).toArray(float[][]::new);
      return;
    }
    float take = (float) (1 - decay);
    stretches.each((i, from, to) -> {
      float[] average = values[i];
      float[] weight = parameters.get(i).data();
      for (int at = from; at < to; at++) {
        average[at] += take * (weight[at] - average[at]);
      }
    });
  }

  /**
   * Says that the weights of the last step were ruinous and that the model has those before it. If someone has looked
   * at the average since, they are in it, and it starts anew.
   */
  void stepTakenBack() {
    if (!due) {
      values = null;
    }
    due = false;
  }

  /** Refuses a step while the averaged weights are in use. */
  void requireUnused(String where) {
    if (uses > 0) {
      throw new IllegalStateException(where + ": expected the weights that are trained, got the averaged ones in their"
          + " place; wait until average.during(...) is over");
    }
  }

  private void enter() {
    settle();
    if (uses++ == 0) {
      swap();
    }
  }

  private void leave() {
    if (--uses == 0) {
      swap();
    }
  }

  private void swap() {
    if (values == null) {
      return;
    }
    stretches.each((i, from, to) -> {
      float[] average = values[i];
      float[] weight = parameters.get(i).data();
      for (int at = from; at < to; at++) {
        float kept = weight[at];
        weight[at] = average[at];
        average[at] = kept;
      }
    });
  }
}
