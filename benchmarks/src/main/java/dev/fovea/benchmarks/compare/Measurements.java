package dev.fovea.benchmarks.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was measured, round by round. */
final class Measurements {
  private final Map<Key, SortedMap<Integer, Double>> values = new LinkedHashMap<>();

  private record Key(String who, String workload, Metric metric) {}

  /** Keeps what a line says; of equal lines in one round the last counts. */
  void add(int round, RawLine line) {
    Metric.parse(line.metric()).ifPresent(metric ->
        values.computeIfAbsent(new Key(line.who(), line.workload(), metric), key -> new TreeMap<>())
            .put(round, line.value()));
  }

  /** Who was measured on a workload, in the order of their first line. */
  Set<String> who(String workload) {
    Set<String> who = new LinkedHashSet<>();
    values.keySet().stream().filter(key -> key.workload.equals(workload)).forEach(key -> who.add(key.who));
    return who;
  }

  /** What was measured on a workload. */
  Set<Metric> metrics(String workload) {
    Set<Metric> metrics = new TreeSet<>();
    values.keySet().stream().filter(key -> key.workload.equals(workload)).forEach(key -> metrics.add(key.metric));
    return metrics;
  }

  /** How one did over the rounds; empty if it was not measured. */
  Optional<Spread> spread(String who, String workload, Metric metric) {
    return Optional.ofNullable(values.get(new Key(who, workload, metric))).map(Map::values).map(Spread::of);
  }

  /** Who, among some, has the best median; empty if none of them was measured. */
  Optional<String> best(Collection<String> among, String workload, Metric metric) {
    Comparator<String> byMedian =
        Comparator.comparingDouble(who -> spread(who, workload, metric).orElseThrow().median());
    return among.stream().filter(who -> spread(who, workload, metric).isPresent())
        .max(metric.moreIsBetter() ? byMedian : byMedian.reversed());
  }

  /**
   * How many times as fast the first is as the second: the ratio of the medians, and the smallest and largest of the
   * rounds in which both were measured. Empty if there is none.
   */
  Optional<Spread> ratio(String first, String second, String workload, Metric metric) {
    Map<Integer, Double> ours = values.getOrDefault(new Key(first, workload, metric), new TreeMap<>());
    Map<Integer, Double> theirs = values.getOrDefault(new Key(second, workload, metric), new TreeMap<>());
    List<Double> ratios = new ArrayList<>();
    ours.forEach((round, value) -> {
      if (theirs.containsKey(round)) {
        ratios.add(metric.ratio(value, theirs.get(round)));
      }
    });
    if (ratios.isEmpty()) {
      return Optional.empty();
    }
    Spread rounds = Spread.of(ratios);
    double medians = metric.ratio(Spread.of(ours.values()).median(), Spread.of(theirs.values()).median());
    return Optional.of(new Spread(medians, rounds.least(), rounds.most()));
  }
}
