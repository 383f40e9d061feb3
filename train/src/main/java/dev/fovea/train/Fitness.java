package dev.fovea.train;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.data.Batch;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Model;
import dev.fovea.layers.Pass;

/** Refuses data that do not fit a model and a loss. */
final class Fitness {
  private final Model model;
  private final Loss loss;
  private final Judge judge;

  Fitness(Model model, Loss loss, Judge judge) {
    this.model = model;
    this.loss = loss;
    this.judge = judge;
  }

  void requireBatch(Batch batch) {
    Tensor x = batch.x();
    Tensor y = batch.y();
    if (x.shape().rank() == 0 || y.shape().rank() == 0 || x.shape().dim(0) != y.shape().dim(0)) {
      throw new ShapeException("step: expected as many targets as samples, batch axis in front, got samples "
          + x.shape() + " and targets " + y.shape());
    }
    loss.requireTarget(model.outputShape(), y.shape().dropFirst());
    if (batch.isWeighted()) {
      Shape expected = Shape.of(batch.size());
      if (!batch.weights().shape().equals(expected)) {
        throw new ShapeException("step: expected weights of the samples " + expected + ", got weights "
            + batch.weights().shape());
      }
    }
  }

  void requireFits(String where, Dataset data) {
    requireSamples(where, data);
    try {
      loss.requireTarget(model.outputShape(), data.targetShape());
    } catch (ShapeException e) {
      throw new ShapeException(where + ": " + e.getMessage(), e);
    }
    if (data.isWeighted()) {
      requireWeights(where, data);
    }
    int classes = data.classNames().size();
    if (judge.classes() > 0 && classes > judge.classes()) {
      throw new IllegalArgumentException(where + ": expected at most " + judge.classes()
          + " classes, as many as the model tells apart, got " + classes + "; let the last layer have " + classes
          + " outputs" + (loss.targets() == Targets.YES_OR_NO ? " and take a categorical cross-entropy" : ""));
    }
  }

  /** The loss itself says that it takes no weights: now rather than after an epoch. */
  private void requireWeights(String where, Dataset data) {
    Batch one = new BatchShape(model.inputShape().prepend(1), data.targetShape().prepend(1), true).symbolic();
    Tensor prediction = model.forward(one.x(), Pass.inference());
    try {
      loss.apply(prediction, one.y(), one.weights());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  /** The model itself says what is wrong with samples of another shape. */
  void requireSamples(String where, Dataset data) {
    Trainer.requirePresent(where, "a data set", data);
    if (data.size() < 1) {
      throw new IllegalArgumentException(where + ": expected at least one sample, got " + data.size());
    }
    if (!data.sampleShape().equals(model.inputShape())) {
      try {
        model.forward(Tensor.symbolic(data.sampleShape().prepend(1)), Pass.inference());
      } catch (ShapeException e) {
        throw new ShapeException(where + ": " + e.getMessage(), e);
      }
    }
  }
}
