package dev.fovea.layers;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Runs a model's inference by plans. A plan belongs to one thread at a time: each call takes an idle one for its
 * batches' shapes, or records another, and gives it back. Plans read the parameters' arrays whenever they run, so a
 * change of parameters needs no new plan.
 *
 * <p>A call makes nothing but its result: one prediction is a matter of microseconds.
 */
final class Predictor {
  /** Batch shapes that are remembered; the one longest unused goes first. */
  private static final int SHAPES = 4;
  /** Idle plans kept for a shape: with more threads than that at once, some record plans that are dropped again. */
  private static final int IDLE = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  private final NetworkModel model;
  /** In the order of their last use; guarded by itself. */
  private final List<Shelf> shelves = new ArrayList<>();

  Predictor(NetworkModel model) {
    this.model = model;
  }

  /** The output for a batch for each input or for a sample for each, in an array of its own. */
  Tensor run(List<Tensor> inputs, boolean batched) {
    Recorded recorded = take(inputs, batched);
    Tensor output = recorded.run(inputs, batched);
    giveBack(recorded);
    return output;
  }

  private Recorded take(List<Tensor> inputs, boolean batched) {
    synchronized (shelves) {
      for (int i = shelves.size() - 1; i >= 0; i--) {
        Shelf shelf = shelves.get(i);
        if (shelf.holds(inputs, batched)) {
          if (shelf.idle.isEmpty()) {
            break;
          }
          return shelf.idle.pop();
        }
      }
    }
    return new Recorded(model,
        inputs.stream().map(input -> batched ? input.shape() : input.shape().prepend(1)).toList());
  }

  private void giveBack(Recorded recorded) {
    synchronized (shelves) {
      Shelf shelf = shelf(recorded.batches);
      shelves.add(shelf);
      if (shelf.idle.size() < IDLE) {
        shelf.idle.push(recorded);
      }
      if (shelves.size() > SHAPES) {
        shelves.remove(0);
      }
    }
  }

  /** The shelf for these shapes, taken out of its place. */
  private Shelf shelf(List<Shape> batches) {
    for (int i = shelves.size() - 1; i >= 0; i--) {
      if (shelves.get(i).batches.equals(batches)) {
        return shelves.remove(i);
      }
    }
    return new Shelf(batches, new ArrayDeque<>());
  }

  /** How many plans wait, for all shapes together. */
  int waiting() {
    synchronized (shelves) {
      return shelves.stream().mapToInt(shelf -> shelf.idle.size()).sum();
    }
  }

  /** Whether {@code batch} is the shape of a batch of samples of this shape. */
  static boolean isBatchOf(Shape batch, Shape sample) {
    boolean fits = batch.rank() == sample.rank() + 1;
    for (int axis = 0; fits && axis < sample.rank(); axis++) {
      fits = batch.dim(axis + 1) == sample.dim(axis);
    }
    return fits;
  }

  /** The idle plans for batches of certain shapes. */
  private record Shelf(List<Shape> batches, Deque<Recorded> idle) {
    private boolean holds(List<Tensor> inputs, boolean batched) {
      for (int i = 0; i < batches.size(); i++) {
        Shape batch = batches.get(i);
        Shape input = inputs.get(i).shape();
        if (batched ? !batch.equals(input) : batch.dim(0) != 1 || !isBatchOf(batch, input)) {
          return false;
        }
      }
      return true;
    }
  }

  /** A model's inference for batches of certain shapes. */
  private static final class Recorded {
    private final List<Shape> batches;
    private final Tensor[] inputs;
    private final Tensor output;
    private final Shape sampleOutput;
    private final Plan plan;

    private Recorded(NetworkModel model, List<Shape> batches) {
      this.batches = batches;
      List<Tensor> symbols = batches.stream().map(Tensor::symbolic).toList();
      inputs = symbols.toArray(Tensor[]::new);
      output = model.forward(symbols, Pass.inference());
      sampleOutput = output.shape().dropFirst();
      plan = Plan.inference(symbols, output);
    }

    private Tensor run(List<Tensor> values, boolean batched) {
      for (int i = 0; i < inputs.length; i++) {
        Tensor value = values.get(i);
        inputs[i].bind(value.format() == MemoryFormat.PLAIN ? value.data() : value.toArray());
      }
      plan.forward(inputs);
      Tensor result = Tensor.wrap(batched ? output.shape() : sampleOutput, output.toArray());
      for (Tensor input : inputs) {
        input.bind(null);
      }
      return result;
    }
  }
}
