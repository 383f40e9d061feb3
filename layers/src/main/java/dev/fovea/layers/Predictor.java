package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.plan.Plan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a model's inference by plans. A plan belongs to one thread at a time: each call takes an idle one for its
 * batch's shape, or records another, and gives it back. Plans read the parameters' arrays whenever they run, so a
 * change of parameters needs no new plan.
 */
final class Predictor {
  /** Batch shapes that are remembered; the one longest unused goes first. */
  private static final int SHAPES = 4;
  /** Idle plans kept for a shape: more threads than that at once record plans that are dropped again. */
  private static final int IDLE = 4;

  private final Model model;
  private final Map<Shape, Deque<Recorded>> idle = new LinkedHashMap<>(16, 0.75f, true);

  Predictor(Model model) {
    this.model = model;
  }

  /** The output for a batch, in an array of its own. */
  Tensor run(Tensor batch) {
    Recorded recorded = take(batch.shape());
    Tensor output = recorded.run(batch);
    giveBack(batch.shape(), recorded);
    return output;
  }

  private Recorded take(Shape shape) {
    synchronized (idle) {
      Deque<Recorded> ready = idle.get(shape);
      if (ready != null && !ready.isEmpty()) {
        return ready.pop();
      }
    }
    return new Recorded(model, shape);
  }

  private void giveBack(Shape shape, Recorded recorded) {
    synchronized (idle) {
      Deque<Recorded> ready = idle.computeIfAbsent(shape, key -> new ArrayDeque<>());
      if (ready.size() < IDLE) {
        ready.push(recorded);
      }
      Iterator<Shape> oldest = idle.keySet().iterator();
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

  /** A model's inference for one batch shape. */
  private static final class Recorded {
    private final Tensor input;
    private final Tensor output;
    private final Plan plan;

    private Recorded(Model model, Shape batch) {
      input = Tensor.symbolic(batch);
      output = model.forward(input, Pass.inference());
      plan = Plan.inference(input, output);
    }

    private Tensor run(Tensor batch) {
      plan.forward(batch);
      float[] values = output.toArray();
      input.bind(null);
      return Tensor.wrap(output.shape(), values);
    }
  }
}
