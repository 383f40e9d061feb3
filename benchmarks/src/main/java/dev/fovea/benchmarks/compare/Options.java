package dev.fovea.benchmarks.compare;

import dev.fovea.benchmarks.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code compare} was told.
 *
 * @param harness the folder of the other frameworks' programs
 * @param rounds how often each is measured on each workload
 * @param warmUpSeconds warm-up before each measurement
 * @param seconds length of each measurement
 * @param peers the other frameworks
 * @param workloads on what
 * @param ours this project; the ratios are of the first
 * @param page the file that takes the report
 * @param section where in the page
 * @param words the command as it can be repeated, without the paths of this machine
 */
record Options(Path harness, int rounds, double warmUpSeconds, double seconds, List<Peer> peers,
    List<Workload> workloads, List<Contender> ours, Path page, String section, List<String> words) {

  static final String HELP = """
      usage: compare PEERS [OPTION]...
      Measures other frameworks and this one in turn and writes the report into docs/performance.md.
        PEERS              a folder with the command run-peers, which measures other frameworks
        --rounds N         how often each is measured on each workload (3)
        --warm S           seconds of warm-up before each measurement (6)
        --time S           seconds of each measurement (10)
        --peers A,B@W      which frameworks; B@W only on workload W (%s)
        --workloads A,B    on what (all)
        --ours NAME=FLAGS  this project under these JVM flags, as often as wanted; the ratios are of the first
                           (fovea=-Dfovea.threads=2 fovea-1t=-Dfovea.threads=1)
        --into FILE        the page (docs/performance.md)
        --section NAME     the place in it, between <!-- compare:NAME --> and <!-- /compare:NAME --> (results)
      """.formatted(Peer.USUAL);

  private static final String WHERE = "compare: ";
  private static final Map<String, String> USUAL = Map.of("--rounds", "3", "--warm", "6", "--time", "10",
      "--peers", Peer.USUAL, "--workloads", String.join(",", Workload.names()), "--section", "results");

  /**
   * Reads the arguments of the command.
   *
   * @param page the page unless they name another
   * @throws IllegalArgumentException if they do not make sense
   */
  static Options parse(List<String> arguments, Path page) {
    Map<String, String> values = new HashMap<>(USUAL);
    values.put("--into", page.toString());
    List<Contender> ours = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    List<String> words = new ArrayList<>(List.of("benchmarks/compare", "PEERS"));
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        folders.add(argument);
        continue;
      }
      if (!values.containsKey(argument) && !argument.equals("--ours") || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(WHERE + "expected an option with a value, got " + argument
            + "; --help lists them");
      }
      String value = arguments.get(++i);
      if (argument.equals("--ours")) {
        ours.add(Contender.parse(value));
      } else {
        values.put(argument, value);
      }
      if (!argument.equals("--into")) {
        words.addAll(List.of(argument, value.isEmpty() || value.contains(" ") ? "'" + value + "'" : value));
      }
    }
    if (folders.size() != 1) {
      throw new IllegalArgumentException(WHERE + "expected one folder with a command run-peers, got " + folders);
    }
    return new Options(Path.of(folders.get(0)), (int) number(values, "--rounds", 1), number(values, "--warm", 0),
        number(values, "--time", 0), Peer.parse(values.get("--peers")),
        Arrays.stream(values.get("--workloads").split(",")).map(Workload::named).toList(),
        ours.isEmpty() ? Contender.USUAL : ours, Path.of(values.get("--into")), values.get("--section"), words);
  }

  private static double number(Map<String, String> values, String option, double least) {
    String text = values.get(option);
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= 1_000_000) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the message
    }
    throw new IllegalArgumentException(
        WHERE + option + ": expected a number, at least " + (int) least + ", got '" + text + "'");
  }

  /** The command, to be repeated. */
  String command() {
    return String.join(" ", words);
  }
}
