package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.ChildJvm;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  @Test
  void everyRoundRunsOnce() {
    for (int rounds : new int[] {0, 1, 2, 3, 100, 10_000}) {
      AtomicIntegerArray calls = new AtomicIntegerArray(Math.max(1, rounds));
      Parallel.run(rounds, calls::incrementAndGet);
      for (int i = 0; i < rounds; i++) {
        assertThat(calls.get(i)).as("round %d of %d", i, rounds).isEqualTo(1);
      }
    }
  }

  @Test
  void rangesCoverEverythingOnce() {
    AtomicIntegerArray calls = new AtomicIntegerArray(103);
    Parallel.ranges(103, 10, (from, to) -> {
      assertThat(from % 10).isZero();
      IntStream.range(from, to).forEach(calls::incrementAndGet);
    });
    assertThat(IntStream.range(0, 103).allMatch(i -> calls.get(i) == 1)).isTrue();
  }

  @Test
  void aFailureReachesTheCallerAndThePoolGoesOn() {
    for (int attempt = 0; attempt < 50; attempt++) {
      assertThatThrownBy(() -> Parallel.run(64, i -> {
        if (i == 40) {
          throw new IllegalStateException("round 40");
        }
      })).isInstanceOf(IllegalStateException.class).hasMessage("round 40");
      everyRoundRunsOnce();
    }
  }

  @Test
  void loopsMayBeNestedAndCalledFromManyThreads() {
    AtomicIntegerArray calls = new AtomicIntegerArray(4 * 8 * 8);
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      int first = t * 64;
      threads[t] = new Thread(() ->
          Parallel.run(8, i -> Parallel.run(8, j -> calls.incrementAndGet(first + i * 8 + j))));
      threads[t].start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(IntStream.range(0, calls.length()).allMatch(i -> calls.get(i) == 1)).isTrue();
  }

  @Test
  void theNumberOfThreadsIsChecked() {
    assertThatThrownBy(() -> Parallel.limit(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: expected at least 1, got 0");
    assertThat(ChildJvm.with("-Dfovea.threads=none").run(Program.class).output())
        .contains("fovea.threads: expected a whole number of at least 1, got 'none'");
    assertThat(ChildJvm.with("-Dfovea.threads=3").run(Program.class).lastLine()).isEqualTo("3");
  }

  /** Prints the number of threads. */
  static final class Program {
    public static void main(String[] args) {
      System.out.println(Parallel.threads());
    }
  }
}
