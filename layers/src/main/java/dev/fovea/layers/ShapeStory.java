package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shape errors as a user of a model needs them: which layer, its settings, the shapes on the way to it, and the likely
 * cure.
 */
final class ShapeStory {
  /** Red, green, blue and opacity: more are rather pictures of a batch. */
  private static final int MOST_CHANNELS_OF_A_PICTURE = 4;

  private ShapeStory() {}

  /**
   * An error at a node.
   *
   * @param network what there is before the node
   * @param shapes what the inputs and the nodes before it gave, by name
   */
  static ShapeException tell(Network network, Map<String, Shape> shapes, Node node, String problem,
      ShapeException cause) {
    List<Node> before = network.before(node);
    List<Node> way = new ArrayList<>(before);
    way.add(node);
    boolean row = isRow(network, way);
    String text = (row ? "layer " + before.size() + " " : "node ") + node.name() + ", " + node.part() + ": " + problem
        + "\n  shapes: " + (row ? row(shapes, way) : branches(network, shapes, way));
    return new ShapeException(text, cause);
  }

  /** Whether these nodes stand one behind the other, the first behind an input. */
  private static boolean isRow(Network network, List<Node> way) {
    String before = way.get(0).inputs().get(0);
    for (Node node : way) {
      if (!node.inputs().equals(List.of(before))) {
        return false;
      }
      before = node.name();
    }
    return network.inputs().stream().anyMatch(input -> input.name().equals(way.get(0).inputs().get(0)));
  }

  /** {@code input [1, 8, 8] -> conv2d [4, 6, 6] -> flatten}: all but the last have shapes. */
  private static String row(Map<String, Shape> shapes, List<Node> way) {
    StringBuilder text = new StringBuilder(sized(shapes, way.get(0).inputs().get(0)));
    for (Node node : way.subList(0, way.size() - 1)) {
      text.append(" -> ").append(sized(shapes, node.name()));
    }
    return text.append(" -> ").append(way.get(way.size() - 1).name()).toString();
  }

  /** {@code picture [1, 8, 8]; conv2d(picture) [4, 6, 6]; add(conv2d [4, 6, 6], picture [1, 8, 8])}. */
  private static String branches(Network network, Map<String, Shape> shapes, List<Node> way) {
    List<String> parts = new ArrayList<>();
    for (Node input : network.inputs()) {
      if (way.stream().anyMatch(node -> node.inputs().contains(input.name()))) {
        parts.add(sized(shapes, input.name()));
      }
    }
    for (Node node : way.subList(0, way.size() - 1)) {
      parts.add(node.name() + "(" + String.join(", ", node.inputs()) + ") " + shapes.get(node.name()));
    }
    Node last = way.get(way.size() - 1);
    parts.add(last.name() + last.inputs().stream().map(name -> sized(shapes, name))
        .collect(Collectors.joining(", ", "(", ")")));
    return String.join("; ", parts);
  }

  private static String sized(Map<String, Shape> shapes, String name) {
    return name + " " + shapes.get(name);
  }

  /** What helps where a first layer refuses the shape a model is made with. */
  static String cureAtConstruction(Network network, Node node) {
    Shape input = network.shape(node.inputs().get(0));
    if (!network.before(node).isEmpty() || node.inputs().size() > 1 || input.rank() != 2) {
      return "";
    }
    return "; a sample's shape is [C, H, W], that of a grey picture " + input.prepend(1);
  }

  /**
   * Refuses samples, one for each input, that a model with these parameters cannot take. Others than those it was made
   * for may pass: a network that ends in global pooling takes pictures of any size.
   *
   * @throws ShapeException saying which layer is in the way, and what can be done
   */
  static void check(Network built, List<Shape> samples) {
    Map<String, Shape> shapes = new HashMap<>();
    for (Node input : built.inputs()) {
      Shape sample = samples.get(shapes.size());
      if (sample.rank() != built.shape(input.name()).rank()) {
        throw wrongRank(input.name(), built.shape(input.name()), sample);
      }
      shapes.put(input.name(), sample);
    }
    for (Node node : built.nodes()) {
      List<Shape> came = node.inputs().stream().map(shapes::get).toList();
      if (came.equals(built.shapes(node.inputs()))) {
        shapes.put(node.name(), built.shape(node.name()));
        continue;
      }
      try {
        if (!Network.shapesOf(node.specs(came)).equals(Network.shapesOf(built.specs(node.name())))) {
          throw new ShapeException(mismatch(built, shapes, node));
        }
        shapes.put(node.name(), node.outputShape(came));
        refuseOtherOrder(built, shapes, node);
      } catch (ShapeException e) {
        throw tell(built, shapes, node, e.getMessage() + cure(built, shapes, node), e);
      }
    }
  }

