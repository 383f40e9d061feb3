package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A layer, a merge or an input in its place in a model, under a name of its own.
 *
 * @param name unique in the model: {@code conv2d}, {@code conv2d_1}
 * @param part the settings
 * @param inputs the names of the nodes whose outputs come in, in order; none for an {@link Input}
 * @param scope the name its parameters are under: its own, or that of the node whose parameters it shares
 */
public record Node(String name, Part part, List<String> inputs, String scope) {
  /** What the one input of a row of layers is called. */
  static final String INPUT = "input";

  /** Copies the list. */
  public Node {
    inputs = List.copyOf(inputs);
  }

  /** The layers in this order, each behind the one before it, under the names Keras would give them. */
  static List<Node> row(List<Layer> layers) {
    Set<String> taken = new HashSet<>(Set.of(INPUT));
    Map<String, Integer> uses = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    String before = INPUT;
    for (Layer layer : layers) {
      String type = layer.name();
      String name;
      do {
        // Counted, not sought from 1 on: thousands of layers would take the square of the time.
        int earlier = uses.merge(type, 1, Integer::sum) - 1;
        name = earlier == 0 ? type : type + "_" + earlier;
      } while (!taken.add(name));
      nodes.add(new Node(name, layer, List.of(before), name));
      before = name;
    }
    return List.copyOf(nodes);
  }

  /** Whether it applies the parameters of another node. */
  public boolean isShared() {
    return !scope.equals(name);
  }

  /** What the part asks for behind inputs of these shapes, under full names. */
  List<ParameterSpec> specs(List<Shape> shapes) {
    List<ParameterSpec> specs = part instanceof Layer layer ? layer.parameters(shapes.get(0))
        : part instanceof Merge merge ? merge.parameters(shapes) : List.of();
    return specs.stream().map(spec -> spec.in(scope)).toList();
  }

  /** The shape of one output sample. */
  Shape outputShape(List<Shape> shapes) {
    return part instanceof Layer layer ? layer.outputShape(shapes.get(0))
        : part instanceof Merge merge ? merge.outputShape(shapes) : ((Input) part).shape();
  }

  /** The output for these batches; an input gives back what it is given. */
  Tensor forward(List<Tensor> batches, Parameters parameters, Pass pass) {
    return part instanceof Layer layer ? layer.forward(batches.get(0), parameters.scope(scope), pass)
        : part instanceof Merge merge ? merge.forward(batches, parameters.scope(scope), pass) : batches.get(0);
  }
}
