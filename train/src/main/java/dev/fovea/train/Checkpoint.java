package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.layers.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Training as it stood after some step, read from a file: all that is needed to go on as if nothing had happened, to
 * the last bit.
 *
 * <pre>{@code
 * Fit fit = Fit.epochs(20).batchSize(64).seed(7L).callback(Checkpoints.in(Path.of("run")).everyEpoch());
 * Optional<Path> latest = Checkpoints.latest(Path.of("run"));
 * History history = trainer.fit(train, latest.isEmpty() ? fit : fit.resuming(latest.get()));
 * }</pre>
 *
 * <p>The file is a zip: {@code training.json}, and the weights and what the optimizer and the callbacks remember as
 * NumPy arrays, {@code numpy.load(file)["weights/conv2d.weight"]}. What is random is not in it, since it follows from
 * the seed, the epoch and the step.
 */
public final class Checkpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

  private final Path file;
  private final TrainingState state;

  private Checkpoint(Path file, TrainingState state) {
    this.file = file;
    this.state = state;
  }

  /**
   * Reads a checkpoint.
   *
   * @throws CheckpointException if the file is not a whole and sound checkpoint, saying what is wrong
   * @throws IOException if it cannot be read
   */
  public static Checkpoint read(Path file) throws IOException {
    return new Checkpoint(file, CheckpointFile.read(file));
  }

  /** The file it was read from. */
  public Path file() {
    return file;
  }

  /** How many epochs were over, counted over the trainer's life. */
  public int epochs() {
    return state.position().epochs();
  }

  /** How many batches of the epoch after these had been trained on. */
  public int batch() {
    return state.position().batch();
  }

  /** How many steps had been taken. */
  public long steps() {
    return state.steps();
  }

  /** The figures of the epochs that were over. */
  public History history() {
    return state.history();
  }

  /**
   * Gives a model the weights, running statistics among them.
   *
   * @throws IllegalArgumentException if it has other parameters, listing all that differ; nothing has changed then
   */
  public void copyWeightsTo(Model model) {
    List<String> wrong = new ArrayList<>();
    Map<String, float[]> weights = state.weights();
    for (Parameter parameter : model.parameters()) {
      float[] values = weights.get(parameter.name());
      if (values == null) {
        wrong.add("it has no " + parameter.name());
      } else if (values.length != parameter.shape().size()) {
        wrong.add(parameter.name() + " has " + values.length + " values in it, " + parameter.shape().size() + " here");
      }
    }
    List<String> names = model.parameters().stream().map(Parameter::name).toList();
    weights.keySet().stream().filter(name -> !names.contains(name))
        .forEach(name -> wrong.add("there is no " + name + " here"));
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(file + ": expected a checkpoint of this model: " + String.join("; ", wrong));
    }
    model.parameters().forEach(parameter -> parameter.set(weights.get(parameter.name())));
  }

  TrainingState state() {
    return state;
  }

  /**
   * Refuses to go on with other settings than those it was written by.
   *
   * @throws IllegalArgumentException listing all that differ
   */
  void requireSame(Map<String, String> settings) {
    List<String> differences = Differences.between(state.settings(), settings);
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(file + ": expected the training that the checkpoint was written by, got "
          + String.join("; ", differences));
    }
    String kernels = Kernels.get().name();
    if (!kernels.equals(state.kernels())) {
      LOG.warn("{}: written where the kernels {} ran, here {} do: the results will differ in the last bits", file,
          state.kernels(), kernels);
    }
  }

  /** The epoch, the batch and the step. */
  @Override
  public String toString() {
    return "Checkpoint after step " + steps() + " (" + epochs() + (epochs() == 1 ? " epoch" : " epochs") + " and "
        + batch() + (batch() == 1 ? " batch)" : " batches)");
  }
}
