package dev.fovea.train;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.plan.Plan;
import dev.fovea.core.plan.PlanSettings;
import dev.fovea.data.Batch;
import dev.fovea.layers.Model;
import dev.fovea.layers.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's computation recorded for one shape of batch. Its inputs are the samples, their targets and, only where they
 * have such, their weights.
 *
 * @param plan what runs it
 * @param prediction the model's output
 * @param loss the loss; {@code null} in a prediction
 * @param pass what layers proposed while it was recorded
 * @param random where layers draw from; {@code null} in inference
 */
record Recorded(Plan plan, Tensor prediction, Tensor loss, Pass pass, RandomSource random) {
  /** A training step; what layers propose stays readable after it. */
  static Recorded training(Model model, Loss loss, BatchShape shape, PlanSettings settings) {
    RandomSource random = new RandomSource(0);
    Pass pass = Pass.training(random);
    Batch batch = shape.symbolic();
    Tensor prediction = model.forward(batch.x(), pass);
    Tensor value = loss.apply(prediction, batch.y(), batch.weights());
    List<Tensor> outputs = new ArrayList<>(List.of(prediction));
    pass.updates().forEach(update -> outputs.add(update.value()));
    Plan plan = Plan.training(List.of(inputs(batch)), value, outputs, settings);
    return new Recorded(plan, prediction, value, pass, random);
  }

  /** Prediction and loss. */
  static Recorded evaluation(Model model, Loss loss, BatchShape shape, PlanSettings settings) {
    Pass pass = Pass.inference();
    Batch batch = shape.symbolic();
    Tensor prediction = model.forward(batch.x(), pass);
    Tensor value = loss.apply(prediction, batch.y(), batch.weights());
    Plan plan = Plan.inference(List.of(inputs(batch)), List.of(prediction, value), settings);
    return new Recorded(plan, prediction, value, pass, null);
  }

  /** The prediction alone. */
  static Recorded prediction(Model model, Shape xShape, PlanSettings settings) {
    Pass pass = Pass.inference();
    Tensor x = Tensor.symbolic(xShape);
    Tensor prediction = model.forward(x, pass);
    return new Recorded(Plan.inference(List.of(x), List.of(prediction), settings), prediction, null, pass, null);
  }

  /** What a plan of training or evaluation takes. */
  static Tensor[] inputs(Batch batch) {
    return batch.isWeighted() ? new Tensor[] {batch.x(), batch.y(), batch.weights()}
        : new Tensor[] {batch.x(), batch.y()};
  }

  /** Runs training or evaluation forward on a batch. */
  void forward(Batch batch) {
    plan.forward(inputs(batch));
  }

  /** Runs a prediction on these samples. */
  void forward(Tensor x) {
    plan.forward(x);
  }
}
