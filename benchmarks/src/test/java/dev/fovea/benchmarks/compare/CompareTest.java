package dev.fovea.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** With a harness that measures nothing: it prints what it was asked. */
class CompareTest {
  private static final String HARNESS = """
      #!/bin/sh
      w="" a="" names=""
      while [ $# -gt 0 ]; do
        case $1 in
          -w) w=$2; shift 2 ;;
          -a) a="$a ${2%%=*}"; echo "$2" >> commands; shift 2 ;;
          *) names="$names $1"; shift ;;
        esac
      done
      echo "$w$names | $BENCH_WARM_S $BENCH_TIME_S" >> calls
      [ "$names" = " unknown" ] && exit 2
      for name in $names; do
        case $name in
          peak) for t in 1 2; do
              echo "peak-${t}t fma avx512_f32_gflops ${t}00"
              echo "peak-${t}t memory read_gbs 2$t"
            done ;;
          broken) echo "broken $w failed rc=1" ;;
          *) echo "$name $w train_b64_ips 1000"
            echo "$name $w peak_rss_mb 200" ;;
        esac
      done
      for name in $a; do
        echo "$name $w train_b64_ips 3000"
        echo "$name $w peak_rss_mb 100"
      done
      echo "| a table | 1 |"
      """;

  private double busy;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir
  private Path folder;
  private Path page;

  @BeforeEach
  void makeHarness() throws IOException {
    Files.writeString(folder.resolve("run-peers"), HARNESS);
    assertThat(folder.resolve("run-peers").toFile().setExecutable(true)).isTrue();
    page = Files.writeString(folder.resolve("page.md"),
        "Prose.\n<!-- compare:results -->\n<!-- /compare:results -->\n");
  }

