package dev.fovea.benchmarks.compare;

import dev.fovea.benchmarks.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Measures other frameworks and this one in turn, some rounds of all workloads, and writes the report, anew after each
 * round. {@code --help} tells the options.
 *
 * <p>Everything runs one after the other: what a harness has to build, it builds before it measures. Within a round
 * each workload is measured on the peers, in an order that turns from round to round, and on ours right behind them.
 */
public final class Compare {
  private static final String PEAK = "peak";
  private static final double BUSY = 0.1;

  private final Options options;
  private final PrintStream out;
  private final DoubleSupplier load;
  private final Harness harness;
  private final MarkedSection section;
  private final Measurements measurements = new Measurements();
  private final Map<String, Double> peaks = new LinkedHashMap<>();
  private final List<Double> loads = new ArrayList<>();
  private final Set<String> failures = new LinkedHashSet<>();

  /**
   * A comparison.
   *
   * @param out takes what comes in
   * @param load how busy the machine is with other things, from 0 to 1
   */
  Compare(Options options, PrintStream out, DoubleSupplier load) {
    this.options = options;
    this.out = out;
    this.load = load;
    this.harness = new Harness(options.harness(), options.warmUpSeconds(), options.seconds(), lock(System.getenv()));
    this.section = new MarkedSection(options.page(), options.section());
  }

  /** Runs the comparison that the arguments describe. */
  public static void main(String[] arguments) throws IOException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    try {
      Path home = Path.of(System.getProperty("fovea.home", "."));
      new Compare(Options.parse(List.of(arguments), home.resolve("docs/performance.md")), System.out, Load::ofOneSecond)
          .run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /** No framework but the machine itself, measured once. */
  private static boolean isPeak(Peer peer) {
    return peer.name().equals(PEAK);
  }

  /** The file that harnesses lock while something is measured. */
  static Path lock(Map<String, String> environment) {
    String path = environment.get("BENCH_LOCK");
    return path != null ? Path.of(path) : Path.of(environment.getOrDefault("TMPDIR", "/tmp"), "bench.lock");
  }

  void run() throws IOException {
    section.check();
    options.ours().forEach(Contender::command);
    Facts facts = Facts.gather(options, harness.folder());
    if (options.peers().stream().anyMatch(Compare::isPeak)) {
      harness.measure(options.workloads().get(0).name(), List.of(PEAK), List.of(), line -> take(0, line));
    }
    for (int round = 1; round <= options.rounds(); round++) {
      for (Workload workload : options.workloads()) {
        measure(round, workload);
      }
      section.write(new Report(options, facts.with(peaks, loads), measurements, failures, round).text());
    }
  }

  private void measure(int round, Workload workload) throws IOException {
    double busy = load.getAsDouble();
    loads.add(busy);
    if (busy > BUSY) {
      out.printf(Locale.ROOT, "round %d: %s: something else keeps %.0f %% of the machine busy%n", round,
          workload.name(), 100 * busy);
    }
    List<String> peers = new ArrayList<>(
        options.peers().stream().filter(peer -> !isPeak(peer) && peer.takes(workload.name())).map(Peer::name).toList());
    if (workload.shared() && !peers.isEmpty()) {
      Collections.rotate(peers, 1 - round);
      harness.measure(workload.name(), peers, options.ours(), line -> take(round, line));
      return;
    }
    for (Contender ours : options.ours()) {
      if (!harness.measureAlone(workload.name(), ours, line -> take(round, line))) {
        failures.add(ours.name() + " " + workload.name() + " failed");
      }
    }
  }

  private void take(int round, String text) {
    RawLine.parse(text).ifPresent(line -> {
      out.println(round == 0 ? text : "round " + round + ": " + text);
      measurements.add(round, line);
      if (line.who().startsWith(PEAK)) {
        peaks.put(line.who() + " " + line.workload() + " " + line.metric(), line.value());
      }
    });
    if (text.matches("\\S+ \\S+ failed rc=\\d+")) {
      out.println(text);
      failures.add(text);
    }
  }
}
