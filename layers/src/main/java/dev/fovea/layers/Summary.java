package dev.fovea.layers;

import dev.fovea.core.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Models in print: Keras' table, and the code that makes a model. */
final class Summary {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};
  private static final int GAP = 2;

  private Summary() {}

  /** A row of layers as a table: layer, output shape, parameters; below it the totals with their sizes as float32. */
  static String row(Network network, ParameterStore store) {
    return table("Sequential, input " + batch(network.inputShapes().get(0)), List.of(), network, store, false);
  }

  /** A graph as a table: the same, with a row for each input and what each node is connected to. */
  static String graph(Network network, ParameterStore store) {
    return table("Graph", network.inputs(), network, store, true);
  }

  private static String table(String title, List<Node> inputs, Network network, ParameterStore store,
      boolean connections) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Layer (type)", "Output Shape", "Param #", "  Connected to"});
    for (Node node : Stream.concat(inputs.stream(), network.nodes().stream()).toList()) {
      List<ParameterSpec> specs = network.specs(node.name());
      String shared = node.isShared() ? ", shares " + node.scope() : "";
      String frozen = isFrozen(specs, store) ? ", frozen" : "";
      rows.add(new String[] {
          node.name() + " (" + node.part().getClass().getSimpleName() + shared + frozen + ")",
          batch(network.shape(node.name())), grouped(count(node, network)),
          node.inputs().isEmpty() ? "  -" : "  " + String.join(", ", node.inputs())});
    }
    int first = width(rows, 0) + GAP;
    int second = width(rows, 1) + GAP;
    int third = width(rows, 2);
    String line = "-".repeat(first + second + third + (connections ? width(rows, 3) : 0)) + "\n";
    StringBuilder text = new StringBuilder("Model: " + title + "\n").append(line);
    for (String[] row : rows) {
      text.append(String.format(Locale.ROOT, "%-" + first + "s%-" + second + "s%" + third + "s", (Object[]) row))
          .append(connections ? row[3] : "").append(row == rows.get(0) ? "\n" + line : "\n");
    }
    long total = store.count();
    long trainable = store.trainableCount();
    return text.append(line)
        .append(total("Total params", total)).append('\n')
        .append(total("Trainable params", trainable)).append('\n')
        .append(total("Non-trainable params", total - trainable)).toString();
  }

  /** The code that makes a row of layers, with names, shapes and counts as comments. */
  static String rowCode(Network network, ParameterStore store, long seed) {
    List<Node> nodes = network.nodes();
    List<String> lines = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    for (Node node : nodes) {
      lines.add("    " + node.part() + (lines.size() + 1 < nodes.size() ? "," : ");"));
      comments.add(node.name() + ": " + sizes(node, network));
    }
    return "Sequential.of(Shape.of(" + list(network.inputShapes().get(0)) + "), " + seed + "L,\n"
        + commented(lines, comments) + totals(store);
  }

  /** The code that makes a graph, with shapes and counts as comments. */
  static String graphCode(Network network, ParameterStore store, long seed) {
    List<String> names = network.names();
    String builder = Names.next(names, "g");
    List<String> lines = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    for (String name : names) {
      Node node = network.node(name);
      String named = name.equals(Names.next(names.subList(0, lines.size()), node.part().name()))
          ? "" : "\"" + name + "\", ";
      String what = node.isShared() ? ".share(" + named + "\"" + node.scope() + "\""
          : (node.part() instanceof Merge ? ".merge(" : ".apply(") + named + node.part();
      String call = node.part() instanceof Input input ? ".input(" + named + "Shape.of(" + list(input.shape()) + ")"
          : what + ", " + String.join(", ", node.inputs());
      lines.add("Node " + name + " = " + builder + call + ");");
      comments.add(sizes(node, network));
    }
    return "Graph.Builder " + builder + " = Graph.builder(" + seed + "L);\n" + commented(lines, comments)
        + "Graph model = " + builder + ".build(" + names.get(names.size() - 1) + ");\n" + totals(store);
  }

  private static String commented(List<String> lines, List<String> comments) {
    int width = lines.stream().mapToInt(String::length).max().orElse(0) + GAP;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(String.format(Locale.ROOT, "%-" + width + "s// %s\n", lines.get(i), comments.get(i)));
    }
    return text.toString();
  }

  private static String sizes(Node node, Network network) {
    long count = count(node, network);
    return network.shape(node.name()) + (count == 0 ? "" : ", " + grouped(count) + " parameters");
  }

  private static String totals(ParameterStore store) {
    return "// " + grouped(store.count()) + " parameters, " + grouped(store.trainableCount()) + " trainable";
  }

  /** A node's own parameters: those it shares count where they are made. */
  private static long count(Node node, Network network) {
    return node.isShared() ? 0
        : network.specs(node.name()).stream().mapToLong(spec -> spec.shape().elements()).sum();
  }

  private static boolean isFrozen(List<ParameterSpec> specs, ParameterStore store) {
    return !specs.isEmpty() && specs.stream().allMatch(spec -> store.isFrozen(spec.name()));
  }

  private static int width(List<String[]> rows, int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
  }

  private static String total(String what, long count) {
    return what + ": " + grouped(count) + " (" + size(Float.BYTES * count) + ")";
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, UNITS[unit]);
  }

  private static String batch(Shape sample) {
    return sample.rank() == 0 ? "[N]" : "[N, " + list(sample) + "]";
  }

  private static String list(Shape shape) {
    String text = shape.toString();
    return text.substring(1, text.length() - 1);
  }
}