  private void compare(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(folder.toString(), "--workloads", "lenet5"));
    arguments.addAll(List.of(more));
    new Compare(Options.parse(arguments, page), new PrintStream(printed, true, StandardCharsets.UTF_8),
        () -> busy += 0.08).run();
  }

  @Test
  void measuresInTurnAndWritesTheReport() throws IOException {
    compare("--rounds", "2", "--peers", "peak,one,two,other@keras-mnist,broken", "--warm", "0.5", "--time", "2");
    assertThat(folder.resolve("calls")).hasContent("""
        lenet5 peak | 0.5 2
        lenet5 one two broken | 0.5 2
        lenet5 two broken one | 0.5 2
        """);
    assertThat(Files.readAllLines(folder.resolve("commands"))).hasSize(4).allMatch(line -> line.matches(
        "(fovea|fovea-1t)=/\\S+/bin/java --add-modules jdk.incubator.vector -Dpeer.name=\\1 -Dfovea.threads=[12] "
            + "-cp /\\S+ dev.fovea.benchmarks.WorkloadRun"));
    assertThat(Files.readString(page)).startsWith("Prose.\n<!-- compare:results -->\n\nMedians of 2 rounds;")
        .contains("| command | `benchmarks/compare PEERS --workloads lenet5 --rounds 2 "
            + "--peers peak,one,two,other@keras-mnist,broken --warm 0.5 --time 2` |")
        .contains("""
            | workload | what | fovea | the fastest other | which | ratio |
            | --- | --- | --- | --- | --- | --- |
            | lenet5 | training, batch 64, images/s | 3000 | 1000 | one | **3.00x** (3.00x - 3.00x) |
            | lenet5 | peak resident set, MiB | 100 | 200 | one | **0.50x** (0.50x - 0.50x) |
            """)
        .contains("""
            | workload | what | to fovea-1t |
            | --- | --- | --- |
            | lenet5 | training, batch 64, images/s | **1.00x** (1.00x - 1.00x) |
            """)
        .contains("100 GFLOP/s on one thread, 200 on two; reading memory 21.0 and 22.0 GB/s")
        .contains("""
            ### lenet5

            |  | training, batch 64, images/s | peak resident set, MiB | GFLOP/s in training | of two threads' peak |
            | --- | --- | --- | --- | --- |
            | one | 1000 | 200 | 2.26 | 1 % |
            | two | 1000 | 200 | 2.26 | 1 % |
            | fovea | 3000 | 100 | 6.79 | 3 % |
            """)
        .contains("| other programs, before each measurement | kept 12 % of the machine busy, at most 16 % |")
        .contains("Did not run to the end: broken lenet5 failed rc=1.\n\n<!-- /compare:results -->\n")
        .doesNotContain(folder.toString());
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("round 2: fovea lenet5 train_b64_ips 3000\n",
        "broken lenet5 failed rc=1\n",
        "round 2: lenet5: something else keeps 16 % of the machine busy\n")
        .doesNotContain("round 1: lenet5: something").doesNotContain("a table");
  }

  @Test
  void refusesBeforeAnythingIsMeasured() throws IOException {
    assertThatThrownBy(() -> compare("--section", "nowhere")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("page.md: expected the lines <!-- compare:nowhere -->");
    assertThat(folder.resolve("calls")).doesNotExist();
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Options options = Options.parse(List.of(empty.toString()), page);
    assertThatThrownBy(() -> new Compare(options, System.out, () -> 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("compare: expected a folder with a command run-peers, got " + empty);
  }

  @Test
  void saysWhenTheHarnessFails() {
    assertThatThrownBy(() -> compare("--peers", "unknown")).isInstanceOf(IOException.class)
        .hasMessage("compare: run-peers ended with 2, called with [unknown] on lenet5");
  }

  @Test
  @ResourceLock("java.class.path")
  void refusesAClassPathWithSpaces() {
    String before = System.getProperty("java.class.path");
    System.setProperty("java.class.path", "/my jars/benchmarks.jar");
    try {
      assertThatThrownBy(() -> new Contender("fovea", List.of()).command())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("compare: expected a command without spaces inside its words, got '/my jars/benchmarks.jar'; "
              + "put the project or the JDK where the path has none");
    } finally {
      System.setProperty("java.class.path", before);
    }
  }

  @Test
  void loadIsWhatIsNotIdle() {
    Load before = Load.parse("cpu  100 0 50 800 40 5 3 2 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
    assertThat(before).isEqualTo(new Load(840, 1000));
    assertThat(before.until(new Load(1_000, 1_200))).isCloseTo(0.2, within(1e-12));
    assertThat(before.until(before)).isZero();
  }

  @Test
  void sharesTheLockOfTheHarness() {
    assertThat(Compare.lock(Map.of())).isEqualTo(Path.of("/tmp/bench.lock"));
    assertThat(Compare.lock(Map.of("TMPDIR", "/var/t"))).isEqualTo(Path.of("/var/t/bench.lock"));
    assertThat(Compare.lock(Map.of("TMPDIR", "/var/t", "BENCH_LOCK", "/x"))).isEqualTo(Path.of("/x"));
  }

  @Test
  void versionsAreThoseOfTheFirstJarAndTheNativeOnes() {
    assertThat(PeerVersions.jars("/m/api-0.35.1.jar:/m/gson-2.13.1.jar:/m/pytorch-native-cpu-2.7.1-linux-x86_64.jar\n"))
        .isEqualTo("api-0.35.1, pytorch-native-cpu-2.7.1");
  }

  @Test
  void aFolderWithoutBuildHasNoVersionYet() throws IOException {
    Files.createDirectories(folder.resolve("djl"));
    Path built = Files.createDirectories(folder.resolve("tf/target"));
    Files.writeString(built.resolve("classpath.txt"), "/m/tensorflow-core-api-1.0.0.jar");
    assertThat(PeerVersions.of(folder, List.of("tf-java+malloc", "tf-java", "djl", "gone"))).containsExactly(
        Map.entry("tf", "tensorflow-core-api-1.0.0"), Map.entry("djl", "not known before its first build"));
  }
}
