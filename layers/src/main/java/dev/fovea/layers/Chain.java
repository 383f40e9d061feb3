package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Layers in a row behind an input of a certain shape: their names, the shapes between them and the parameters they ask
 * for. What {@link Sequential} and {@link Stack} have in common.
 */
final class Chain {
  private final List<Node> nodes;
  private final List<Shape> shapes = new ArrayList<>();
  private final List<List<ParameterSpec>> specs = new ArrayList<>();

  /**
   * Runs the shapes through.
   *
   * @throws ShapeException if a layer cannot stand where it does, telling which and what came to it
   */
  Chain(Shape input, List<Layer> layers) {
    nodes = Node.name(layers);
    shapes.add(input);
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      try {
        specs.add(specs(node, shape(i)));
        shapes.add(node.layer().outputShape(shape(i)));
      } catch (ShapeException e) {
        throw ShapeStory.tell(this, shapes, i, e.getMessage() + ShapeStory.cureAtConstruction(i, shape(i)), e);
      }
    }
  }

  /** What a node's layer asks for behind an input of this shape, under the node's name. */
  static List<ParameterSpec> specs(Node node, Shape input) {
    return node.layer().parameters(input).stream().map(spec -> spec.in(node.name())).toList();
  }

  /** Computes one layer after the other. */
  static Tensor forward(List<Node> nodes, Tensor input, Parameters parameters, Pass pass) {
    Tensor x = input;
    for (Node node : nodes) {
      x = node.layer().forward(x, parameters.scope(node.name()), pass);
    }
    return x;
  }

  /**
   * Writes a layer's name on every tensor it made: those behind its output, and behind its proposals, as far as its
   * input or something that has a label already.
   */
  static void label(Tensor output, Tensor input, String name) {
    Deque<Tensor> open = new ArrayDeque<>();
    open.push(output);
    while (!open.isEmpty()) {
      Tensor tensor = open.pop();
      boolean leaf = tensor.op() == null && tensor != output;
      if (tensor != input && tensor.label() == null && !leaf && !(tensor instanceof Parameter)) {
        tensor.label(name);
        for (Tensor behind : tensor.inputs()) {
          open.push(behind);
        }
      }
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  /** The sample shape that comes to node i; that of the last node's output is number {@code nodes().size()}. */
  Shape shape(int i) {
    return shapes.get(i);
  }

  Shape outputShape() {
    return shapes.get(shapes.size() - 1);
  }

  /** What node i asks for, under full names. */
  List<ParameterSpec> specs(int i) {
    return specs.get(i);
  }

  List<ParameterSpec> specs() {
    return specs.stream().flatMap(List::stream).toList();
  }
}
