package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Layers in a row, with their parameters: each takes what the one before it gives.
 *
 * <pre>{@code
 * Sequential model = Sequential.of(Shape.of(1, 28, 28), 42L,
 *     Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
 *     Flatten.of(),
 *     Dense.of(10).withActivation(SOFTMAX));
 * }</pre>
 *
 * <p>Prints as the code that makes it, with shapes and counts as comments.
 */
public final class Sequential implements Model {
  private final long seed;
  private final Chain chain;
  private final ParameterStore store;
  private final Predictor predictor;
  private final Metadata metadata;

  private Sequential(long seed, Chain chain, ParameterStore store, Metadata metadata) {
    this.seed = seed;
    this.chain = chain;
    this.store = store;
    this.predictor = new Predictor(this);
    this.metadata = metadata;
  }

  /**
   * A model of these layers behind samples of this shape.
   *
   * @param sample the shape of one sample: {@code [C, H, W]} for pictures
   * @param seed what the parameters' first values follow from
   * @throws ShapeException if a layer cannot stand where it does, telling which and why
   */
  public static Sequential of(Shape sample, long seed, Layer... layers) {
    return of(sample, seed, List.of(layers));
  }

  /** {@link #of(Shape, long, Layer...)} for a list. */
  public static Sequential of(Shape sample, long seed, List<Layer> layers) {
    requireLayers(layers);
    Chain chain = new Chain(sample, layers);
    return new Sequential(seed, chain, ParameterStore.of(chain.specs(), seed), Metadata.none());
  }

  /** A model whose values come from a file: an array of the right length for each spec, not copied. */
  static Sequential over(Chain chain, Map<String, float[]> values, Metadata metadata) {
    return new Sequential(0, chain, ParameterStore.over(chain.specs(), values), metadata);
  }

  private static void requireLayers(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("sequential: expected at least one layer, got none");
    }
  }

  @Override
  public Shape inputShape() {
    return chain.shape(0);
  }

  @Override
  public Shape outputShape() {
    return chain.outputShape();
  }

  @Override
  public List<Node> nodes() {
    return chain.nodes();
  }

  /** The layers in their order. */
  public List<Layer> layers() {
    return chain.nodes().stream().map(Node::layer).toList();
  }

  @Override
  public List<Parameter> parameters() {
    return store.names("").stream().map(store::find).toList();
  }

  @Override
  public Parameter parameter(String name) {
    Parameter parameter = store.find(name);
    if (parameter == null) {
      throw new IllegalArgumentException("parameter: expected one of " + store.names("") + ", got \"" + name + "\""
          + Names.hint(name, store.names("")));
    }
    return parameter;
  }

  @Override
  public List<ParameterSpec> specs() {
    return store.specs();
  }

  @Override
  public long parameterCount() {
    return store.count();
  }

  @Override
  public long trainableCount() {
    return store.trainableCount();
  }

  @Override
  public void freeze(String layer) {
    hold(layer, true);
  }

  @Override
  public void unfreeze(String layer) {
    hold(layer, false);
  }

  private void hold(String layer, boolean hold) {
    if (nodes().stream().noneMatch(node -> node.name().equals(layer))) {
      throw new IllegalArgumentException((hold ? "freeze" : "unfreeze") + ": expected one of "
          + nodes().stream().map(Node::name).toList() + ", got \"" + layer + "\"");
    }
    store.freeze(layer + ".", hold);
  }

  @Override
  public Tensor forward(Tensor batch, Pass pass) {
    Shape sample = inputShape();
    if (batch.shape().rank() != sample.rank() + 1) {
      throw new ShapeException("input: expected a batch of samples " + sample + ", batch axis in front, got "
          + batch.shape());
    }
    if (!batch.shape().dropFirst().equals(sample)) {
      ShapeStory.check(chain, batch.shape().dropFirst());
    }
    Parameters parameters = new Parameters(store, "");
    Tensor x = batch;
    for (Node node : nodes()) {
      // A layer's proposals do not lie behind its output: they are labelled apart.
      int proposed = pass.updates().size();
      Tensor y = node.layer().forward(x, parameters.scope(node.name()), pass);
      Chain.label(y, x, node.name());
      for (Pass.Update update : pass.updates().subList(proposed, pass.updates().size())) {
        Chain.label(update.value(), x, node.name());
      }
      pass.computed(node.name(), node.layer(), List.of(x), y);
      x = y;
    }
    return x;
  }

  @Override
  public Tensor predict(Tensor input) {
    boolean single = input.shape().rank() == inputShape().rank();
    boolean batch = input.shape().rank() == inputShape().rank() + 1;
    Shape sample = batch ? input.shape().dropFirst() : input.shape();
    if (!sample.equals(inputShape())) {
      ShapeStory.check(chain, sample);
    }
    Tensor output = predictor.run(single ? Tensor.wrap(input.shape().prepend(1), input.toArray()) : input);
    return single ? Tensor.wrap(output.shape().dropFirst(), output.data()) : output;
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  /** The same model (the parameters are shared) with other metadata. */
  public Sequential withMetadata(Metadata other) {
    return new Sequential(seed, chain, store, other);
  }

  @Override
  public String summary() {
    return Summary.of(chain, store);
  }

  @Override
  public void save(Path file) throws IOException {
    save(file, LayerRegistry.standard());
  }

  /** {@link #save(Path)} for a model with layers of one's own, which the registry gives type names. */
  public void save(Path file, LayerRegistry registry) throws IOException {
    ModelWriter.write(this, registry, file);
  }

  /**
   * Reads a model from a JSON file, gzipped or not: the same layers, the same weights to the bit. The seed and what was
   * frozen are not in the file: a loaded model prints with seed 0, and all of it trains.
   *
   * @throws ModelFormatException if the file is not a whole and sound model, saying where and what is wrong
   * @throws IOException if it cannot be read
   */
  public static Sequential load(Path file) throws IOException {
    return load(file, LayerRegistry.standard());
  }

  /** {@link #load(Path)} for a model with layers of one's own, which the registry knows. */
  public static Sequential load(Path file, LayerRegistry registry) throws IOException {
    return ModelReader.read(file, registry);
  }

  /** How many parameters have been allocated so far. */
  int allocated() {
    return store.allocated();
  }

  /** The code that makes this model, with the nodes' names, output shapes and parameter counts as comments. */
  @Override
  public String toString() {
    return Summary.code(chain, store, seed);
  }
}
