package dev.fovea.optim;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Stretches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An optimizer at work on a model's parameters: the step count, and the arrays that are kept for each parameter.
 *
 * <pre>{@code
 * OptimizerState state = OptimizerState.of(Adam.of(1e-3), parameters);
 * loss.backward();
 * state.step();
 * }</pre>
 *
 * <p>A parameter's arrays are made at its first update, zeros; a frozen base costs no memory. Each parameter counts
 * its own updates, as in PyTorch: one that is unfrozen late starts with the bias corrections of a first update. The
 * learning rate goes by the steps of the whole.
 *
 * <p>Steps belong to one thread; inside, a step uses all of them, and the result is the same for any number.
 */
public final class OptimizerState {
  /** Elements a thread takes at a time: few enough that they stay in its cache while an observer looks at them. */
  private static final int STRETCH = 1 << 13;
  private static final Observer NOBODY = new Observer() { };

  private final Optimizer optimizer;
  private final Map<String, Slots> slots = new LinkedHashMap<>();
  private final Slots[] all;
  private final Stretches stretches;
  private long steps;
  private double rateFactor = 1;

  private OptimizerState(Optimizer optimizer, List<Parameter> parameters) {
    this.optimizer = optimizer;
    for (Parameter parameter : parameters) {
      if (slots.put(parameter.name(), new Slots(parameter)) != null) {
        throw new IllegalArgumentException(
            "optimizer state: the parameters' names must differ, got " + parameter.name() + " twice");
      }
    }
    this.all = slots.values().toArray(Slots[]::new);
    this.stretches =
        Stretches.of(STRETCH, parameters.stream().mapToInt(parameter -> parameter.shape().size()).toArray());
  }

  /**
   * A state before the first step.
   *
   * @throws IllegalArgumentException if two parameters have the same name
   */
  public static OptimizerState of(Optimizer optimizer, List<Parameter> parameters) {
    return new OptimizerState(optimizer, parameters);
  }

  /** The settings and the formula. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** How many steps have been taken. */
  public long steps() {
    return steps;
  }

  /** The learning rate of the next step: the schedule's, times the {@linkplain #rateFactor() factor}. */
  public double rate() {
    return optimizer.schedule().at(steps) * rateFactor;
  }

  /** What the schedule's rates are multiplied by; 1 unless set. */
  public double rateFactor() {
    return rateFactor;
  }

  /**
   * Multiplies all of the schedule's rates from now on: for those who lower the rate by what training shows. It is no
   * part of what {@link #restore} brings back.
   *
   * @throws IllegalArgumentException if the factor is below 0 or not finite
   */
  public void rateFactor(double factor) {
    Settings.atLeastZero("optimizer state", "rateFactor", factor);
    rateFactor = factor;
  }

  /**
   * Updates every trainable parameter that has a gradient. The others, frozen ones among them, keep their values and
   * their state. Gradients stay as they are.
   */
  public void step() {
    step(NOBODY);
  }

  /** The same, shown to an observer in the same pass over memory. */
  public void step(Observer observer) {
    double rate = rate();
    for (Slots each : all) {
      each.begin(rate);
    }
    stretches.each((parameter, from, to) -> {
      observer.before(parameter, from, to);
      all[parameter].update(from, to);
      observer.after(parameter, from, to);
    });
    steps++;
  }

  /**
   * Sees a step pass over all parameters, frozen ones among them, a stretch at a time: the elements {@code from}
   * (inclusive) to {@code to} (exclusive) of one parameter, by its place in the list the state was made of. Several
   * threads call at once, each for other elements.
   */
  public interface Observer {
    /** These elements are about to be updated, if they are at all. */
    default void before(int parameter, int from, int to) {}

    /** These elements are as the step leaves them. */
    default void after(int parameter, int from, int to) {}
  }

  /** How often each parameter has been updated, by its name; those that never were are left out. */
  public Map<String, Long> updates() {
    Map<String, Long> updates = new LinkedHashMap<>();
    slots.forEach((name, each) -> {
      if (each.updates > 0) {
        updates.put(name, each.updates);
      }
    });
    return Collections.unmodifiableMap(updates);
  }

