package dev.fovea.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.benchmarks.Workload;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final Path PAGE = Path.of("docs/performance.md");

  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments), PAGE);
  }

  @Test
  void hasDefaults() {
    Options options = parse("/some/where");
    assertThat(options.harness()).isEqualTo(Path.of("/some/where"));
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.warmUpSeconds()).isEqualTo(6);
    assertThat(options.seconds()).isEqualTo(10);
    assertThat(options.peers()).extracting(Peer::name).containsExactly("peak", "torch-py-cl-2t+malloc",
        "torch-py-2t+malloc", "tf-java", "tf-java+malloc", "torch-py-cl-1t");
    assertThat(options.workloads()).extracting(Workload::name).containsExactlyElementsOf(Workload.names());
    assertThat(options.ours()).containsExactly(new Contender("fovea", List.of("-Dfovea.threads=2")),
        new Contender("fovea-1t", List.of("-Dfovea.threads=1")));
    assertThat(options.page()).isEqualTo(PAGE);
    assertThat(options.section()).isEqualTo("results");
  }

  @Test
  void theCommandNamesNoPathOfTheMachine() {
    assertThat(parse("--rounds", "5", "/some/where", "--into", "/tmp/x.md", "--peers", "", "--ours",
        "a=-Xmx1g -Dfovea.threads=2")
        .command()).isEqualTo("benchmarks/compare PEERS --rounds 5 --peers '' --ours 'a=-Xmx1g -Dfovea.threads=2'");
  }

  @Test
  void readsEachOption() {
    Options options = parse("p", "--rounds", "5", "--warm", "0.5", "--time", "2", "--peers", "djl,dl4j@lenet5@gap-224",
        "--workloads", "lenet5,separable", "--ours", "b=", "--into", "x.md", "--section", "jdk25");
    assertThat(options).isEqualTo(new Options(Path.of("p"), 5, 0.5, 2,
        List.of(new Peer("djl", List.of()), new Peer("dl4j", List.of("lenet5", "gap-224"))),
        List.of(Workload.named("lenet5"), Workload.named("separable")), List.of(new Contender("b", List.of())),
        Path.of("x.md"), "jdk25", options.words()));
  }

  @Test
  void aPeerMayBeBoundToWorkloads() {
    Peer peer = Peer.parse("torch-py-cl-1t@keras-mnist").get(0);
    assertThat(peer.takes("keras-mnist")).isTrue();
    assertThat(peer.takes("lenet5")).isFalse();
    assertThat(Peer.parse("djl").get(0).takes("lenet5")).isTrue();
    assertThat(Peer.parse("")).isEmpty();
  }

  @Test
  void refusesWhatMakesNoSense() {
    refuses("compare: expected one folder with a command run-peers, got []");
    refuses("compare: expected one folder with a command run-peers, got [a, b]", "a", "b");
    refuses("compare: expected an option with a value, got --round; --help lists them", "a", "--round", "3");
    refuses("compare: expected an option with a value, got --rounds; --help lists them", "a", "--rounds");
    refuses("compare: --rounds: expected a number, at least 1, got '0'", "a", "--rounds", "0");
    refuses("compare: --time: expected a number, at least 0, got 'long'", "a", "--time", "long");
    refuses("--ours: expected NAME=FLAGS such as fovea-1t=-Dfovea.threads=1, got -Xmx1g", "a", "--ours", "-Xmx1g");
  }

  private static void refuses(String message, String... arguments) {
    assertThatThrownBy(() -> parse(arguments)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
