package dev.fovea.core.plan;

import dev.fovea.core.MemoryFormat;
import java.util.ArrayList;
import java.util.List;

/** Prints what a plan decided, in columns as wide as they need to be. */
final class PlanTable {
  private static final List<String> HEADS =
      List.of("#", "layer", "operation", "output", "format", "array", "gradient", "how and why");

  private PlanTable() {}

  /**
   * One operation.
   *
   * @param number of the step
   * @param step what is computed
   * @param view whether it lies where its input lies, so that nothing is copied
   * @param value the number of the array of its output
   * @param gradient the number of the array of the output's gradient; -1 if it has none
   * @param writer the step that writes that gradient first; -1 if none does
   */
  record Line(int number, Step step, boolean view, int value, int gradient, int writer) {
    private List<String> cells() {
      String layer = step.output().label() == null ? "" : step.output().label();
      String format = step.output().format() == MemoryFormat.BLOCKED ? "blocked" : "plain";
      String slope = gradient < 0 ? "" : gradient + (writer < 0 ? "" : " first by " + writer);
      return List.of(Integer.toString(number), layer, step.op().name(), step.output().shape().toString(), format,
          Integer.toString(value), slope, view ? "a view, nothing to copy" : step.reason());
    }
  }

  static String print(List<Line> lines) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADS));
    lines.forEach(line -> rows.add(line.cells()));
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder one = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        one.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 2));
      }
      text.append(one.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
