package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a training program at moments nobody chose (SIGKILL on Unix: it cannot do anything about it) and starts it
 * again, until it gets to its end: with the same bits as one that was left alone.
 *
 * <p>The suite does a few kills; {@code java -cp ... dev.fovea.train.KillTest 200} does as many as it is asked for.
 */
class KillTest {
  private static final int EPOCHS = 12;
  private static final String END = "= ";

  @TempDir
  private Path dir;

  @Test
  void killedAndGoneOnWithTheSameBits() throws Exception {
    assertThat(storm(dir, 3, 1L)).isEqualTo(3);
  }

  /** Runs programs and kills them until so many have been killed; the last of each row runs to its end. */
  private static int storm(Path dir, int kills, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int killed = 0;
    long wholeTime = System.nanoTime();
    List<String> expected = finish(start(dir.resolve("whole")), dir.resolve("whole"));
    wholeTime = System.nanoTime() - wholeTime;
    for (int row = 0; killed < kills; row++) {
      Path run = dir.resolve("run-" + row);
      for (int inRow = 0; inRow < 5 && killed < kills; inRow++) {
        Process child = start(run);
        boolean over = child.waitFor(random.nextLong(wholeTime), TimeUnit.NANOSECONDS);
        if (over) {
          break;
        }
        child.destroyForcibly().waitFor();
        killed++;
        check(run);
      }
      Process last = start(run);
      List<String> bits = finish(last, run);
      assertThat(bits).as("row " + row).isEqualTo(expected);
      check(run);
      try (Stream<Path> files = Files.list(run)) {
        assertThat(files.map(file -> file.getFileName().toString())).as("nothing half-written stays")
            .allMatch(name -> name.matches("checkpoint-\\d+\\.zip|best\\.zip|out\\.txt"));
      }
    }
    return killed;
  }

  /** Every checkpoint there is can be read. */
  private static void check(Path run) throws IOException {
    if (Files.exists(run)) {
      try (Stream<Path> files = Files.list(run)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".zip")).toList()) {
          Checkpoint.read(file);
        }
      }
    }
  }

  private static List<String> finish(Process child, Path run) throws Exception {
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as(Files.readString(out(run))).isZero();
    return Files.readString(out(run), StandardCharsets.UTF_8).lines()
        .filter(line -> line.startsWith(END)).map(line -> line.substring(END.length())).toList();
  }

  private static Path out(Path run) {
    return run.resolveSibling(run.getFileName() + ".txt");
  }

  private static Process start(Path run) throws IOException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.contains("jdk.incubator.vector") || argument.startsWith("-Dfovea.")).toList());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
        KillTest.class.getName(), "run", run.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out(run).toFile()).start();
  }

  /** What the child runs: goes on from the latest checkpoint, if there is one. */
  private static List<String> run(Path run) throws IOException {
    Fit fit = SmallRun.fit(EPOCHS).callback(
        Checkpoints.in(run).everySteps(1).withBest(Monitor.VALIDATION_LOSS));
    Optional<Path> latest = Checkpoints.latest(run);
    Trainer trainer = SmallRun.trainer();
    History history = trainer.fit(SmallRun.DATA, latest.isEmpty() ? fit : fit.resuming(latest.get()));
    return SmallRun.bits(trainer, history);
  }

  /** The child ({@code run FOLDER}), or a storm of so many kills ({@code KILLS}). */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("run")) {
      run(Path.of(arguments[1])).forEach(line -> System.out.println(END + line));
    } else {
      Path dir = Files.createTempDirectory("kills");
      System.out.println(storm(dir, Integer.parseInt(arguments[0]), 42L) + " killed, all gone on with the same bits");
    }
  }
}
