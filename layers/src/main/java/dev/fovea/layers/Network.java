package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes behind inputs of certain shapes, each node after those it takes from: the shapes between them and the
 * parameters they ask for. What {@link Sequential}, {@link Graph} and {@link Stack} have in common. Grows while a model
 * is built and is left alone afterwards; the output is the last node's.
 */
final class Network {
  private final Map<String, Node> inputs = new LinkedHashMap<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, List<ParameterSpec>> specs = new HashMap<>();

  Network() {}

  /** Layers in a row. */
  static Network row(Shape input, List<Layer> layers) {
    Network network = new Network();
    network.addInput(new Node(Node.INPUT, new Input(input), List.of(), Node.INPUT));
    Node.row(layers).forEach(network::add);
    return network;
  }

  /** This network as it is now; what is added later is not in it. */
  Network copy() {
    Network copy = new Network();
    copy.inputs.putAll(inputs);
    copy.nodes.putAll(nodes);
    copy.shapes.putAll(shapes);
    copy.specs.putAll(specs);
    return copy;
  }

  void addInput(Node node) {
    inputs.put(node.name(), node);
    shapes.put(node.name(), node.outputShape(List.of()));
  }

  /**
   * Puts a node behind those it takes from, which must be there.
   *
   * @throws ShapeException if it cannot stand there, telling which it is and what comes to it
   */
  void add(Node node) {
    List<Shape> in = shapes(node.inputs());
    try {
      List<ParameterSpec> asked = node.specs(in);
      if (node.isShared() && !shapesOf(asked).equals(shapesOf(specs(node.scope())))) {
        throw new ShapeException("the parameters of " + node.scope() + ", which it shares, were made for "
            + Settings.list(shapes(node(node.scope()).inputs())) + ", got " + Settings.list(in)
            + ", for which they have other shapes");
      }
      specs.put(node.name(), asked);
      shapes.put(node.name(), node.outputShape(in));
    } catch (ShapeException e) {
      throw ShapeStory.tell(this, shapes, node, e.getMessage() + ShapeStory.cureAtConstruction(this, node), e);
    }
    nodes.put(node.name(), node);
  }

  /**
   * Computes one node after the other. Every tensor made on the way carries the name of its node as its label.
   *
   * @param batches one for each input, in order
   */
  Tensor forward(List<Tensor> batches, Parameters parameters, Pass pass) {
    Map<String, Tensor> values = new HashMap<>();
    for (Node input : inputs.values()) {
      values.put(input.name(), batches.get(values.size()));
    }
    Tensor output = batches.get(0);
    for (Node node : nodes.values()) {
      List<Tensor> in = node.inputs().stream().map(values::get).toList();
      // A layer's proposals do not lie behind its output: they are labelled apart.
      int proposed = pass.updates().size();
      output = node.forward(in, parameters, pass);
      label(output, in, node.name());
      for (Pass.Update update : pass.updates().subList(proposed, pass.updates().size())) {
        label(update.value(), in, node.name());
      }
      pass.computed(node.name(), node.part(), in, output);
      values.put(node.name(), output);
    }
    return output;
  }

  /**
   * Writes a node's name on every tensor it made: those behind its output, and behind its proposals, as far as its
   * inputs or something that has a label already.
   */
  private static void label(Tensor output, List<Tensor> inputs, String name) {
    Deque<Tensor> open = new ArrayDeque<>();
    open.push(output);
    while (!open.isEmpty()) {
      Tensor tensor = open.pop();
      boolean leaf = tensor.op() == null && tensor != output;
      if (!inputs.contains(tensor) && tensor.label() == null && !leaf && !(tensor instanceof Parameter)) {
        tensor.label(name);
        for (Tensor behind : tensor.inputs()) {
          open.push(behind);
        }
      }
    }
  }

  List<Node> inputs() {
    return List.copyOf(inputs.values());
  }

  /** The nodes in an order in which they can be computed, without the inputs. */
  List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /** The node or input of this name; {@code null} if there is none. */
  Node node(String name) {
    return nodes.getOrDefault(name, inputs.get(name));
  }

  /** The names of the inputs and nodes, in order. */
  List<String> names() {
    List<String> names = new ArrayList<>(inputs.keySet());
    names.addAll(nodes.keySet());
    return names;
  }

  /** The shape of one sample of what this node or input gives. */
  Shape shape(String name) {
    return shapes.get(name);
  }

  List<Shape> shapes(List<String> names) {
    return names.stream().map(shapes::get).toList();
  }

  List<Shape> inputShapes() {
    return shapes(List.copyOf(inputs.keySet()));
  }

  Shape outputShape() {
    List<String> names = names();
    return shape(names.get(names.size() - 1));
  }

  /** What a node asks for, under full names. */
  List<ParameterSpec> specs(String name) {
    return specs.getOrDefault(name, List.of());
  }

  /** What all nodes ask for, under full names; what several share is there once. */
  List<ParameterSpec> specs() {
    return nodes.values().stream().filter(node -> !node.isShared()).flatMap(node -> specs(node.name()).stream())
        .toList();
  }

  static List<Shape> shapesOf(List<ParameterSpec> specs) {
    return specs.stream().map(ParameterSpec::shape).toList();
  }

  /** The nodes that lead to this one, in order, without the inputs and itself. */
  List<Node> before(Node node) {
    Set<String> needed = new HashSet<>(node.inputs());
    List<Node> before = new ArrayList<>();
    List<Node> all = nodes();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (needed.contains(all.get(i).name())) {
        needed.addAll(all.get(i).inputs());
        before.add(all.get(i));
      }
    }
    Collections.reverse(before);
    return before;
  }

  /** The nodes that this one leads to, in order. */
  List<Node> behind(Node node) {
    Set<String> reached = new HashSet<>(Set.of(node.name()));
    List<Node> behind = new ArrayList<>();
    for (Node other : nodes.values()) {
      if (other.inputs().stream().anyMatch(reached::contains)) {
        reached.add(other.name());
        behind.add(other);
      }
    }
    return behind;
  }
}
