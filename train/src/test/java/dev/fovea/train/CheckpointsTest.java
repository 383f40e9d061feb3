package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CheckpointsTest {
  @TempDir
  private Path dir;

  @Test
  void writesAfterEveryEpochAndKeepsTheLast() throws IOException {
    Path run = dir.resolve("a/run");
    Checkpoints checkpoints = Checkpoints.in(run);
    SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(checkpoints));
    assertThat(names(run)).containsExactly("checkpoint-000000005.zip", "checkpoint-000000010.zip",
        "checkpoint-000000015.zip");
    assertThat(checkpoints.last()).contains(run.resolve("checkpoint-000000015.zip"));
    assertThat(Checkpoints.latest(run)).isEqualTo(checkpoints.last());
    assertThat(Checkpoint.read(checkpoints.last().orElseThrow()).history().epochs()).hasSize(3);
    assertThat(Checkpoints.latest(dir.resolve("nothing"))).isEmpty();
    Path two = dir.resolve("two");
    SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(
        Checkpoints.in(two).notEveryEpoch().everySteps(4).keeping(2)));
    assertThat(names(two)).containsExactly("checkpoint-000000008.zip", "checkpoint-000000012.zip");
    Path often = dir.resolve("often");
    SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(
        Checkpoints.in(often).notEveryEpoch().everySeconds(1e-9).keeping(100)));
    assertThat(names(often)).hasSize(15);
    Path never = dir.resolve("never");
    SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(
        Checkpoints.in(never).notEveryEpoch().everySeconds(1e6)));
    assertThat(names(never)).isEmpty();
  }

  @Test
  void keepsTheBest() throws IOException {
    Path run = dir.resolve("best");
    History history = SmallRun.trainer().fit(SmallRun.DATA,
        SmallRun.fit().callback(Checkpoints.in(run).keeping(1).withBest(Monitor.VALIDATION_LOSS)));
    assertThat(names(run)).containsExactly("best.zip", "checkpoint-000000015.zip");
    double least = history.epochs().stream().mapToDouble(History.Epoch::validationLoss).min().orElseThrow();
    Checkpoint best = Checkpoint.read(Checkpoints.best(run));
    assertThat(best.history().last().validationLoss()).isEqualTo(least);
    // Goes on from there, and knows what was best: nothing better is to come.
    Fit more = SmallRun.fit().resuming(Checkpoint.read(run.resolve("checkpoint-000000015.zip")));
    SmallRun.trainer().fit(SmallRun.DATA, more.callback(Checkpoints.in(run).withBest(Monitor.VALIDATION_LOSS)));
    assertThat(Checkpoint.read(Checkpoints.best(run)).steps()).isEqualTo(best.steps());
    assertThatThrownBy(() -> SmallRun.trainer().fit(SmallRun.DATA, Fit.epochs(1).quietly()
        .callback(Checkpoints.in(run).withBest(Monitor.VALIDATION_LOSS)))).isInstanceOf(IllegalStateException.class)
        .hasMessage("checkpoints: expected a validation loss to go by, there is none; give the fit validation data"
            + " (Fit.validation) or choose another figure");
  }

  /** As Ctrl-C does: from another thread, in the middle of an epoch. */
  @Test
  void leavesOffWhenAskedTo() throws IOException {
    Trainer whole = SmallRun.trainer();
    List<String> expected = SmallRun.bits(whole, whole.fit(SmallRun.DATA, SmallRun.fit()));
    for (int step = 1; step <= SmallRun.EPOCHS * SmallRun.STEPS; step++) {
      Path run = dir.resolve("stopped-" + step);
      Checkpoints checkpoints = Checkpoints.in(run).notEveryEpoch();
      List<String> calls = new ArrayList<>();
      int last = step;
      Trainer first = SmallRun.trainer();
      History history = first.fit(SmallRun.DATA, SmallRun.fit().callback(checkpoints).callback(new Callback() {
        @Override
        public void beforeBatch(Progress progress) {
          if (progress.step() == last - 1) {
            Thread other = new Thread(checkpoints::stop);
            other.start();
            joinQuietly(other);
          }
        }

        @Override
        public void afterEpoch(Progress progress) {
          calls.add("epoch");
        }

        @Override
        public void afterTraining(Progress progress) {
          calls.add("over");
        }
      }));
      assertThat(first.steps()).isEqualTo(step);
      assertThat(calls).hasSize((step - 1) / SmallRun.STEPS).doesNotContain("over");
      assertThat(history.epochs()).hasSize((step - 1) / SmallRun.STEPS);
      assertThat(names(run)).hasSize(1);
      Trainer second = SmallRun.trainer();
      assertThat(SmallRun.bits(second, second.fit(SmallRun.DATA,
          SmallRun.fit().resuming(checkpoints.last().orElseThrow())))).isEqualTo(expected);
    }
  }

  @Test
  void tidiesUpWhatAKilledProcessHasLeft() throws IOException {
    Path leftover = Files.writeString(dir.resolve("fovea-1234.tmp"), "half a checkpo");
    Path other = Files.writeString(dir.resolve("notes.txt"), "mine");
    SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(Checkpoints.in(dir)));
    assertThat(leftover).doesNotExist();
    assertThat(other).exists();
    assertThat(names(dir)).hasSize(4);
  }

  @Test
  void saysBeforehandThatItCannotWrite() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(Checkpoints.in(file))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("checkpoints: no files can be made in " + file + ": ");
    assertThatThrownBy(() -> Checkpoints.latest(file)).isInstanceOf(IOException.class)
        .hasMessage(file + ": expected a folder of checkpoints, got a file");
  }

  /** The disk is full from the second epoch on: the run goes on, the first checkpoint stays. */
  @Test
  void aFullDiskDoesNotEndTraining() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full) && !Files.isRegularFile(full), "needs the device /dev/full");
    Path second = dir.resolve("checkpoint-000000010.zip");
    Files.createSymbolicLink(second, full);
    Logger logger = (Logger) LoggerFactory.getLogger(Checkpoints.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      Trainer trainer = SmallRun.trainer();
      trainer.fit(SmallRun.DATA, SmallRun.fit().callback(Checkpoints.in(dir)));
      assertThat(trainer.steps()).isEqualTo(15);
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("no checkpoint could be"
        + " written, training goes on: " + second + ": cannot be written: No space left on device");
    assertThat(Checkpoint.read(dir.resolve("checkpoint-000000005.zip")).steps()).isEqualTo(5);
    assertThat(Checkpoint.read(dir.resolve("checkpoint-000000015.zip")).steps()).isEqualTo(15);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Checkpoints.in(dir).everySteps(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpoints: the number of steps must be at least 1, got 0");
    assertThatThrownBy(() -> Checkpoints.in(dir).everySeconds(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpoints: the number of seconds must be above 0, got 0.0");
    assertThatThrownBy(() -> Checkpoints.in(dir).keeping(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpoints: the number kept must be at least 1, got 0");
    assertThatThrownBy(() -> Checkpoints.in(dir).withBest(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpoints: expected a figure to find the best by, got null");
  }

  private static void joinQuietly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
