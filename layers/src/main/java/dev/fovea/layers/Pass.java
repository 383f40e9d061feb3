package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One run of a model from input to output: whether it trains, where random numbers come from, and what layers propose
 * to change besides what gradients do (batch normalization's running statistics). Belongs to one thread.
 */
public final class Pass {
  private final RandomSource random;
  private final List<Update> updates = new ArrayList<>();
  private Observer observer;

  private Pass(RandomSource random) {
    this.random = random;
  }

  /** A training pass: dropout drops, batch normalization goes by the batch. */
  public static Pass training(RandomSource random) {
    if (random == null) {
      throw new IllegalArgumentException("pass: training expects a random source, got null");
    }
    return new Pass(random);
  }

  /** An inference pass: the same input gives the same output, whatever else is in the batch. */
  public static Pass inference() {
    return new Pass(null);
  }

  /** This pass, from now on telling the observer what each layer of the model computes. */
  public Pass observedBy(Observer observer) {
    this.observer = observer;
    return this;
  }

  /** For models: says that the layer of this name has run, after it has. Layers inside other layers are not told of. */
  public void computed(String name, Object settings, List<Tensor> inputs, Tensor output) {
    if (observer != null) {
      observer.computed(name, settings, inputs, output);
    }
  }

  /** Whether this is a training pass. */
  public boolean isTraining() {
    return random != null;
  }

  /**
   * Where layers draw from.
   *
   * @throws IllegalStateException in an inference pass, which has nothing random
   */
  public RandomSource random() {
    if (random == null) {
      throw new IllegalStateException("pass: inference has no random source; ask isTraining() first");
    }
    return random;
  }

  /**
   * Proposes new values for a parameter that gradients do not change. Whoever trains commits them after a step that
   * came out finite.
   *
   * @throws ShapeException if the proposal has another shape than the parameter
   * @throws IllegalStateException in an inference pass, which changes nothing
   */
  public void update(Parameter parameter, Tensor proposed) {
    if (!isTraining()) {
      throw new IllegalStateException("pass: inference changes nothing, got an update of " + parameter.name());
    }
    if (!proposed.shape().equals(parameter.shape())) {
      throw new ShapeException("update of " + parameter.name() + ": expected " + parameter.shape() + ", got "
          + proposed.shape());
    }
    updates.add(new Update(parameter, proposed));
  }

  /** What has been proposed, in order. */
  public List<Update> updates() {
    return Collections.unmodifiableList(updates);
  }

  /** {@linkplain Update#commit Commits} every proposal. */
  public void commit() {
    updates.forEach(Update::commit);
  }

  /** Sees a model run, layer by layer. */
  @FunctionalInterface
  public interface Observer {
    /**
     * A layer has run.
     *
     * @param name the layer's name in the model
     * @param settings the layer; for a place where several inputs meet, what merges them
     * @param inputs the batches that came in: one, or several where inputs meet
     * @param output the batch that came out; the very input if the layer changes nothing
     */
    void computed(String name, Object settings, List<Tensor> inputs, Tensor output);
  }

  /**
   * A proposal: a parameter and what it should become.
   *
   * @param parameter the parameter
   * @param value its new values; a tensor without data when the pass was recorded for a plan
   */
  public record Update(Parameter parameter, Tensor value) {
    /** Overwrites the parameter with the proposed values. */
    public void commit() {
      System.arraycopy(value.data(), 0, parameter.data(), 0, parameter.shape().size());
    }
  }
}