  /**
   * The arrays, named {@code conv2d.weight/0}, {@code conv2d.weight/1} and so on, for every parameter that has been
   * updated. They are those in use, not copies: to be read between steps, as for a checkpoint.
   */
  public Map<String, float[]> arrays() {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    slots.forEach((name, each) -> {
      for (int i = 0; i < each.arrays.length; i++) {
        arrays.put(name + "/" + i, each.arrays[i]);
      }
    });
    return Collections.unmodifiableMap(arrays);
  }

  /**
   * Goes on where another state stood when it gave these values, which are copied; parameters without updates start
   * anew. To continue bit for bit the optimizer must have the same settings and the parameters the same values.
   *
   * @param steps what {@link #steps()} said
   * @param updates what {@link #updates()} said
   * @param arrays what {@link #arrays()} said
   * @throws IllegalArgumentException if they do not fit this optimizer and these parameters; everything that is wrong
   *     is listed, and nothing has changed
   */
  public void restore(long steps, Map<String, Long> updates, Map<String, float[]> arrays) {
    List<String> wrong = new ArrayList<>();
    if (steps < 0) {
      wrong.add("steps must be at least 0, got " + steps);
    }
    Set<String> known = new HashSet<>();
    slots.forEach((name, each) -> {
      Long count = updates.get(name);
      if (count != null) {
        each.check(count, steps, arrays, known, wrong);
      }
    });
    updates.keySet().stream().filter(name -> !slots.containsKey(name))
        .forEach(name -> wrong.add(name + " is no parameter here"));
    arrays.keySet().stream().filter(name -> !known.contains(name))
        .forEach(name -> wrong.add(name + " belongs to no updated parameter"));
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "optimizer state: what was kept does not fit " + optimizer + ": " + String.join("; ", wrong));
    }
    this.steps = steps;
    slots.forEach((name, each) -> each.restore(updates.getOrDefault(name, 0L), arrays));
  }

  /** One parameter, how often it was updated, and its arrays (none before the first update). */
  private final class Slots {
    private final Parameter parameter;
    private float[][] arrays = {};
    private long updates;
    /** What the step under way goes by; {@code null} if it leaves the parameter as it is. */
    private float[] gradient;
    private double rate;

    private Slots(Parameter parameter) {
      this.parameter = parameter;
    }

    /** Counts an update and makes room for it, if there is a gradient to update by. */
    private void begin(double rate) {
      gradient = parameter.trainable() && parameter.hasGradient() ? parameter.grad() : null;
      if (gradient != null) {
        if (updates == 0) {
          arrays = new float[optimizer.slots()][parameter.shape().size()];
        }
        updates++;
        this.rate = optimizer instanceof LayerwiseOptimizer layerwise ? rate * trust(layerwise) : rate;
      }
    }

    /** What the whole of the parameter makes of the rate. */
    private double trust(LayerwiseOptimizer layerwise) {
      float[] weight = parameter.data();
      Stretches alone = Stretches.of(STRETCH, parameter.shape().size());
      double direction = alone.sum(
          (only, from, to) -> layerwise.prepare(updates, from, to, weight, gradient, arrays));
      Kernels kernels = Kernels.get();
      double weights = alone.sum((only, from, to) -> kernels.sumOfSquares(to - from, weight, from));
      return layerwise.trust(Math.sqrt(weights), Math.sqrt(direction));
    }

    private void update(int from, int to) {
      if (gradient != null) {
        optimizer.update(updates, rate, from, to, parameter.data(), gradient, arrays);
      }
    }

    private void check(long count, long steps, Map<String, float[]> kept, Set<String> known, List<String> wrong) {
      String name = parameter.name();
      if (count < 1 || count > steps) {
        wrong.add(name + " must have 1 to " + steps + " updates, got " + count);
      }
      int size = parameter.shape().size();
      for (int i = 0; i < optimizer.slots(); i++) {
        known.add(name + "/" + i);
        float[] values = kept.get(name + "/" + i);
        if (values == null) {
          wrong.add(name + "/" + i + " is missing");
        } else if (values.length != size) {
          wrong.add(name + "/" + i + " must have " + size + " values, got " + values.length);
        }
      }
    }

    private void restore(long count, Map<String, float[]> kept) {
      updates = count;
      arrays = new float[count == 0 ? 0 : optimizer.slots()][];
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = kept.get(parameter.name() + "/" + i).clone();
      }
    }
  }
}
