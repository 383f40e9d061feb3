package dev.fovea.train;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.plan.Plan;
import dev.fovea.core.plan.PlanSettings;
import dev.fovea.data.Batch;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Model;
import dev.fovea.layers.Pass;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.Optimizer;
import dev.fovea.optim.OptimizerState;
import dev.fovea.optim.Regularizer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trains a model, evaluates it and predicts with it.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.of(model, Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
 * History history = trainer.fit(train, Fit.epochs(5).batchSize(64).seed(7L).validation(test));
 * System.out.println(trainer.evaluate(test));
 * }</pre>
 *
 * <p>Everything runs planned: recorded once for a shape of batch, then without allocating arrays. The order of the
 * data is a pure function of seed and epoch, what is random within a step of seed and step; both count on from one
 * {@code fit} to the next, so twice five epochs are ten. The same seed gives the same bits for any number of threads.
 *
 * <p>A trainer belongs to one thread at a time, and so does the model while it is trained.
 */
public final class Trainer {
  private final Setup setup;
  private final Model model;
  private final Loss loss;
  private final Judge judge;
  private final Fitness fitness;
  private final Plans plans;
  private final OptimizerState state;
  /** {@code null} where nothing is averaged. */
  private final WeightAverage average;
  private final StepRunner runner;
  private int epochs;

  private Trainer(Setup setup) {
    this.setup = setup;
    this.model = setup.model();
    this.loss = setup.loss();
    this.judge = new Judge(loss, model.outputShape());
    this.fitness = new Fitness(model, loss, judge);
    this.plans = new Plans(model, loss, setup.plans());
    this.state = OptimizerState.of(setup.optimizer(), model.parameters());
    this.average = setup.average() == null ? null : new WeightAverage(model.parameters(), setup.average());
    this.runner = new StepRunner(setup, state, average, judge, plans);
  }

  /**
   * A trainer that has taken no step yet.
   *
   * @throws IllegalArgumentException if the model does not end in what the loss takes, saying both ways to mend it
   */
  public static Trainer of(Model model, Optimizer optimizer, Loss loss) {
    requirePresent("trainer", "a model", model);
    requirePresent("trainer", "an optimizer", optimizer);
    requirePresent("trainer", "a loss", loss);
    Tensor sample = Tensor.symbolic(model.inputShape().prepend(1));
    loss.requirePrediction(model.forward(sample, Pass.training(new RandomSource(0))));
    return new Trainer(Setup.of(model, optimizer, loss));
  }

  /** A trainer of the same model that clips gradients in this way; it has taken no step yet. */
  public Trainer withClipping(Clipping clipping) {
    return new Trainer(setup.withClipping(clipping));
  }

  /**
   * A trainer of the same model that adds this penalty on weights to the loss; it has taken no step yet. The losses it
   * reports, those of evaluations among them, include the penalty, as in Keras.
   */
  public Trainer withRegularizer(Regularizer regularizer) {
    return new Trainer(setup.withRegularizer(regularizer));
  }

  /**
   * A trainer of the same model that also keeps an exponential moving {@linkplain #average() average} of the weights;
   * it has taken no step yet. Validation, {@code evaluate} and {@code predict} of this trainer go by the averaged
   * weights; the model itself keeps those that are trained.
   *
   * @param decay the share of the average that is kept at each step, in [0, 1); 0.999 is usual
   * @throws IllegalArgumentException if it is not in that range
   */
  public Trainer withAverage(double decay) {
    return new Trainer(setup.withAverage(decay));
  }

  /**
   * A trainer of the same model whose plans go by these settings, such as {@code
   * PlanSettings.standard().withConvolution(ConvChoice.DIRECT)}; it has taken no step yet.
   */
  public Trainer withPlans(PlanSettings settings) {
    return new Trainer(setup.withPlans(settings));
  }

  /**
   * The plan by which batches of this size are trained on. Printed, it tells what was decided for each operation and
   * why, and the memory that a step takes.
   *
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public Plan plan(int batchSize) {
    Shape target = loss.targets() == Targets.LABELS ? Shape.scalar() : model.outputShape();
    return plans.training(
        new BatchShape(model.inputShape().prepend(batchSize), target.prepend(batchSize), false)).plan();
  }

  /** What is trained. */
  public Model model() {
    return model;
  }

  /** What is made small. */
  public Loss loss() {
    return loss;
  }

  /** The optimizer at work: its rate, and what it remembers. */
  public OptimizerState optimizerState() {
    return state;
  }

  /** The average of the weights, if {@link #withAverage} asked for one. */
  public Optional<WeightAverage> average() {
    return Optional.ofNullable(average);
  }

  /** How many batches have been gone through for an update that has not been made as yet. */
  int gathered() {
    return runner.gathered();
  }

  /** How many steps have been taken. */
  public long steps() {
    return state.steps();
  }

  /** How many epochs have been begun. */
  public int epochs() {
    return epochs;
  }

