package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Tensor;
import dev.fovea.data.Batch;
import dev.fovea.layers.Pass;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.Gradients;
import dev.fovea.optim.OptimizerState;
import dev.fovea.optim.Penalty;
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
  private final Gradients gradients;
  private final Judge judge;
  private final Plans plans;
  private final Weights before;
  private final GatheredGradients gathered;
  /** {@code null} where there is no regularizer. */
  private final Penalty penalty;
  /** {@code null} where nothing is averaged. */
  private final WeightAverage average;

  StepRunner(Setup setup, OptimizerState optimizer, WeightAverage average, Judge judge, Plans plans) {
    this.parameters = setup.model().parameters();
    this.optimizer = optimizer;
    this.clipping = setup.clipping() == null ? NO_CLIPPING : setup.clipping();
    this.gradients = Gradients.of(parameters);
    this.judge = judge;
    this.plans = plans;
    this.before = new Weights(parameters);
    this.gathered = new GatheredGradients(parameters);
    this.penalty = setup.regularizer() == null ? null : Penalty.of(setup.regularizer(), parameters);
    this.average = average;
  }

  /** One step on a batch; everything random in it follows from the seed and the number of the step. */
  StepResult run(Batch batch, long seed) {
    gathered.clear();
    return run(batch, seed, true);
  }

  /**
   * The same, in which the update is left to a later batch unless this is the {@code last} of its step: what is random
   * then follows from the place of the batch in the step, too.
   */
  StepResult run(Batch batch, long seed, boolean last) {
    requireTrainable();
    if (average != null) {
      average.requireUnused("step");
    }
    long step = optimizer.steps() + 1;
    long key = keyOfBatch(seed);
    Recorded recorded = plans.training(BatchShape.of(batch));
    zeroGradients();
    recorded.random().reset(key, step);
    recorded.forward(batch);
    double loss = recorded.loss().item();
    if (!Double.isFinite(loss)) {
      throw lossFailed("step " + step, recorded, batch, key, step, loss);
    }
    if (average != null) {
      average.settle();
    }
    int samples = batch.size();
    double accuracy = judge.hits(recorded.prediction(), batch.y()) / samples;
    before.forget();
    recorded.plan().backward();
    double withPenalty = loss + (penalty == null ? 0 : penalty.addGradient());
    if (!last || gathered.batches() > 0) {
      gathered.add(samples);
    }
    double norm = (last ? clipping : NO_CLIPPING).apply(gradients);
    if (!Double.isFinite(norm)) {
      throw gradientFailed(recorded, batch, key, step);
    }
    double rate = optimizer.rate();
    if (last) {
      update(recorded.pass(), step, rate);
    } else {
      requireFiniteProposals(recorded.pass(), step);
      recorded.pass().commit();
    }
    return new StepResult(step, withPenalty, accuracy, norm, rate);
  }

  private void update(Pass pass, long step, double rate) {
    gathered.clear();
    boolean ruined = before.ruinedBy(optimizer);
    if (commitRuins(pass) || ruined) {
      throw updateFailed(before.firstNonFinite(), step, rate);
    }
    if (average != null) {
      average.stepTaken();
    }
  }

  /** What the random source of the next batch is made of; a step's first batch has that of a step of one batch. */
  private long keyOfBatch(long seed) {
    long key = RandomSource.at(seed, WITHIN_STEPS);
    return gathered.batches() == 0 ? key : RandomSource.at(key, gathered.batches());
  }

  /** How many batches have been gathered for the next update. */
  int gathered() {
    return gathered.batches();
  }

  /** Forgets the gradients of batches whose step was never finished. */
  void forgetGathered() {
    gathered.clear();
  }

  /** What the regularizer adds to a loss now. */
  double penalty() {
    return penalty == null ? 0 : penalty.value();
  }

  /**
   * Refuses weights that the last update has ruined although each is finite, and puts back those before: to be called
   * where no further step would find out. One pass forward, which changes nothing.
   */
  void requireFiniteLoss(Batch batch, long seed) {
    long next = optimizer.steps() + 1;
    long key = keyOfBatch(seed);
    Recorded recorded = plans.training(BatchShape.of(batch));
    recorded.random().reset(key, next);
    recorded.forward(batch);
    double loss = recorded.loss().item();
    if (!Double.isFinite(loss)) {
      throw lossFailed("after step " + (next - 1), recorded, batch, key, next, loss);
    }
    if (average != null) {
      average.settle();
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

  /** Refuses running statistics that are no finite numbers where there are no old weights to fall back on. */
  private static void requireFiniteProposals(Pass pass, long step) {
    for (Pass.Update update : pass.updates()) {
      Parameter statistics = update.parameter();
      int index = Weights.indexOfNonFinite(update.value().data(), 0, statistics.shape().size());
      if (index >= 0) {
        throw new NonFiniteException(step, statistics.name(), "step " + step + ": the batch would have made "
            + statistics.name() + " " + update.value().data()[index] + "; " + weightsOf(step - 1)
            + "; scale the model's input down");
      }
    }
  }

  private void zeroGradients() {
    for (Parameter parameter : parameters) {
      parameter.zeroGrad();
    }
  }

  private NonFiniteException lossFailed(String when, Recorded recorded, Batch batch, long key, long step,
      double loss) {
    String failure = when + ": the loss is " + loss + "; ";
    String where = inBatch("input", batch.x());
    where = where == null ? inBatch("target", batch.y()) : where;
    where = where == null && batch.isWeighted() ? inBatch("weight", batch.weights()) : where;
    if (where != null) {
      return new NonFiniteException(step, NonFiniteException.INPUT,
          failure + where + "; " + weightsOf(step - 1) + "; check the data");
    }
    Parameter broken = before.firstNonFinite();
    if (broken != null) {
      return new NonFiniteException(step, broken.name(), failure + "the parameter " + broken.name() + " held "
          + culprit(broken) + " before the step; give it finite values");
    }
    Found found = find(recorded, batch, key, step);
    String weights = weightsOf(step - 1);
    if (before.kept()) {
      before.putBack();
      if (average != null) {
        average.stepTakenBack();
      }
      weights = weightsOf(step - 2) + ", the last known to give a finite loss";
      forgetOptimizer(step - 2);
    }
    return new NonFiniteException(step, found.layer, failure + found.text + "; " + weights + "; " + cure());
  }

  private NonFiniteException gradientFailed(Recorded recorded, Batch batch, long key, long step) {
    Found found = find(recorded, batch, key, step);
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

  private Found find(Recorded recorded, Batch batch, long key, long step) {
    zeroGradients();
    recorded.random().reset(key, step);
    Found found = recorded.plan().firstNonFinite(Recorded.inputs(batch))
        .map(first -> new Found(first.layer(), "the first value that is no finite number is " + first.what()
            + (first.layer().equals("the loss") ? "" : " in layer '" + first.layer() + "'")))
        .orElse(new Found("the loss", "every value before it is finite"));
    zeroGradients();
    return found;
  }

  /** Where a batch holds a value that is no finite number, in words; {@code null} if all are finite. */
  private static String inBatch(String which, Tensor values) {
    int index = Weights.indexOfNonFinite(values.data(), 0, values.shape().size());
    if (index < 0) {
      return null;
    }
    int sampleSize = values.shape().size() / values.shape().dim(0);
    return "the batch itself holds " + values.data()[index] + ", in the " + which + " of its sample "
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
