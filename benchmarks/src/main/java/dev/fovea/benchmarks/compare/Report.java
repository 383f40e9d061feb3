package dev.fovea.benchmarks.compare;

import dev.fovea.benchmarks.Work;
import dev.fovea.benchmarks.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was measured, as Markdown. */
final class Report {
  private final Options options;
  private final Facts facts;
  private final Measurements measurements;
  private final Collection<String> failures;
  private final int rounds;
  private final List<String> ours;

  /**
   * A report.
   *
   * @param failures lines that say what did not work
   * @param rounds how many rounds have been measured
   */
  Report(Options options, Facts facts, Measurements measurements, Collection<String> failures, int rounds) {
    this.options = options;
    this.facts = facts;
    this.measurements = measurements;
    this.failures = failures;
    this.rounds = rounds;
    this.ours = options.ours().stream().map(Contender::name).toList();
  }

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add("Medians of " + rounds + (rounds == 1 ? " round" : " rounds")
        + "; in parentheses the lowest and the highest.");
    parts.add(facts.table());
    parts.add(against());
    parts.add(threads());
    for (Workload workload : options.workloads()) {
      parts.add(details(workload));
    }
    if (!failures.isEmpty()) {
      parts.add("Did not run to the end: " + String.join("; ", failures) + ".");
    }
    parts.removeIf(String::isEmpty);
    return String.join("\n\n", parts.stream().map(String::strip).toList()) + "\n";
  }

  /** The first of ours against whoever is fastest. */
  private String against() {
    StringBuilder rows = new StringBuilder();
    for (Workload workload : options.workloads()) {
      for (Metric metric : measurements.metrics(workload.name())) {
        rival(workload.name(), metric).ifPresent(rival -> rows.append(row(List.of(workload.name(), metric.label(),
            show(ours.get(0), workload.name(), metric), show(rival, workload.name(), metric), rival,
            times(ours.get(0), rival, workload.name(), metric)))));
      }
    }
    return rows.isEmpty() ? "" : "**Against the fastest of the others.** A ratio says how many times as fast "
        + ours.get(0) + " is; of memory, how many times as much it takes as the one that trains fastest.\n\n"
        + table(List.of("workload", "what", ours.get(0), "the fastest other", "which", "ratio")) + rows;
  }

  /** Whose figure ours is set against; empty if nobody else was measured. */
  private Optional<String> rival(String workload, Metric metric) {
    if (measurements.spread(ours.get(0), workload, metric).isEmpty()) {
      return Optional.empty();
    }
    Metric judged = metric.kind() != Metric.Kind.MEMORY ? metric
        : measurements.metrics(workload).stream().filter(each -> each.kind() == Metric.Kind.TRAINING)
            .reduce((first, second) -> second).orElse(metric);
    return measurements.best(others(workload), workload, judged)
        .filter(rival -> measurements.spread(rival, workload, metric).isPresent());
  }

  private Set<String> others(String workload) {
    Set<String> others = measurements.who(workload);
    ours.forEach(others::remove);
    return others;
  }

  /** The first of ours against the others of ours: more threads against fewer, for one. */
  private String threads() {
    if (ours.size() < 2) {
      return "";
    }
    List<String> rest = ours.subList(1, ours.size());
    StringBuilder rows = new StringBuilder();
    for (Workload workload : options.workloads()) {
      for (Metric metric : measurements.metrics(workload.name())) {
        if (metric.kind() == Metric.Kind.TRAINING || metric.kind() == Metric.Kind.INFERENCE) {
          List<String> cells = new ArrayList<>(List.of(workload.name(), metric.label()));
          rest.forEach(other -> cells.add(times(ours.get(0), other, workload.name(), metric)));
          rows.append(row(cells));
        }
      }
    }
    List<String> head = new ArrayList<>(List.of("workload", "what"));
    rest.forEach(other -> head.add("to " + other));
    return rows.isEmpty() ? ""
        : "**" + ours.get(0) + " against itself under other settings.**\n\n" + table(head) + rows;
  }

  private String details(Workload workload) {
    String name = workload.name();
    List<Metric> metrics = List.copyOf(measurements.metrics(name));
    if (metrics.isEmpty()) {
      return "";
    }
    List<String> head = new ArrayList<>(List.of(""));
    metrics.forEach(metric -> head.add(metric.label()));
    head.add("GFLOP/s in training");
    double peak = facts.fmaPeak(2);
    if (!Double.isNaN(peak)) {
      head.add("of two threads' peak");
    }
    StringBuilder text = new StringBuilder("### " + name + "\n\n" + table(head));
    Work work = Work.of(workload.sample(), workload.network().get());
    Set<String> inOrder = others(name);
    inOrder.addAll(ours);
    inOrder.retainAll(measurements.who(name));
    for (String who : inOrder) {
      List<String> cells = new ArrayList<>(List.of(who));
      metrics.forEach(metric -> cells.add(show(who, name, metric)));
      double rate = metrics.stream().filter(metric -> metric.kind() == Metric.Kind.TRAINING)
          .flatMap(metric -> measurements.spread(who, name, metric).stream()).mapToDouble(Spread::median)
          .max().orElse(Double.NaN) * work.trainingOperations() / 1e9;
      cells.add(Double.isNaN(rate) ? "" : Numbers.show(rate));
      if (!Double.isNaN(peak)) {
        cells.add(Double.isNaN(rate) ? "" : Math.round(100 * rate / peak) + " %");
      }
      text.append(row(cells));
    }
    return text.toString();
  }

  private String show(String who, String workload, Metric metric) {
    return measurements.spread(who, workload, metric).map(Spread::toString).orElse("");
  }

  private String times(String first, String second, String workload, Metric metric) {
    return measurements.ratio(first, second, workload, metric)
        .map(ratio -> "**" + Numbers.times(ratio.median()) + "**" + (rounds == 1 ? ""
            : " (" + Numbers.times(ratio.least()) + " - " + Numbers.times(ratio.most()) + ")")).orElse("");
  }

  private static String table(List<String> head) {
    return row(head) + "|" + " --- |".repeat(head.size()) + "\n";
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