  /**
   * One training step on a batch; what is random in it follows from seed 0 and the number of the step. The gradients
   * are spent by it: they cannot be read afterwards.
   *
   * @param x the samples, {@code [N, ...]}
   * @param y the targets, {@code [N]} for labels
   * @throws ShapeException if they do not fit the model or each other
   * @throws NonFiniteException if the loss, a gradient or an updated weight is no finite number
   */
  public StepResult step(Tensor x, Tensor y) {
    return step(x, y, 0);
  }

  /** The same with a seed. */
  public StepResult step(Tensor x, Tensor y, long seed) {
    return step(new Batch(x, y), seed);
  }

  /** The same on a batch whose samples may have weights. */
  public StepResult step(Batch batch, long seed) {
    fitness.requireBatch(batch);
    return runner.run(batch, seed);
  }

  /** Says that parameters and optimizer are not as the last step has left them. */
  void forgetLastStep() {
    runner.forget();
  }

  /**
   * Trains for some epochs. After each epoch's last update one more pass forward makes sure that the loss is still
   * finite: what is validated, saved by a callback or returned is never a model that its last step has ruined.
   *
   * @return the figures of each epoch
   * @throws IllegalArgumentException if the data do not fit the model or the loss
   * @throws NonFiniteException if the loss, a gradient or an updated weight is no finite number; the model keeps the
   *     last good weights
   */
  public History fit(Dataset data, Fit fit) {
    requirePresent("fit", "settings such as Fit.epochs(5)", fit);
    fitness.requireFits("training data", data);
    fit.validation().ifPresent(validation -> fitness.requireFits("validation data", validation));
    return new FitRun(this, runner, data, fit).run();
  }

  /** What a checkpoint must be the same in to go on with this trainer, besides the model. */
  void describe(Map<String, String> settings) {
    setup.describe(settings);
  }

  /** The number of the epoch that begins now, counted from 0. */
  int beginEpoch() {
    return epochs++;
  }

  /** Goes on as if so many epochs had been begun. */
  void goOnAfter(int epochs) {
    this.epochs = epochs;
  }

  /**
   * How the model does on these data. Where samples have weights the loss is weighted, all else counts each as one.
   *
   * @throws IllegalArgumentException if the data do not fit the model or the loss
   */
  public Evaluation evaluate(Dataset data) {
    return evaluate(data, EvaluationBatches.size(data));
  }

  /** The same in batches of this size. */
  public Evaluation evaluate(Dataset data, int batchSize) {
    return evaluate(data, batchSize, true);
  }

  /** The same; with probabilities it can also tell what takes all of them. */
  Evaluation evaluate(Dataset data, int batchSize, boolean keepsProbabilities) {
    fitness.requireFits("evaluation data", data);
    return averaged(() -> score(data, batchSize, keepsProbabilities));
  }

  private Evaluation score(Dataset data, int batchSize, boolean keepsProbabilities) {
    double penalty = runner.penalty();
    Scores scores = new Scores(judge, data.classNames(), keepsProbabilities ? data.size() : 0);
    EvaluationBatches.each(data, batchSize, (batch, first) -> {
      Recorded recorded = plans.evaluation(BatchShape.of(batch));
      recorded.forward(batch);
      scores.add(recorded.prediction(), batch.y(), recorded.loss().item() + penalty);
    });
    return scores.evaluation();
  }

  /**
   * What the model says of one sample, or of a batch of samples.
   *
   * @param input a sample {@code [C, H, W]} (the output then is one sample's too) or a batch {@code [N, C, H, W]}
   * @throws ShapeException if the samples do not fit the model
   */
  public Tensor predict(Tensor input) {
    boolean single = input.shape().rank() == model.inputShape().rank();
    Tensor batch = single ? Tensor.wrap(input.shape().prepend(1), input.toArray()) : input;
    return averaged(() -> {
      Recorded recorded = plans.prediction(batch.shape());
      recorded.forward(batch);
      Shape shape = recorded.prediction().shape();
      return Tensor.wrap(single ? shape.dropFirst() : shape, recorded.prediction().toArray());
    });
  }

  /**
   * What the model says of a whole data set, {@code [N, ...]}, computed in batches.
   *
   * @throws ShapeException if the samples do not fit the model
   */
  public Tensor predict(Dataset data) {
    fitness.requireSamples("prediction data", data);
    return averaged(() -> predictAll(data));
  }

  private Tensor predictAll(Dataset data) {
    Tensor all = Tensor.zeros(model.outputShape().prepend(data.size()));
    EvaluationBatches.each(data, EvaluationBatches.size(data), (batch, first) -> {
      Recorded recorded = plans.prediction(batch.x().shape());
      recorded.forward(batch.x());
      Tensor some = recorded.prediction();
      System.arraycopy(some.data(), 0, all.data(), first * model.outputShape().size(), some.shape().size());
    });
    return all;
  }

  /** Does something with the averaged weights, if there are such. */
  private <T> T averaged(Supplier<T> action) {
    return average == null ? action.get() : average.use(action);
  }

  static void requirePresent(String where, String what, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(where + ": expected " + what + ", got null");
    }
  }
}
