package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Layers together with their parameters: something that can be trained, asked and saved. Parameters are allocated when
 * they are first needed; counting and printing needs none of them.
 *
 * <p>Many threads may {@linkplain #predict predict} at once, as long as nobody trains or sets parameters meanwhile.
 */
public interface Model {
  /**
   * Reads a {@link Sequential} or a {@link Graph} from a JSON file, gzipped or not: the same layers, the same weights
   * to the bit. The seed and what was frozen are not in the file: a loaded model prints with seed 0, and all of it
   * trains.
   *
   * @throws ModelFormatException if the file is not a whole and sound model, saying where and what is wrong
   * @throws IOException if it cannot be read
   */
  static Model load(Path file) throws IOException {
    return load(file, LayerRegistry.standard());
  }

  /** {@link #load(Path)} for a model with layers of one's own, which the registry knows. */
  static Model load(Path file, LayerRegistry registry) throws IOException {
    return ModelReader.read(file, registry, Model.class);
  }

  /**
   * The shape of one sample the model was made for, {@code [C, H, W]} for pictures; the first input's, where there are
   * several.
   */
  Shape inputShape();

  /** The shape of the output for one such sample. */
  Shape outputShape();

  /** Where samples come in, each under its name: one node called {@code input} in a {@link Sequential}. */
  List<Node> inputs();

  /** The layers and merges in an order in which they can be computed, each under its name; the last is the output. */
  List<Node> nodes();

  /** Every parameter, in the order of the layers. */
  List<Parameter> parameters();

  /**
   * The parameter of this name, such as {@code conv2d.weight}.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  Parameter parameter(String name);

  /**
   * Overwrites a parameter's values.
   *
   * @throws IllegalArgumentException if there is no such parameter, or it takes another number of values
   */
  default void set(String name, float... values) {
    parameter(name).set(values);
  }

  /**
   * Takes over the values of another model's parameters, by name, wherever shapes agree as well: the trunk of a model
   * that has been trained under another head. What does not fit is left as it was; the result says what that is, and
   * should be looked at. What is frozen stays frozen.
   *
   * @throws IllegalArgumentException if nothing fits, listing why
   */
  default WeightTransfer loadWeights(Model source) {
    return loadWeights(source, name -> true);
  }

  /**
   * {@link #loadWeights(Model)} for chosen parameters: {@code name -> !name.startsWith("dense_1.")} leaves out a head
   * that would fit.
   *
   * @param wanted asked for each full name of a parameter of this model
   * @throws IllegalArgumentException if nothing fits, listing why
   */
  default WeightTransfer loadWeights(Model source, Predicate<String> wanted) {
    return WeightTransfer.lenient(source, this, wanted);
  }

  /**
   * {@link #loadWeights(Model)} from a model's file.
   *
   * @throws ModelFormatException if the file is not a whole and sound model
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if nothing fits, listing why
   */
  default WeightTransfer loadWeights(Path file) throws IOException {
    return loadWeights(Model.load(file));
  }

  /**
   * Takes over the values of all of another model's parameters, which must be this one's by name and shape: the same
   * layers with other weights.
   *
   * @throws IllegalArgumentException if they are not, listing what differs; nothing is changed then
   */
  default void loadWeightsStrictly(Model source) {
    WeightTransfer.strict(source, this);
  }

  /**
   * {@link #loadWeightsStrictly(Model)} from a model's file.
   *
   * @throws ModelFormatException if the file is not a whole and sound model
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if its parameters are not this model's, listing what differs
   */
  default void loadWeightsStrictly(Path file) throws IOException {
    loadWeightsStrictly(Model.load(file));
  }

  /** What the layers ask for, under full names; allocates nothing. */
  List<ParameterSpec> specs();

  /** Elements of all parameters; allocates nothing. */
  long parameterCount();

  /** Elements of the parameters that training changes: trainable and not frozen. */
  long trainableCount();

  /** Elements of the other parameters: running statistics and what is frozen. */
  default long nonTrainableCount() {
    return parameterCount() - trainableCount();
  }

  /**
   * Holds the parameters of a layer, and of those inside it, where they are: training changes the others.
   *
   * @throws IllegalArgumentException if there is no layer of this name
   */
  void freeze(String layer);

  /**
   * Lets training change a layer's parameters again.
   *
   * @throws IllegalArgumentException if there is no layer of this name
   */
  void unfreeze(String layer);

  /**
   * Computes the output of a batch: {@code [N, C, H, W]} for pictures. A tensor without data is recorded for a plan.
   * Every tensor made on the way carries the name of its layer as its {@linkplain Tensor#label() label}.
   *
   * @throws dev.fovea.core.ShapeException if the samples do not fit, telling which layer is in the way
   * @throws IllegalArgumentException if the model takes several inputs
   */
  Tensor forward(Tensor batch, Pass pass);

  /**
   * The output for one sample, or for a batch of samples, in inference.
   *
   * @param input a sample {@code [C, H, W]} (the output then is one sample's too) or a batch {@code [N, C, H, W]}
   * @throws dev.fovea.core.ShapeException if the samples do not fit
   * @throws IllegalArgumentException if the model takes several inputs
   */
  Tensor predict(Tensor input);

  /**
   * The plan by which {@link #predict} runs batches of this size. Printed, it tells operation by operation what was
   * fused, which memory format and which algorithm was chosen and why, which array each value lies in, and the memory
   * of the whole.
   *
   * @throws IllegalArgumentException if the batch size is below 1
   */
  Plan plan(int batchSize);

  /** A table of the layers, their output shapes and parameters, in Keras' columns. */
  String summary();

  /** What the model's file says about it besides layers and weights. */
  Metadata metadata();

  /** The same model (the parameters are shared) with other metadata. */
  Model withMetadata(Metadata other);

  /**
   * Writes the model into a JSON file, gzipped if the name ends in {@code .gz}. The file is replaced at once or not at
   * all.
   *
   * @throws IOException if that is not possible; the old file is then as it was
   * @throws IllegalArgumentException if a parameter holds a value that is not a finite number, which JSON has no word
   *     for
   */
  void save(Path file) throws IOException;

  /** {@link #save(Path)} for a model with layers of one's own, which the registry gives type names. */
  void save(Path file, LayerRegistry registry) throws IOException;
}
