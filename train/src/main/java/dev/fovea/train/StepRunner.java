package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Model;
import dev.fovea.layers.Pass;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.OptimizerState;
import java.util.List;
import java.util.Map;

/**
 * Takes training steps, and sees to it that a model never keeps a value that is no finite number.
 *
 * <p>Forward; the loss must be finite. Backward; the gradients must be. Then the weights are updated, the old
 * ones being kept, in one pass over memory, the running statistics that layers proposed are committed, and all must be
 * finite. A weight can be finite and yet so large that the next loss is not: then the old ones are put back, the last
 * known to give a finite loss, and the statistics with them.
 */
final class StepRunner {
  /** Sets what is random within steps apart from the order of the data, which follows from the same seed. */
  private static final long WITHIN_STEPS = 1;
  /** Measures the norm and clips nothing. */
  private static final Clipping NO_CLIPPING = Clipping.byGlobalNorm(Double.MAX_VALUE);

  private final List<Parameter> parameters;
  private final OptimizerState optimizer;
  private final Clipping clipping;
  private final Judge judge;
  private final Plans plans;
  private final Weights before;

  StepRunner(Model model, OptimizerState optimizer, Clipping clipping, Judge judge, Plans plans) {
    this.parameters = model.parameters();
    this.optimizer = optimizer;
    this.clipping = clipping == null ? NO_CLIPPING : clipping;
    this.judge = judge;
    this.plans = plans;
    this.before = new Weights(parameters);
  }

  /** One step on a batch; everything random in it follows from the seed and the number of the step. */
  StepResult run(Tensor x, Tensor y, long seed) {
    requireTrainable();
    long step = optimizer.steps() + 1;
    Recorded recorded = plans.training(x.shape(), y.shape());
    zeroGradients();
    recorded.random().reset(RandomSource.at(seed, WITHIN_STEPS), step);
    recorded.forward(x, y);
    double loss = recorded.loss().item();
    if (!Double.isFinite(loss)) {
      throw lossFailed("step " + step, recorded, x, y, seed, step, loss);
    }
    double hits = judge.hits(recorded.prediction(), y);
    before.forget();
    recorded.plan().backward();
    double norm = clipping.apply(parameters);
    if (!Double.isFinite(norm)) {
      throw gradientFailed(recorded, x, y, seed, step);
    }
    double rate = optimizer.rate();
    boolean ruined = before.ruinedBy(optimizer);
    if (commitRuins(recorded.pass()) || ruined) {
      throw updateFailed(before.firstNonFinite(), step, rate);
    }
    return new StepResult(step, loss, hits / x.shape().dim(0), norm, rate);
  }

  /**
   * Refuses weights that the last update has ruined although each is finite, and puts back those before: to be called
   * where no further step would find out. One pass forward, which changes nothing.
   */
  void requireFiniteLoss(Tensor x, Tensor y, long seed) {
    long next = optimizer.steps() + 1;
    Recorded recorded = plans.training(x.shape(), y.shape());
    recorded.random().reset(RandomSource.at(seed, WITHIN_STEPS), next);
    recorded.forward(x, y);
    double loss = recorded.loss().item();
    if (!Double.isFinite(loss)) {
      throw lossFailed("after step " + (next - 1), recorded, x, y, seed, next, loss);
    }
  }

  /** Gives up the weights before the last step: the next one begins with others. */
  void forget() {
    before.forget();
  }

  private void requireTrainable() {
    for (Parameter parameter : parameters) {
      if (parameter.trainable()) {
        return;
      }
    }
    throw new IllegalStateException("step: expected at least one parameter to train, "
        + (parameters.isEmpty() ? "the model has none" : "all of the model's are frozen"));
  }

  /** Commits the running statistics that layers proposed, and says whether one is no finite number. */
  private static boolean commitRuins(Pass pass) {
    boolean ruined = false;
    for (Pass.Update update : pass.updates()) {
      update.commit();
      Parameter statistics = update.parameter();
      ruined |= Weights.indexOfNonFinite(statistics.data(), 0, statistics.shape().size()) >= 0;
    }
    return ruined;
  }

