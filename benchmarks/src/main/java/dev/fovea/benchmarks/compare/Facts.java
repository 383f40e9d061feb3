package dev.fovea.benchmarks.compare;

import dev.fovea.core.kernels.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reader has to know to judge the figures, or to repeat them.
 *
 * @param lines what is said about what
 * @param peaks figures of the machine itself, by {@code peak-2t fma avx512_f32_gflops}
 * @param loads how busy the machine was with other things before each measurement, from 0 to 1
 */
record Facts(Map<String, String> lines, Map<String, Double> peaks, List<Double> loads) {
  private static final Pattern FMA = Pattern.compile("\\S+-(\\d+)t fma \\S*f32_gflops");
  private static final Pattern READ = Pattern.compile("\\S+-(\\d+)t memory read_gbs");
  private static final double GIBI = 1024.0 * 1024 * 1024;

  /** Machine, versions, date and command. */
  static Facts gather(Options options, Path harness) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    lines.put("command", "`" + options.command() + "`");
    lines.put("each measurement", Numbers.plain(options.warmUpSeconds()) + " s of warm-up, then "
        + Numbers.plain(options.seconds()) + " s of single steps");
    lines.put("machine", machine());
    lines.put("system", System.getProperty("os.name") + " "
        + System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1") + ", " + system());
    lines.put("JDK", System.getProperty("java.vm.name") + " " + Runtime.version());
    lines.put("Fovea", System.getProperty("fovea.revision", "of unknown revision") + ", kernels "
        + Kernels.get().name());
    for (Contender ours : options.ours()) {
      lines.put(ours.name(), "`--add-modules jdk.incubator.vector"
          + (ours.flags().isEmpty() ? "" : " " + String.join(" ", ours.flags())) + "`");
    }
    lines.putAll(PeerVersions.of(harness, options.peers().stream().map(Peer::name).toList()));
    return new Facts(lines, Map.of(), List.of());
  }

  /** These facts with what was measured of the machine itself. */
  Facts with(Map<String, Double> otherPeaks, List<Double> otherLoads) {
    return new Facts(lines, otherPeaks, otherLoads);
  }

  /** GFLOP/s of so many threads, the best of what was measured; NaN if it was not. */
  double fmaPeak(int threads) {
    return best(FMA, threads);
  }

  /** The table. */
  String table() {
    Map<String, String> all = new LinkedHashMap<>(lines);
    if (!Double.isNaN(fmaPeak(2))) {
      all.put("the machine's own peak, measured in the same run", String.format(Locale.ROOT,
          "%s GFLOP/s on one thread, %s on two; reading memory %s and %s GB/s", Numbers.show(fmaPeak(1)),
          Numbers.show(fmaPeak(2)), Numbers.show(best(READ, 1)), Numbers.show(best(READ, 2))));
    }
    if (loads.stream().anyMatch(load -> load >= 0)) {
      Spread spread = Spread.of(loads.stream().filter(load -> load >= 0).map(load -> 100 * load).toList());
      all.put("other programs, before each measurement", String.format(Locale.ROOT,
          "kept %.0f %% of the machine busy, at most %.0f %%", spread.median(), spread.most()));
    }
    StringBuilder text = new StringBuilder("| | |\n| --- | --- |\n");
    all.forEach((what, value) -> text.append("| ").append(what).append(" | ").append(value).append(" |\n"));
    return text.toString();
  }

  private double best(Pattern pattern, int threads) {
    return peaks.entrySet().stream().filter(entry -> {
      Matcher matcher = pattern.matcher(entry.getKey());
      return matcher.matches() && Integer.parseInt(matcher.group(1)) == threads;
    }).mapToDouble(Map.Entry::getValue).max().orElse(Double.NaN);
  }

  private static String machine() throws IOException {
    String processor = find("/proc/cpuinfo", "model name\\s*:\\s*(.+)", "an unknown processor");
    String memory = find("/proc/meminfo", "MemTotal:\\s*(\\d+) kB", "0");
    return processor + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
        + Math.round(Long.parseLong(memory) * 1024 / GIBI) + " GiB of memory";
  }

  private static String system() throws IOException {
    return find("/etc/os-release", "PRETTY_NAME=\"([^\"]+)\"", "an unknown distribution");
  }

  private static String find(String file, String pattern, String otherwise) throws IOException {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      return otherwise;
    }
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(path));
    return matcher.find() ? matcher.group(1).strip() : otherwise;
  }
}
