package dev.fovea.core.kernels;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * A small fixed pool of threads for loops whose rounds do not depend on each other.
 *
 * <p>Which thread runs which round is left to chance, so a caller cuts its work by the problem, never by the number
 * of threads, and has each round write to a place of its own: then the result is the same for any number of threads.
 *
 * <p>The calling thread works too. A thread that finds the pool taken (another thread's loop, or its own when loops
 * are nested) runs its rounds alone: nobody waits for the pool. {@code -Dfovea.threads=N} sets the number of threads,
 * all cores otherwise; {@link #limit} lowers it later.
 */
public final class Parallel {
  private static final int SPINS = 2_000;
  private static final int THREADS = configured();
  private static final ReentrantLock POOL = new ReentrantLock();
  private static final Worker[] WORKERS = new Worker[THREADS - 1];
  private static volatile int limit = THREADS;

  private Parallel() {}

  private static int configured() {
    String text = System.getProperty("fovea.threads");
    if (text == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int threads = Integer.parseInt(text.trim());
      if (threads >= 1) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // falls through to the message
    }
    throw new IllegalArgumentException("fovea.threads: expected a whole number of at least 1, got '" + text + "'");
  }

  /** How many threads a loop may use, the caller's included. */
  public static int threads() {
    return limit;
  }

  /**
   * Lets loops use this many threads from now on, at most as many as the pool was made with; results do not change.
   *
   * @throws IllegalArgumentException if that is below 1
   */
  public static void limit(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, got " + threads);
    }
    limit = Math.min(threads, THREADS);
  }

  /**
   * Calls {@code body} with 0 .. rounds-1, each once, on several threads, and returns when all are done. What a round
   * throws is thrown again here, once no thread runs another round.
   */
  public static void run(int rounds, IntConsumer body) {
    if (rounds <= 1 || limit == 1 || POOL.isHeldByCurrentThread() || !POOL.tryLock()) {
      for (int i = 0; i < rounds; i++) {
        body.accept(i);
      }
      return;
    }
    try {
      Loop loop = new Loop(rounds, body);
      int helpers = Math.min(limit, rounds) - 1;
      loop.running.set(helpers);
      for (int i = 0; i < helpers; i++) {
        worker(i).start(loop);
      }
      loop.work();
      loop.await();
    } finally {
      POOL.unlock();
    }
  }

  /**
   * Cuts 0 .. n-1 into stretches of a given length (the last may be shorter) and calls {@code body} with the bounds
   * of each, on several threads.
   */
  public static void ranges(int n, int length, Range body) {
    run((n + length - 1) / length, i -> body.accept(i * length, Math.min(n, (i + 1) * length)));
  }

  private static Worker worker(int i) {
    if (WORKERS[i] == null) {
      WORKERS[i] = new Worker(i + 1);
    }
    return WORKERS[i];
  }

  /** A stretch of a loop. */
  @FunctionalInterface
  public interface Range {
    /** Works on {@code from} (inclusive) to {@code to} (exclusive). */
    void accept(int from, int to);
  }

  /** One loop: whoever takes part draws the next round until there are none. */
  private static final class Loop {
    private final int rounds;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final Thread caller = Thread.currentThread();
    private volatile Throwable failure;

    private Loop(int rounds, IntConsumer body) {
      this.rounds = rounds;
      this.body = body;
    }

    private void work() {
      try {
        for (int i = next.getAndIncrement(); i < rounds; i = next.getAndIncrement()) {
          body.accept(i);
        }
      } catch (Throwable t) {
        failure = t;
        next.set(rounds);
      }
    }

    private void await() {
      for (int spins = 0; running.get() > 0; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
    }

    private void leave() {
      if (running.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }
  }

  /** A helper thread: waits a little awake, then asleep, for the next loop. */
  private static final class Worker implements Runnable {
    private final Thread thread;
    private volatile Loop loop;

    private Worker(int number) {
      thread = new Thread(this, "fovea-" + number);
      thread.setDaemon(true);
      thread.start();
    }

    private void start(Loop next) {
      loop = next;
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      while (true) {
        for (int spins = 0; loop == null; spins++) {
          if (spins < SPINS) {
            Thread.onSpinWait();
          } else {
            LockSupport.park(this);
          }
        }
        Loop mine = loop;
        loop = null;
        mine.work();
        mine.leave();
      }
    }
  }
}
