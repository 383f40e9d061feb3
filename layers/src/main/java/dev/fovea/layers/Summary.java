package dev.fovea.layers;

import dev.fovea.core.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A model in print: Keras' table, and the code that makes the model. */
final class Summary {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};
  private static final int GAP = 2;

  private Summary() {}

  /** The table: layer, output shape, parameters; below it the totals with their sizes as float32. */
  static String of(Chain chain, ParameterStore store) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Layer (type)", "Output Shape", "Param #"});
    for (int i = 0; i < chain.nodes().size(); i++) {
      Node node = chain.nodes().get(i);
      String frozen = isFrozen(chain.specs(i), store) ? ", frozen" : "";
      rows.add(new String[] {
          node.name() + " (" + node.layer().getClass().getSimpleName() + frozen + ")",
          batch(chain.shape(i + 1)), grouped(count(chain.specs(i)))});
    }
    int first = width(rows, 0) + GAP;
    int second = width(rows, 1) + GAP;
    int third = width(rows, 2);
    String line = "-".repeat(first + second + third) + "\n";
    StringBuilder text = new StringBuilder("Model: Sequential, input " + batch(chain.shape(0)) + "\n").append(line);
    for (int i = 0; i < rows.size(); i++) {
      String[] row = rows.get(i);
      text.append(String.format(Locale.ROOT, "%-" + first + "s%-" + second + "s%" + third + "s\n", (Object[]) row));
      text.append(i == 0 ? line : "");
    }
    long total = store.count();
    long trainable = store.trainableCount();
    return text.append(line)
        .append(total("Total params", total)).append('\n')
        .append(total("Trainable params", trainable)).append('\n')
        .append(total("Non-trainable params", total - trainable)).toString();
  }

  /** The code that makes a model, with names, shapes and counts as comments. */
  static String code(Chain chain, ParameterStore store, long seed) {
    List<Node> nodes = chain.nodes();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      lines.add("    " + nodes.get(i).layer() + (i + 1 < nodes.size() ? "," : ");"));
    }
    int width = lines.stream().mapToInt(String::length).max().orElse(0) + GAP;
    StringBuilder text = new StringBuilder("Sequential.of(Shape.of(" + list(chain.shape(0)) + "), " + seed + "L,\n");
    for (int i = 0; i < nodes.size(); i++) {
      long count = count(chain.specs(i));
      text.append(String.format(Locale.ROOT, "%-" + width + "s// %s: %s%s\n", lines.get(i), nodes.get(i).name(),
          chain.shape(i + 1), count == 0 ? "" : ", " + grouped(count) + " parameters"));
    }
    return text.append("// ").append(grouped(store.count())).append(" parameters, ")
        .append(grouped(store.trainableCount())).append(" trainable").toString();
  }

  private static boolean isFrozen(List<ParameterSpec> specs, ParameterStore store) {
    return !specs.isEmpty() && specs.stream().allMatch(spec -> store.isFrozen(spec.name()));
  }

  private static long count(List<ParameterSpec> specs) {
    return specs.stream().mapToLong(spec -> spec.shape().elements()).sum();
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
