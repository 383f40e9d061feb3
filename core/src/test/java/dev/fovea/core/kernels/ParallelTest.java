package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.fovea.core.ChildJvm;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
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
  void anErrorReachesTheCallerToo() {
    assertThatThrownBy(() -> Parallel.run(8, i -> {
      throw new AssertionError("every round");
    })).isInstanceOf(AssertionError.class).hasMessage("every round");
  }

  /** A thread that is late for one loop must not run a round of the next as one of its own. */
  @Test
  void loopsThatFollowEachOtherDoNotMix() {
    int loops = 30_000;
    AtomicIntegerArray calls = new AtomicIntegerArray(loops);
    for (int loop = 0; loop < loops; loop++) {
      int number = loop;
      int rounds = 2 + loop % 9;
      Parallel.run(rounds, i -> calls.addAndGet(number, 1 << (3 * (i % 9))));
      assertThat(calls.get(loop)).as("rounds of loop %d", loop).isEqualTo(ones(rounds));
    }
  }

  /** One in each place of three bits for each round, the tenth of which is a second one in the first place. */
  private static int ones(int rounds) {
    return IntStream.range(0, rounds).map(i -> 1 << (3 * (i % 9))).sum();
  }

  @Test
  void aHelperThatSleepsIsWoken() throws InterruptedException {
    if (Parallel.threads() == 1) {
      return;
    }
    for (int attempt = 0; attempt < 3; attempt++) {
      everyoneMeets(2);
      Thread helper = Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("fovea-1")).findFirst().orElseThrow();
      while (helper.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  /**
   * Each round waits for the others: it takes as many threads as rounds. A loop leaves a core to the compiler while
   * that is busy, so it may take several loops.
   */
  private static void everyoneMeets(int threads) {
    AtomicBoolean met = new AtomicBoolean();
    for (int attempt = 0; attempt < 60 && !met.get(); attempt++) {
      met.set(true);
      CountDownLatch missing = new CountDownLatch(threads);
      Parallel.run(threads, i -> {
        missing.countDown();
        try {
          if (!missing.await(1, TimeUnit.SECONDS)) {
            met.set(false);
          }
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      });
    }
    assertThat(met).as("all %d threads take part", threads).isTrue();
  }

  @Test
  void aLoopAllocatesNothing() {
    ThreadMXBean counters = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    IntConsumer body = i -> { };
    Parallel.run(2, body);
    long before = counters.getThreadAllocatedBytes(self);
    for (int loop = 0; loop < 1000; loop++) {
      Parallel.run(2, body);
    }
    assertThat(counters.getThreadAllocatedBytes(self) - before).as("bytes in 1000 loops").isLessThan(8000);
  }

  @Test
  void aProcessWithMoreThreadsThanCores() {
    assertThat(ChildJvm.with("-Dfovea.threads=5").run(Crowd.class).lastLine()).isEqualTo("5 threads, then 3, then 1");
  }

  /** Lets all threads meet, then fewer. */
  static final class Crowd {
    public static void main(String[] args) {
      everyoneMeets(5);
      new ParallelTest().loopsThatFollowEachOtherDoNotMix();
      int all = taking(400);
      Parallel.limit(3);
      everyoneMeets(3);
      int three = taking(400);
      Parallel.limit(1);
      System.out.println((all > 5 ? "more than 5" : "5") + " threads, then " + (three > 3 ? "more" : "3") + ", then "
          + taking(400));
    }

    /** How many threads take part in some loops. */
    private static int taking(int loops) {
      Set<Thread> seen = ConcurrentHashMap.newKeySet();
      for (int loop = 0; loop < loops; loop++) {
        Parallel.run(50, i -> seen.add(Thread.currentThread()));
      }
      return seen.size();
    }
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
