package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/** A network with its parameters: all that models have in common but how they are made and printed. */
abstract class NetworkModel implements Model {
  final long seed;
  final Network network;
  final ParameterStore store;
  private final Predictor predictor = new Predictor(this);
  private final Metadata metadata;
  private final List<Shape> inputShapes;

  NetworkModel(long seed, Network network, ParameterStore store, Metadata metadata) {
    this.seed = seed;
    this.network = network;
    this.store = store;
    this.metadata = metadata;
    this.inputShapes = network.inputShapes();
  }

  @Override
  public Shape inputShape() {
    return inputShapes.get(0);
  }

  @Override
  public Shape outputShape() {
    return network.outputShape();
  }

  @Override
  public List<Node> inputs() {
    return network.inputs();
  }

  @Override
  public List<Node> nodes() {
    return network.nodes();
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
    List<String> known = nodes().stream().map(Node::name).toList();
    if (!known.contains(layer)) {
      throw new IllegalArgumentException(
          (hold ? "freeze" : "unfreeze") + ": expected one of " + known + ", got \"" + layer + "\"");
    }
    store.freeze(network.node(layer).scope() + ".", hold);
  }

  @Override
  public Tensor forward(Tensor batch, Pass pass) {
    return forward(List.of(batch), pass);
  }

  /** {@link #forward(Tensor, Pass)} for a batch for each input. */
  Tensor forward(List<Tensor> batches, Pass pass) {
    requireOneEach("forward", batches);
    for (int i = 0; i < batches.size(); i++) {
      Node input = inputs().get(i);
      Shape sample = network.shape(input.name());
      Shape batch = batches.get(i).shape();
      if (batch.rank() != sample.rank() + 1) {
        throw new ShapeException(
            input.name() + ": expected a batch of samples " + sample + ", batch axis in front, got " + batch);
      }
      if (batch.dim(0) != batches.get(0).shape().dim(0)) {
        throw new ShapeException("forward: expected as many samples for every input, got "
            + batches.get(0).shape().dim(0) + " for " + inputs().get(0).name() + " and " + batch.dim(0) + " for "
            + input.name());
      }
    }
    requireSamples(batches.stream().map(batch -> batch.shape().dropFirst()).toList());
    return network.forward(batches, new Parameters(store, ""), pass);
  }

  @Override
  public Tensor predict(Tensor input) {
    return predict(List.of(input));
  }

  @Override
  public Plan plan(int batchSize) {
    Settings.atLeastOne("plan", "the batch size", batchSize);
    List<Tensor> batches = inputShapes.stream().map(shape -> Tensor.symbolic(shape.prepend(batchSize))).toList();
    return Plan.inference(batches, forward(batches, Pass.inference()));
  }

  /** {@link #predict(Tensor)} for a sample for each input, or a batch for each. */
  Tensor predict(List<Tensor> samples) {
    requireOneEach("predict", samples);
    if (all(samples, Shape::equals)) {
      return predictor.run(samples, false);
    }
    return predictor.run(samples, all(samples, Predictor::isBatchOf) || batchedOfOtherShapes(samples));
  }

  /** Whether each sample is to its input's shape as the relation says. */
  private boolean all(List<Tensor> samples, BiPredicate<Shape, Shape> relation) {
    for (int i = 0; i < inputShapes.size(); i++) {
      if (!relation.test(samples.get(i).shape(), inputShapes.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether these are batches; refuses what the layers cannot take, or samples beside batches. */
  private boolean batchedOfOtherShapes(List<Tensor> samples) {
    List<Boolean> batched = IntStream.range(0, samples.size())
        .mapToObj(i -> samples.get(i).shape().rank() == inputShapes.get(i).rank() + 1).toList();
    requireSamples(IntStream.range(0, samples.size())
        .mapToObj(i -> batched.get(i) ? samples.get(i).shape().dropFirst() : samples.get(i).shape()).toList());
    if (batched.stream().distinct().count() > 1) {
      throw new ShapeException("predict: expected one sample for every input or a batch for every one, got "
          + Settings.list(samples.stream().map(Tensor::shape).toList()));
    }
    return batched.get(0);
  }

  private void requireOneEach(String where, List<Tensor> tensors) {
    if (tensors.size() != inputShapes.size()) {
      List<String> names = inputs().stream().map(Node::name).toList();
      throw new IllegalArgumentException(where + ": expected " + (names.size() == 1 ? "one tensor, for "
          : "a list of " + names.size() + " tensors, for ") + Settings.list(names) + ", got " + tensors.size());
    }
  }

  private void requireSamples(List<Shape> samples) {
    if (!samples.equals(inputShapes)) {
      ShapeStory.check(network, samples);
    }
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public void save(Path file) throws IOException {
    save(file, LayerRegistry.standard());
  }

  @Override
  public void save(Path file, LayerRegistry registry) throws IOException {
    ModelWriter.write(this, registry, file);
  }

  /** How many parameters have been allocated so far. */
  int allocated() {
    return store.allocated();
  }
}
