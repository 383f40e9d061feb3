package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
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
public final class Sequential extends NetworkModel {
  private Sequential(long seed, Network network, ParameterStore store, Metadata metadata) {
    super(seed, network, store, metadata);
  }

  /**
   * A model of these layers behind samples of this shape.
   *
   * @param sample the shape of one sample: {@code [C, H, W]} for pictures
   * @param seed what the parameters' first values follow from
   * @throws ShapeException if a layer cannot stand where it does, telling which and why
   */
  public static Sequential of(Shape sample, long seed, Layer... layers) {
    return of(sample, seed, Arrays.asList(layers));
  }

  /** {@link #of(Shape, long, Layer...)} for a list. */
  public static Sequential of(Shape sample, long seed, List<Layer> layers) {
    requireLayers(layers);
    Network network = Network.row(sample, layers);
    return new Sequential(seed, network, ParameterStore.of(network.specs(), seed), Metadata.none());
  }

  /** A model whose values come from a file: an array of the right length for each spec, not copied. */
  static Sequential over(Network network, Map<String, float[]> values, Metadata metadata) {
    return new Sequential(0, network, ParameterStore.over(network.specs(), values), metadata);
  }

  private static void requireLayers(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("sequential: expected at least one layer, got none");
    }
    for (int i = 0; i < layers.size(); i++) {
      Settings.present("sequential", "a layer in place " + i, layers.get(i));
    }
  }

  /** The layers in their order. */
  public List<Layer> layers() {
    return network.nodes().stream().map(node -> (Layer) node.part()).toList();
  }

  @Override
  public Sequential withMetadata(Metadata other) {
    Settings.present("model", "metadata", other);
    return new Sequential(seed, network, store, other);
  }

  @Override
  public String summary() {
    return Summary.row(network, store);
  }

  /**
   * Reads a model from a JSON file, gzipped or not: the same layers, the same weights to the bit. The seed and what was
   * frozen are not in the file: a loaded model prints with seed 0, and all of it trains.
   *
   * @throws ModelFormatException if the file is not a whole and sound model, saying where and what is wrong, or if it
   *     holds a {@link Graph}
   * @throws IOException if it cannot be read
   */
  public static Sequential load(Path file) throws IOException {
    return load(file, LayerRegistry.standard());
  }

  /** {@link #load(Path)} for a model with layers of one's own, which the registry knows. */
  public static Sequential load(Path file, LayerRegistry registry) throws IOException {
    return ModelReader.read(file, registry, Sequential.class);
  }

  /** The code that makes this model, with the nodes' names, output shapes and parameter counts as comments. */
  @Override
  public String toString() {
    return Summary.rowCode(network, store, seed);
  }
}
