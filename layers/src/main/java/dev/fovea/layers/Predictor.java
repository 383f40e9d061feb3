package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.plan.Plan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a model's inference by plans. A plan belongs to one thread at a time: each call takes an idle one for its
 * batches' shapes, or records another, and gives it back. Plans read the parameters' arrays whenever they run, so a
 * change of parameters needs no new plan.
 */
final class Predictor {
  /** Batch shapes that are remembered; the one longest unused goes first. */
  private static final int SHAPES = 4;
  /** Idle plans kept for a shape: more threads than that at once record plans that are dropped again. */
  private static final int IDLE = 4;

  private final NetworkModel model;
  private final Map<List<Shape>, Deque<Recorded>> idle = new LinkedHashMap<>(16, 0.75f, true);

  Predictor(NetworkModel model) {
    this.model = model;
  }

  /** The output for a batch for each input, in an array of its own. */
  Tensor run(List<Tensor> batches) {
    List<Shape> shapes = batches.stream().map(Tensor::shape).toList();
    Recorded recorded = take(shapes);
    Tensor output = recorded.run(batches);
    giveBack(shapes, recorded);
    return output;
  }

  private Recorded take(List<Shape> shapes) {
    synchronized (idle) {
      Deque<Recorded> ready = idle.get(shapes);
      if (ready != null && !ready.isEmpty()) {
        return ready.pop();
      }
    }
    return new Recorded(model, shapes);
  }

  private void giveBack(List<Shape> shapes, Recorded recorded) {
    synchronized (idle) {
      Deque<Recorded> ready = idle.computeIfAbsent(shapes, key -> new ArrayDeque<>());
      if (ready.size() < IDLE) {
        ready.push(recorded);
      }
      Iterator<List<Shape>> oldest = idle.keySet().iterator();
      while (idle.size() > SHAPES) {
        oldest.next();
        oldest.remove();
      }
    }
  }

  /** How many plans wait, for all shapes together. */
  int waiting() {
    synchronized (idle) {
      return idle.values().stream().mapToInt(Deque::size).sum();
    }
  }

  /** A model's inference for batches of certain shapes. */
  private static final class Recorded {
    private final List<Tensor> inputs;
    private final Tensor output;
    private final Plan plan;

    private Recorded(NetworkModel model, List<Shape> batches) {
      inputs = batches.stream().map(Tensor::symbolic).toList();
      output = model.forward(inputs, Pass.inference());
      plan = Plan.inference(inputs, output);
    }

    private Tensor run(List<Tensor> batches) {
      plan.forward(batches.toArray(Tensor[]::new));
      float[] values = output.toArray();
      inputs.forEach(input -> input.bind(null));
      return Tensor.wrap(output.shape(), values);
    }
  }
}
