package dev.fovea.train.trace;

import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A trace in print. */
final class TraceTable {
  /** So many numbers are printed one by one; of more, the range and the mean. */
  private static final int PRINTED = 8;
  private static final int RIGHT = 2;

  private final List<List<String>> rows = new ArrayList<>();

  private TraceTable() {}

  static String of(Trace trace) {
    TraceTable table = new TraceTable();
    table.rows.add(List.of("Layer (type)", "Shape", "Param #", "", ""));
    String before = "";
    for (TracedInput input : trace.inputs()) {
      table.tensor(input.name(), "", input.tensor(), trace.hasGradients());
      before = input.name();
    }
    for (TracedLayer layer : trace.layers()) {
      String from = layer.from().equals(List.of(before)) ? "" : " from " + String.join(", ", layer.from());
      table.layer(layer, from, trace.hasGradients());
      before = layer.name();
    }
    return "Trace: " + trace.headline() + "\n" + table;
  }

  private void layer(TracedLayer layer, String from, boolean gradients) {
    tensor(layer.name() + " (" + layer.type() + ")" + from, Numbers.grouped(layer.parameterCount()), layer.output(),
        gradients);
    for (TracedStep step : layer.steps().subList(0, Math.max(0, layer.steps().size() - 1))) {
      tensor("  after " + step.operation(), "", step.output(), gradients);
    }
    for (TracedParameter parameter : layer.parameters()) {
      tensor("  " + parameter.name(), Numbers.grouped(parameter.tensor().shape().elements()), parameter.tensor(),
          gradients);
    }
  }

  private void tensor(String name, String count, TracedTensor tensor, boolean gradients) {
    rows.add(List.of(name, tensor.shape().toString(), count, gradients ? "value" : "", numbers(tensor.value())));
    if (gradients) {
      rows.add(List.of("", "", "", "gradient", numbers(tensor.gradient())));
    }
  }

  private static String numbers(Tensor tensor) {
    if (tensor == null) {
      return "none";
    }
    float[] values = tensor.data();
    if (values.length <= PRINTED) {
      StringJoiner text = new StringJoiner(" ");
      for (float value : values) {
        text.add(String.format("%7s", Numbers.text(value)));
      }
      return text.toString();
    }
    Digest digest = Digest.of(values);
    return String.format("%7s to %s, mean %s", Numbers.text(digest.min()), Numbers.text(digest.max()),
        Numbers.text(digest.mean()));
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringJoiner lines = new StringJoiner("\n");
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == RIGHT ? space + row.get(i) : row.get(i) + space).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines.toString();
  }
}