  private void zeroGradients() {
    for (Parameter parameter : parameters) {
      parameter.zeroGrad();
    }
  }

  private NonFiniteException lossFailed(String when, Recorded recorded, Tensor x, Tensor y, long seed, long step,
      double loss) {
    String failure = when + ": the loss is " + loss + "; ";
    String where = inBatch("input", x);
    where = where == null ? inBatch("target", y) : where;
    if (where != null) {
      return new NonFiniteException(step, NonFiniteException.INPUT,
          failure + where + "; " + weightsOf(step - 1) + "; check the data");
    }
    Parameter broken = before.firstNonFinite();
    if (broken != null) {
      return new NonFiniteException(step, broken.name(), failure + "the parameter " + broken.name() + " held "
          + culprit(broken) + " before the step; give it finite values");
    }
    Found found = find(recorded, x, y, seed, step);
    String weights = weightsOf(step - 1);
    if (before.kept()) {
      before.putBack();
      weights = weightsOf(step - 2) + ", the last known to give a finite loss";
      forgetOptimizer(step - 2);
    }
    return new NonFiniteException(step, found.layer, failure + found.text + "; " + weights + "; " + cure());
  }

  private NonFiniteException gradientFailed(Recorded recorded, Tensor x, Tensor y, long seed, long step) {
    Found found = find(recorded, x, y, seed, step);
    return new NonFiniteException(step, found.layer, "step " + step + ": a gradient is not finite; " + found.text + "; "
        + weightsOf(step - 1) + "; lower the learning rate (now " + optimizer.rate()
        + ") or scale the model's input down");
  }

  private NonFiniteException updateFailed(Parameter ruined, long step, double rate) {
    String text = "step " + step + ": the update made " + ruined.name() + " " + culprit(ruined) + "; ";
    before.putBack();
    forgetOptimizer(step - 1);
    return new NonFiniteException(step, ruined.name(),
        text + weightsOf(step - 1) + "; lower the learning rate (now " + rate + ")" + clippingCure());
  }

  /**
   * Goes back to where it had taken so many steps. What it remembers is as ruined as the weights were; the next step
   * starts that anew.
   */
  private void forgetOptimizer(long steps) {
    optimizer.restore(steps, Map.of(), Map.of());
  }

  private Found find(Recorded recorded, Tensor x, Tensor y, long seed, long step) {
    zeroGradients();
    recorded.random().reset(RandomSource.at(seed, WITHIN_STEPS), step);
    Found found = recorded.plan().firstNonFinite(x, y)
        .map(first -> new Found(first.layer(), "the first value that is no finite number is " + first.what()
            + (first.layer().equals("the loss") ? "" : " in layer '" + first.layer() + "'")))
        .orElse(new Found("the loss", "every value before it is finite"));
    zeroGradients();
    return found;
  }

  /** Where a batch holds a value that is no finite number, in words; {@code null} if all are finite. */
  private static String inBatch(String which, Tensor batch) {
    int index = Weights.indexOfNonFinite(batch.data(), 0, batch.shape().size());
    if (index < 0) {
      return null;
    }
    int sampleSize = batch.shape().size() / batch.shape().dim(0);
    return "the batch itself holds " + batch.data()[index] + ", in the " + which + " of its sample "
        + index / sampleSize;
  }

  private static String weightsOf(long step) {
    return step <= 0 ? "the weights are those from before the first step" : "the weights are those of step " + step;
  }

  private String cure() {
    return "lower the learning rate (now " + optimizer.rate() + ")" + clippingCure();
  }

  private String clippingCure() {
    return clipping == NO_CLIPPING ? " or clip the gradients" : " or clip the gradients more (now " + clipping + ")";
  }

  /** The value of a parameter that is no finite number. */
  private static float culprit(Parameter parameter) {
    return parameter.data()[Weights.indexOfNonFinite(parameter.data(), 0, parameter.shape().size())];
  }

  private record Found(String layer, String text) {}
}