  /** As many values as were expected, but from pictures of another shape: parameters behind them would be misled. */
  private static void refuseOtherOrder(Network built, Map<String, Shape> shapes, Node node) {
    boolean reordered = node.part() instanceof Flatten || node.part() instanceof Reshape;
    if (reordered && shapes.get(node.name()).equals(built.shape(node.name()))
        && built.behind(node).stream().anyMatch(other -> !built.specs(other.name()).isEmpty())) {
      String input = node.inputs().get(0);
      throw new ShapeException(node.name() + " expects " + built.shape(input) + ", got " + shapes.get(input)
          + ", as many values in another order");
    }
  }

  private static ShapeException wrongRank(String input, Shape made, Shape sample) {
    String cure = sample.prepend(1).equals(made) ? "; the channel axis is missing: reshape to " + made : "";
    return new ShapeException(input + ": expected one sample " + axes(made) + made + " or a batch of them, got "
        + sample + cure);
  }

  /** What the axes of pictures are called, before their lengths; nothing for other ranks. */
  private static String axes(Shape sample) {
    return sample.rank() == 3 ? "[C, H, W] = " : "";
  }

  /** Why the parameters of a node do not fit what comes to it. */
  private static String mismatch(Network built, Map<String, Shape> shapes, Node node) {
    String input = differing(built, shapes, node.inputs());
    Shape made = built.shape(input);
    Shape came = shapes.get(input);
    Node source = built.node(input);
    if (source.part() instanceof Flatten) {
      String flattened = source.inputs().get(0);
      return node.name() + " expects " + made.elements() + " = " + built.shape(flattened).crossed() + " values, got "
          + shapes.get(flattened).crossed() + " = " + came.elements();
    }
    if (made.rank() > 1 && made.dim(0) != came.dim(0)) {
      return node.name() + " expects " + channels(made.dim(0)) + " on axis 0 of " + axes(made) + made + ", got "
          + came.dim(0) + " in " + came;
    }
    return node.name() + " was made for " + made + ", got " + came + ", for which its parameters have other shapes";
  }

  /** The first of these that has another shape than the model was made with. */
  private static String differing(Network built, Map<String, Shape> shapes, List<String> names) {
    return names.stream().filter(name -> !shapes.get(name).equals(built.shape(name))).findFirst().orElseThrow();
  }

  private static String channels(int count) {
    return count == 1 ? "1 channel" : count + " channels";
  }

  /** What helps where a sample that the model was not made for came as far as this node. */
  private static String cure(Network built, Map<String, Shape> shapes, Node node) {
    String input = differing(built, shapes, built.inputs().stream().map(Node::name).toList());
    Shape made = built.shape(input);
    Shape sample = shapes.get(input);
    if (made.rank() != 3) {
      return "";
    }
    if (sample.equals(Shape.of(made.dim(1), made.dim(2), made.dim(0)))) {
      return "; the channels seem to stand last: permute the samples to [C, H, W] = " + made;
    }
    if (made.dim(0) == 1 && sample.dim(0) > MOST_CHANNELS_OF_A_PICTURE && sample.with(0, 1).equals(made)) {
      return "; a batch of " + sample.dim(0) + " pictures is [N, C, H, W] = " + made.prepend(sample.dim(0));
    }
    if (sample.dim(0) != made.dim(0)) {
      return "; the model takes samples [C, H, W] = " + made;
    }
    if (sample.dim(1) == made.dim(2) && sample.dim(2) == made.dim(1)) {
      return "; height and width look swapped: turn the samples to [C, H, W] = " + made;
    }
    boolean flattened = node.part() instanceof Flatten
        || built.before(node).stream().anyMatch(other -> other.part() instanceof Flatten);
    return "; resize the pictures to " + made.dim(1) + "x" + made.dim(2)
        + (flattened ? ", or use GlobalAveragePooling instead of Flatten, which takes any size" : "");
  }
}
