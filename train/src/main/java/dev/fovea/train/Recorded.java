package dev.fovea.train;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.plan.Plan;
import dev.fovea.core.plan.PlanSettings;
import dev.fovea.layers.Model;
import dev.fovea.layers.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's computation recorded for one shape of batch.
 *
 * @param plan what runs it
 * @param prediction the model's output
 * @param loss the loss; {@code null} in a prediction
 * @param pass what layers proposed while it was recorded
 * @param random where layers draw from; {@code null} in inference
 */
record Recorded(Plan plan, Tensor prediction, Tensor loss, Pass pass, RandomSource random) {
  /** A training step; what layers propose stays readable after it. */
  static Recorded training(Model model, Loss loss, Shape xShape, Shape yShape, PlanSettings settings) {
    RandomSource random = new RandomSource(0);
    Pass pass = Pass.training(random);
    Tensor x = Tensor.symbolic(xShape);
    Tensor y = Tensor.symbolic(yShape);
    Tensor prediction = model.forward(x, pass);
    Tensor value = loss.apply(prediction, y);
    List<Tensor> outputs = new ArrayList<>(List.of(prediction));
    pass.updates().forEach(update -> outputs.add(update.value()));
    return new Recorded(Plan.training(List.of(x, y), value, outputs, settings), prediction, value, pass, random);
  }

  /** Prediction and loss. */
  static Recorded evaluation(Model model, Loss loss, Shape xShape, Shape yShape, PlanSettings settings) {
    Pass pass = Pass.inference();
    Tensor x = Tensor.symbolic(xShape);
    Tensor y = Tensor.symbolic(yShape);
    Tensor prediction = model.forward(x, pass);
    Tensor value = loss.apply(prediction, y);
    return new Recorded(
        Plan.inference(List.of(x, y), List.of(prediction, value), settings), prediction, value, pass, null);
  }

  /** The prediction alone. */
  static Recorded prediction(Model model, Shape xShape, PlanSettings settings) {
    Pass pass = Pass.inference();
    Tensor x = Tensor.symbolic(xShape);
    Tensor prediction = model.forward(x, pass);
    return new Recorded(Plan.inference(List.of(x), List.of(prediction), settings), prediction, null, pass, null);
  }

  /** Runs it forward on these values. */
  void forward(Tensor... values) {
    plan.forward(values);
  }
}
