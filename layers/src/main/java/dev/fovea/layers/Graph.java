package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Layers with branches, with their parameters: what Keras calls a functional model. Layers are applied to nodes, each
 * application is a node again, and branches meet in merges.
 *
 * <pre>{@code
 * Graph.Builder g = Graph.builder(42L);
 * Node picture = g.input("picture", Shape.of(64, 32, 32));
 * Node first = g.apply(Conv2D.of(64, 3).withPadding(SAME).withActivation(RELU), picture);
 * Node second = g.apply(Conv2D.of(64, 3).withPadding(SAME).withActivation(RELU), first);
 * Node sum = g.merge(Add.of(), second, first);
 * Node pooled = g.apply(GlobalAveragePooling.of(), sum);
 * Graph model = g.build(g.apply(Dense.of(2).withActivation(SOFTMAX), pooled));
 * }</pre>
 *
 * <p>A graph has one output, and one input or several. With several, {@link #inputShape()} is the first's, and samples
 * come as {@linkplain #predict(List) lists}. Prints as the code that makes it, with shapes and counts as comments.
 */
public final class Graph extends NetworkModel {
  private Graph(long seed, Network network, ParameterStore store, Metadata metadata) {
    super(seed, network, store, metadata);
  }

  /**
   * Starts a graph.
   *
   * @param seed what the parameters' first values follow from
   */
  public static Builder builder(long seed) {
    return new Builder(seed);
  }

  /** A graph whose values come from a file: an array of the right length for each spec, not copied. */
  static Graph over(Network network, Map<String, float[]> values, Metadata metadata) {
    return new Graph(0, network, ParameterStore.over(network.specs(), values), metadata);
  }

  /**
   * {@link #forward(Tensor, Pass)} for several inputs.
   *
   * @param batches a batch for each input, in the order of {@link #inputs()}, all of as many samples
   * @throws ShapeException if the samples do not fit, telling which node is in the way
   * @throws IllegalArgumentException if there is not one batch for each input
   */
  @Override
  public Tensor forward(List<Tensor> batches, Pass pass) {
    return super.forward(batches, pass);
  }

  /**
   * {@link #predict(Tensor)} for several inputs.
   *
   * @param samples one sample for each input, in the order of {@link #inputs()}, or a batch for each
   * @throws ShapeException if the samples do not fit
   * @throws IllegalArgumentException if there is not one tensor for each input
   */
  @Override
  public Tensor predict(List<Tensor> samples) {
    return super.predict(samples);
  }

  @Override
  public Graph withMetadata(Metadata other) {
    Settings.present("model", "metadata", other);
    return new Graph(seed, network, store, other);
  }

  @Override
  public String summary() {
    return Summary.graph(network, store);
  }

  /**
   * {@link Model#load(Path)} where the file is known to hold a graph.
   *
   * @throws ModelFormatException if the file is not a whole and sound model, saying where and what is wrong, or if it
   *     holds a {@link Sequential}
   * @throws IOException if it cannot be read
   */
  public static Graph load(Path file) throws IOException {
    return load(file, LayerRegistry.standard());
  }

  /** {@link #load(Path)} for a graph with layers or merges of one's own, which the registry knows. */
  public static Graph load(Path file, LayerRegistry registry) throws IOException {
    return ModelReader.read(file, registry, Graph.class);
  }

  /** The code that makes this graph, with the nodes' output shapes and parameter counts as comments. */
  @Override
  public String toString() {
    return Summary.graphCode(network, store, seed);
  }

  /**
   * A graph that is being built: every call checks the shapes at once, and returns a node to apply further layers to. A
   * node is named after its layer, {@code conv2d}, {@code conv2d_1}, unless it is given a name.
   */
  public static final class Builder {
    private final long seed;
    private final Network network = new Network();

    private Builder(long seed) {
      this.seed = seed;
    }

    /**
     * Where samples come in, named {@code input}.
     *
     * @param sample the shape of one sample: {@code [C, H, W]} for pictures
     */
    public Node input(Shape sample) {
      return input(next("input"), sample);
    }

    /**
     * Where samples come in, under a name.
     *
     * @throws IllegalArgumentException if the name is taken, or is none
     */
    public Node input(String name, Shape sample) {
      requireName(name);
      network.addInput(new Node(name, new Input(sample), List.of(), name));
      return network.node(name);
    }

    /**
     * Applies a layer to what a node gives.
     *
     * @throws ShapeException if the layer cannot stand there, telling why
     * @throws IllegalArgumentException if this builder did not make the node
     */
    public Node apply(Layer layer, Node input) {
      return apply(next(layer.name()), layer, input);
    }

    /** {@link #apply(Layer, Node)} under a name of one's own. */
    public Node apply(String name, Layer layer, Node input) {
      return add(name, layer, name, input);
    }

    /**
     * Merges what several nodes give.
     *
     * @throws ShapeException if they do not fit each other, telling their names and shapes
     * @throws IllegalArgumentException if this builder did not make one of the nodes
     */
    public Node merge(Merge merge, Node... inputs) {
      return merge(next(merge.name()), merge, inputs);
    }

    /** {@link #merge(Merge, Node...)} under a name of one's own. */
    public Node merge(String name, Merge merge, Node... inputs) {
      return add(name, merge, name, inputs);
    }

    /**
     * Applies a layer that is there already once more, with the same parameters: they are counted once, and their
     * gradients add up.
     *
     * @param shared the name of the layer's node, {@code conv2d}
     * @throws ShapeException if the parameters do not fit this input
     * @throws IllegalArgumentException if there is no such node, or this builder did not make the inputs
     */
    public Node share(String shared, Node... inputs) {
      return share(next(find(shared).part().name()), shared, inputs);
    }

    /** {@link #share(String, Node...)} under a name of one's own, which comes first. */
    public Node share(String name, String shared, Node... inputs) {
      Node node = find(shared);
      return add(name, node.part(), node.scope(), inputs);
    }

    private Node find(String shared) {
      List<String> known = network.nodes().stream().map(Node::name).toList();
      if (!known.contains(shared)) {
        throw new IllegalArgumentException(
            "share: expected one of " + known + ", got \"" + shared + "\"" + Names.hint(shared, known));
      }
      return network.node(shared);
    }

    /** Adds a node, as it stands in a file or follows from what has been called. */
    Node add(String name, Part part, String scope, Node... inputs) {
      requireName(name);
      if (part instanceof Layer && inputs.length != 1 || inputs.length == 0) {
        throw new IllegalArgumentException("graph: " + name + ": expected "
            + (part instanceof Layer ? "one input" : "at least one input") + ", got " + inputs.length);
      }
      for (Node input : inputs) {
        requireOwn(input);
      }
      network.add(new Node(name, part, Arrays.stream(inputs).map(Node::name).toList(), scope));
      return network.node(name);
    }

    /**
     * The graph from the inputs to this node. Whatever has been built must lead to it.
     *
     * @throws IllegalArgumentException if something does not, saying what, or if this builder did not make the node
     */
    public Graph build(Node output) {
      Network whole = network(output);
      return new Graph(seed, whole, ParameterStore.of(whole.specs(), seed), Metadata.none());
    }

    /** The network that ends in this node. */
    Network network(Node output) {
      requireOwn(output);
      if (output.part() instanceof Input) {
        throw new IllegalArgumentException(
            "graph: expected a layer or a merge as output, got the input " + output.name());
      }
      Set<String> used = new HashSet<>(output.inputs());
      used.add(output.name());
      for (Node node : network.before(output)) {
        used.add(node.name());
        used.addAll(node.inputs());
      }
      List<String> loose = network.names().stream().filter(name -> !used.contains(name)).toList();
      if (!loose.isEmpty()) {
        throw new IllegalArgumentException("graph: expected every node to lead to the output " + output.name() + ", "
            + Settings.list(loose) + (loose.size() == 1 ? " does" : " do") + " not; connect what is missing, or leave "
            + (loose.size() == 1 ? "it" : "them") + " out");
      }
      return network.copy();
    }

    private String next(String base) {
      return Names.next(network.names(), base);
    }

    private void requireName(String name) {
      if (name == null || !name.matches("[A-Za-z][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException("graph: expected names of letters, digits and _, a letter first, got "
            + (name == null ? "null" : "\"" + name + "\""));
      }
      if (network.node(name) != null) {
        throw new IllegalArgumentException("graph: expected a name for each node, got \"" + name + "\" again");
      }
    }

    private void requireOwn(Node node) {
      if (node == null || network.node(node.name()) != node) {
        throw new IllegalArgumentException("graph: expected nodes that this builder made, got "
            + (node == null ? "null" : node.name() + ", which it did not make"));
      }
    }
  }
}
