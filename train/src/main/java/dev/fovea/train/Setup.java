package dev.fovea.train;

import dev.fovea.core.plan.PlanSettings;
import dev.fovea.layers.Model;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.Optimizer;
import dev.fovea.optim.Regularizer;
import java.util.Map;

/**
 * What a {@link Trainer} is made of.
 *
 * @param model what is trained
 * @param optimizer how gradients change weights
 * @param loss what is made small
 * @param clipping the limit on gradients; {@code null} for none
 * @param regularizer the penalty on weights; {@code null} for none
 * @param average what an average of the weights keeps at each step; {@code null} where nothing is averaged
 * @param plans how plans are made
 */
record Setup(Model model, Optimizer optimizer, Loss loss, Clipping clipping, Regularizer regularizer, Double average,
    PlanSettings plans) {
  /** What decides about the bits of a result, besides the model. */
  void describe(Map<String, String> settings) {
    settings.put("optimizer", optimizer.toString());
    settings.put("loss", loss.toString());
    settings.put("clipping", orNone(clipping));
    settings.put("regularizer", orNone(regularizer));
    settings.put("average", orNone(average));
  }

  private static String orNone(Object setting) {
    return setting == null ? "none" : setting.toString();
  }

  static Setup of(Model model, Optimizer optimizer, Loss loss) {
    return new Setup(model, optimizer, loss, null, null, null, PlanSettings.standard());
  }

  Setup withClipping(Clipping clipping) {
    return new Setup(model, optimizer, loss, clipping, regularizer, average, plans);
  }

  Setup withRegularizer(Regularizer regularizer) {
    return new Setup(model, optimizer, loss, clipping, regularizer, average, plans);
  }

  Setup withAverage(double decay) {
    return new Setup(model, optimizer, loss, clipping, regularizer, WeightAverage.requireDecay(decay), plans);
  }

  Setup withPlans(PlanSettings plans) {
    return new Setup(model, optimizer, loss, clipping, regularizer, average, plans);
  }
}
