package dev.fovea.train.trace;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Makes the data of the page from a trace, as large as wanted. */
final class PageBuilder {
  private static final int LONGEST_TEXT = 600;

  private final Trace trace;
  private final Map<Tensor, Digest> digests = new IdentityHashMap<>();
  private final Map<TracedTensor, Integer> numbers = new HashMap<>();
  private final List<Page.Values> tensors = new ArrayList<>();
  private int budget;

  PageBuilder(Trace trace) {
    this.trace = trace;
  }

  /**
   * The data.
   *
   * @param valuesEach how many values of a tensor may be drawn
   * @param most how many layers may be shown
   */
  Page page(int valuesEach, int most) {
    budget = valuesEach;
    numbers.clear();
    tensors.clear();
    List<TracedLayer> layers = trace.layers();
    int shown = Math.min(most, layers.size());
    int first = (shown + 1) / 2;
    List<TracedLayer> kept = new ArrayList<>(layers.subList(0, first));
    kept.addAll(layers.subList(layers.size() - (shown - first), layers.size()));
    List<Page.Inside> inputs = new ArrayList<>();
    for (TracedInput input : trace.inputs()) {
      TracedTensor tensor = input.tensor();
      inputs.add(new Page.Inside(clipped(input.name()), number(tensor, axes(tensor.shape(), "cell")), true));
    }
    List<Page.Layer> pageLayers = new ArrayList<>();
    for (TracedLayer layer : kept) {
      pageLayers.add(layer(layer, layer == layers.get(layers.size() - 1)));
    }
    return new Page(inputs, trace.classes(), trace.hasGradients(), layers.size() - shown, first, pageLayers,
        List.copyOf(tensors));
  }

  /** How many tensors the page has that shows all layers. */
  int tensorCount() {
    return trace.inputs().size()
        + trace.layers().stream().mapToInt(layer -> 1 + layer.steps().size() + layer.parameters().size()).sum();
  }

  private Page.Layer layer(TracedLayer layer, boolean last) {
    String role = role(layer);
    String cell = switch (role) {
      case "flatten" -> "flat cell";
      case "average" -> "pooled cell";
      case "dense" -> last && layer.output().shape().elements() > 1 ? "class" : "unit";
      default -> "cell";
    };
    List<Integer> inputs = new ArrayList<>();
    for (TracedTensor input : layer.inputs()) {
      inputs.add(number(input, axes(input.shape(), "cell")));
    }
    List<Page.Inside> inside = new ArrayList<>();
    for (int i = 0; i + 1 < layer.steps().size(); i++) {
      TracedStep step = layer.steps().get(i);
      inside.add(new Page.Inside(step.operation() + ", before " + layer.steps().get(i + 1).operation(),
          number(step.output(), axes(step.output().shape(), cell)), true));
    }
    int output = number(layer.output(), axes(layer.output().shape(), cell));
    List<Page.Inside> parameters = new ArrayList<>();
    for (TracedParameter parameter : layer.parameters()) {
      parameters.add(new Page.Inside(clipped(parameter.name()),
          number(parameter.tensor(), axes(parameter, cell)), parameter.trainable()));
    }
    return new Page.Layer(clipped(layer.name()), layer.type(), clipped(layer.settings()), role,
        layer.from().stream().map(PageBuilder::clipped).toList(), inputs, output, inside, parameters,
        layer.parameterCount());
  }

  /** What the cells of a layer are linked by, if the page knows how. */
  private static String role(TracedLayer layer) {
    if (layer.inputs().size() != 1) {
      return "";
    }
    return switch (layer.type()) {
      case "Flatten" -> "flatten";
      case "GlobalAveragePooling" -> "average";
      case "Dense" -> "dense";
      default -> "";
    };
  }

  private static List<String> axes(Shape shape, String cell) {
    return switch (shape.rank()) {
      case 0 -> List.of();
      case 1 -> List.of(cell);
      case 2 -> List.of("row", "column");
      case 3 -> List.of("map", "row", "column");
      default -> numbered(shape);
    };
  }

  private static List<String> axes(TracedParameter parameter, String cell) {
    Shape shape = parameter.tensor().shape();
    boolean weight = parameter.name().endsWith(".weight");
    if (weight && shape.rank() == 2) {
      return List.of(cell.equals("class") ? "class" : "unit", "input");
    }
    if (weight && shape.rank() == 4) {
      return List.of("filter", "channel", "row", "column");
    }
    return shape.rank() == 1 ? List.of(cell.equals("cell") ? "channel" : cell) : numbered(shape);
  }

  private static List<String> numbered(Shape shape) {
    List<String> axes = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      axes.add("axis " + axis + ":");
    }
    return axes;
  }

  private int number(TracedTensor tensor, List<String> axes) {
    return numbers.computeIfAbsent(tensor, t -> {
      Shape shape = t.shape();
      Selection drawn = Selection.of(shape, budget);
      List<Integer> lengths = Arrays.stream(shape.toArray()).boxed().toList();
      tensors.add(new Page.Values(lengths, axes, drawn, field(t.value(), drawn), field(t.gradient(), drawn)));
      return tensors.size() - 1;
    });
  }

  private Page.Field field(Tensor tensor, Selection drawn) {
    if (tensor == null) {
      return null;
    }
    Digest digest = digests.computeIfAbsent(tensor, t -> Digest.of(t.data()));
    return new Page.Field(drawn.isWhole() ? digest.withoutHistogram() : digest, drawn.pick(tensor.data()));
  }

  private static String clipped(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 3) + "...";
  }
}
