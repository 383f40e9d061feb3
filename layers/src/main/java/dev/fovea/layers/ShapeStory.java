package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Shape errors as a user of a model needs them: which layer, its settings, the shapes on the way to it, and the likely
 * cure.
 */
final class ShapeStory {
  /** Red, green, blue and opacity: more are rather pictures of a batch. */
  private static final int MOST_CHANNELS_OF_A_PICTURE = 4;

  private ShapeStory() {}

  /** An error at node {@code index}, to which these shapes led. */
  static ShapeException tell(Chain chain, List<Shape> shapes, int index, String problem, ShapeException cause) {
    List<Node> nodes = chain.nodes();
    StringBuilder text = new StringBuilder("layer ").append(index).append(' ').append(nodes.get(index).name())
        .append(", ").append(nodes.get(index).layer()).append(": ").append(problem).append("\n  shapes: input ")
        .append(shapes.get(0));
    for (int i = 0; i < index; i++) {
      text.append(" -> ").append(nodes.get(i).name()).append(' ').append(shapes.get(i + 1));
    }
    return new ShapeException(text.append(" -> ").append(nodes.get(index).name()).toString(), cause);
  }

  /** What helps where a first layer refuses the shape a model is made with. */
  static String cureAtConstruction(int index, Shape input) {
    if (index > 0 || input.rank() != 2) {
      return "";
    }
    return "; a sample's shape is [C, H, W], that of a grey picture " + input.prepend(1);
  }

  /**
   * Refuses samples that a model with these parameters cannot take. Others than those it was made for may pass: a
   * network that ends in global pooling takes pictures of any size.
   *
   * @throws ShapeException saying which layer is in the way, and what can be done
   */
  static void check(Chain built, Shape sample) {
    if (sample.rank() != built.shape(0).rank()) {
      throw wrongRank(built.shape(0), sample);
    }
    List<Shape> shapes = new ArrayList<>(List.of(sample));
    for (int i = 0; i < built.nodes().size(); i++) {
      Shape came = shapes.get(i);
      Shape made = built.shape(i);
      if (came.equals(made)) {
        return;
      }
      Node node = built.nodes().get(i);
      try {
        if (!shapesOf(Chain.specs(node, came)).equals(shapesOf(built.specs(i)))) {
          throw new ShapeException(mismatch(built, shapes, i));
        }
        shapes.add(node.layer().outputShape(came));
        boolean reordered = node.layer() instanceof Flatten || node.layer() instanceof Reshape;
        if (reordered && shapes.get(i + 1).equals(built.shape(i + 1)) && parametersBehind(built, i)) {
          throw new ShapeException(node.name() + " expects " + made + ", got " + came
              + ", as many values in another order");
        }
      } catch (ShapeException e) {
        throw tell(built, shapes, i, e.getMessage() + cure(built, i, sample), e);
      }
    }
  }

  private static List<Shape> shapesOf(List<ParameterSpec> specs) {
    return specs.stream().map(ParameterSpec::shape).toList();
  }

  private static boolean parametersBehind(Chain built, int index) {
    for (int i = index + 1; i < built.nodes().size(); i++) {
      if (!built.specs(i).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static ShapeException wrongRank(Shape made, Shape sample) {
    String cure = sample.rank() == made.rank() - 1 && sample.equals(made.dropFirst())
        ? "; the channel axis is missing: reshape to " + made : "";
    return new ShapeException("input: expected one sample " + axes(made) + made + " or a batch of them, got "
        + sample + cure);
  }

  /** What the axes of pictures are called, before their lengths; nothing for other ranks. */
  private static String axes(Shape sample) {
    return sample.rank() == 3 ? "[C, H, W] = " : "";
  }

  /** Why the parameters of node i do not fit what comes to it. */
  private static String mismatch(Chain built, List<Shape> shapes, int i) {
    Shape made = built.shape(i);
    Shape came = shapes.get(i);
    String name = built.nodes().get(i).name();
    if (i > 0 && built.nodes().get(i - 1).layer() instanceof Flatten) {
      return name + " expects " + made.elements() + " = " + built.shape(i - 1).crossed() + " values, got "
          + shapes.get(i - 1).crossed() + " = " + came.elements();
    }
    if (made.rank() > 1 && made.dim(0) != came.dim(0)) {
      return name + " expects " + channels(made.dim(0)) + " on axis 0 of " + axes(made) + made + ", got "
          + came.dim(0) + " in " + came;
    }
    return name + " was made for " + made + ", got " + came + ", for which its parameters have other shapes";
  }

  private static String channels(int count) {
    return count == 1 ? "1 channel" : count + " channels";
  }

  /** What helps a sample that came to node {@code index} in a shape the model was not made for. */
  private static String cure(Chain built, int index, Shape sample) {
    Shape made = built.shape(0);
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
    boolean flattened = built.nodes().subList(0, index + 1).stream().anyMatch(node -> node.layer() instanceof Flatten);
    return "; resize the pictures to " + made.dim(1) + "x" + made.dim(2)
        + (flattened ? ", or use GlobalAveragePooling instead of Flatten, which takes any size" : "");
  }
}
