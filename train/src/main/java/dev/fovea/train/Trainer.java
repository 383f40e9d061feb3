package dev.fovea.train;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.plan.Plan;
import dev.fovea.core.plan.PlanSettings;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Model;
import dev.fovea.layers.Pass;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.Optimizer;
import dev.fovea.optim.OptimizerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

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
  private final Model model;
  private final Optimizer optimizer;
  private final Loss loss;
  private final Clipping clipping;
  private final PlanSettings settings;
  private final Judge judge;
  private final Plans plans;
  private final OptimizerState state;
  private final StepRunner runner;
  private int epochs;
  /** The batch of the step under way or just over; {@code null} between epochs. */
  private Batch current;

  private Trainer(Model model, Optimizer optimizer, Loss loss, Clipping clipping, PlanSettings settings) {
    this.model = model;
    this.optimizer = optimizer;
    this.loss = loss;
    this.clipping = clipping;
    this.settings = settings;
    this.judge = new Judge(loss, model.outputShape());
    this.plans = new Plans(model, loss, settings);
    this.state = OptimizerState.of(optimizer, model.parameters());
    this.runner = new StepRunner(model, state, clipping, judge, plans);
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
    return new Trainer(model, optimizer, loss, null, PlanSettings.standard());
  }

  /** A trainer of the same model that clips gradients in this way; it has taken no step yet. */
  public Trainer withClipping(Clipping clipping) {
    return new Trainer(model, optimizer, loss, clipping, settings);
  }

  /**
   * A trainer of the same model whose plans go by these settings, such as {@code
   * PlanSettings.standard().withConvolution(ConvChoice.DIRECT)}; it has taken no step yet.
   */
  public Trainer withPlans(PlanSettings settings) {
    return new Trainer(model, optimizer, loss, clipping, settings);
  }

  /**
   * The plan by which batches of this size are trained on. Printed, it tells what was decided for each operation and
   * why, and the memory that a step takes.
   *
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public Plan plan(int batchSize) {
    Shape target = loss.targets() == Targets.LABELS ? Shape.scalar() : model.outputShape();
    return plans.training(model.inputShape().prepend(batchSize), target.prepend(batchSize)).plan();
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
    requireBatch(x, y);
    return runner.run(x, y, seed);
  }

  /** Says that parameters and optimizer are not as the last step has left them. */
  void forgetLastStep() {
    runner.forget();
  }

  private void requireBatch(Tensor x, Tensor y) {
    if (x.shape().rank() == 0 || y.shape().rank() == 0 || x.shape().dim(0) != y.shape().dim(0)) {
      throw new ShapeException("step: expected as many targets as samples, batch axis in front, got samples "
          + x.shape() + " and targets " + y.shape());
    }
    loss.requireTarget(model.outputShape(), y.shape().dropFirst());
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
    requireFits("training data", data);
    fit.validation().ifPresent(validation -> requireFits("validation data", validation));
    Batches batches = fit.batches(data);
    List<Callback> callbacks = new ArrayList<>(fit.callbacks());
    if (!fit.quiet()) {
      callbacks.add(0, new EpochLog());
    }
    // Last, so that what the others remember is complete when it is kept.
    callbacks.sort(Comparator.comparing(callback -> callback instanceof Checkpoints));
    Progress progress = new Progress(this, fit, epochs);
    Resumption resumption = new Resumption(this, data, fit, callbacks);
    progress.allowCheckpoints(resumption, () -> requireSound(fit.seed()));
    fit.checkpoint().ifPresent(checkpoint -> {
      runner.forget();
      resumption.restore(checkpoint, progress);
      epochs = progress.epoch();
    });
    callbacks.forEach(callback -> callback.beforeTraining(progress));
    while (!progress.stopped() && progress.epoch() < progress.lastEpoch()) {
      epoch(batches, progress, callbacks);
    }
    if (!progress.suspended()) {
      callbacks.forEach(callback -> callback.afterTraining(progress));
    }
    return progress.history();
  }

  /** What a checkpoint must be the same in to go on with this trainer, besides the model. */
  void describe(Map<String, String> settings) {
    settings.put("optimizer", optimizer.toString());
    settings.put("loss", loss.toString());
    settings.put("clipping", clipping == null ? "none" : clipping.toString());
  }

  /** Refuses a model that the last step of an epoch under way has ruined. */
  private void requireSound(long seed) {
    if (current != null) {
      runner.requireFiniteLoss(current.x(), current.y(), seed);
    }
  }

  private void epoch(Batches batches, Progress progress, List<Callback> callbacks) {
    Fit fit = progress.fit();
    progress.beginEpoch(batches.count());
    callbacks.forEach(callback -> callback.beforeEpoch(progress));
    try (BatchIterator epoch = batches.epoch(epochs++, progress.batch())) {
      while (epoch.hasNext() && !progress.stopped()) {
        Batch batch = epoch.next();
        current = batch;
        callbacks.forEach(callback -> callback.beforeBatch(progress));
        progress.afterStep(runner.run(batch.x(), batch.y(), fit.seed()), batch.size());
        callbacks.forEach(callback -> callback.afterBatch(progress));
      }
      requireSound(fit.seed());
    } catch (NonFiniteException e) {
      throw BadSamples.locate(e, batches.dataset());
    } finally {
      current = null;
    }
    progress.endEpoch();
    if (progress.batch() == 0 || progress.suspended()) {
      return;
    }
    Evaluation validation = fit.validation().map(data -> evaluate(data, fit.batchSize(), false)).orElse(null);
    progress.record(new History.Epoch(progress.epoch(), progress.loss(), progress.accuracy(),
        validation == null ? Double.NaN : validation.loss(), validation == null ? Double.NaN : validation.accuracy(),
        progress.lastStep().rate(), progress.seconds(), progress.imagesPerSecond()));
    callbacks.forEach(callback -> callback.afterEpoch(progress));
  }

  /**
   * How the model does on these data.
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

  private Evaluation evaluate(Dataset data, int batchSize, boolean keepsProbabilities) {
    requireFits("evaluation data", data);
    Scores scores = new Scores(judge, data.classNames(), keepsProbabilities ? data.size() : 0);
    EvaluationBatches.each(data, batchSize, (batch, first) -> {
      Recorded recorded = plans.evaluation(batch.x().shape(), batch.y().shape());
      recorded.forward(batch.x(), batch.y());
      scores.add(recorded.prediction(), batch.y(), recorded.loss().item());
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
    Recorded recorded = plans.prediction(batch.shape());
    recorded.forward(batch);
    Shape shape = recorded.prediction().shape();
    return Tensor.wrap(single ? shape.dropFirst() : shape, recorded.prediction().toArray());
  }

  /**
   * What the model says of a whole data set, {@code [N, ...]}, computed in batches.
   *
   * @throws ShapeException if the samples do not fit the model
   */
  public Tensor predict(Dataset data) {
    requireSamples("prediction data", data);
    Tensor all = Tensor.zeros(model.outputShape().prepend(data.size()));
    EvaluationBatches.each(data, EvaluationBatches.size(data), (batch, first) -> {
      Recorded recorded = plans.prediction(batch.x().shape());
      recorded.forward(batch.x());
      Tensor some = recorded.prediction();
      System.arraycopy(some.data(), 0, all.data(), first * model.outputShape().size(), some.shape().size());
    });
    return all;
  }

  private void requireFits(String where, Dataset data) {
    requireSamples(where, data);
    try {
      loss.requireTarget(model.outputShape(), data.targetShape());
    } catch (ShapeException e) {
      throw new ShapeException(where + ": " + e.getMessage(), e);
    }
    int classes = data.classNames().size();
    if (judge.classes() > 0 && classes > judge.classes()) {
      throw new IllegalArgumentException(where + ": expected at most " + judge.classes()
          + " classes, as many as the model tells apart, got " + classes + "; let the last layer have " + classes
          + " outputs" + (loss.targets() == Targets.YES_OR_NO ? " and take a categorical cross-entropy" : ""));
    }
  }

  static void requirePresent(String where, String what, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(where + ": expected " + what + ", got null");
    }
  }

  /** The model itself says what is wrong with samples of another shape. */
  private void requireSamples(String where, Dataset data) {
    requirePresent(where, "a data set", data);
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
