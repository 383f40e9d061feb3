package dev.fovea.core.kernels;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
 *
 * <h2>How it is done</h2>
 * Each thread has a {@linkplain Shares share} of the rounds, a stretch of them: a thread that gets the same share of
 * one loop after another finds what it wrote in its own cache. Who has none left takes the others'. What to do is read
 * <em>after</em> a round is drawn: a loop cannot end while somebody holds one of its rounds, so a thread that comes
 * late either draws a round of the loop that runs now or none at all. The caller waits for rounds that are being
 * computed, never for a thread that has yet to wake up. A loop allocates nothing.
 *
 * <p>A helper without work first watches its share closely, then lets other threads go first, then sleeps: a loop
 * that follows soon finds it awake, and a program that does something else pays nothing. Once a thread that was let go
 * first has kept the core for long, helpers sleep instead for a while: a scheduler puts who yields behind all others,
 * and who wakes up before them.
 */
public final class Parallel {
  /** How long a helper only watches: about as long as a small operation takes that runs on one thread. */
  private static final long WATCHING_NANOS = 20_000;
  /** How long it stays awake: about as long as a large one takes. To wake it costs the caller some 8 microseconds. */
  private static final long AWAKE_NANOS = 200_000;
  /** A core that comes back later than this was taken by somebody who does not soon sleep again. */
  private static final long TAKEN_NANOS = 1_000_000;
  /** For how long a helper lets nobody go first then. */
  private static final long CROWDED_NANOS = 50_000_000;
  /** How long a caller watches the last rounds of others before it sleeps and leaves them its core. */
  private static final long WAITING_NANOS = 50_000;

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final CompilerLoad COMPILER = CompilerLoad.ofThisJvm();
  private static final int THREADS = configured();
  private static final Shares SHARES = new Shares(THREADS);
  private static final Helper[] HELPERS = new Helper[THREADS];
  /** Counts beginnings and ends: odd while a loop runs. */
  private static final AtomicInteger LOOPS = new AtomicInteger();
  /** Rounds that are not done. */
  private static final AtomicInteger UNDONE = new AtomicInteger();
  private static volatile int limit = THREADS;
  /** What a round does; to be read by those who hold one. */
  private static IntConsumer body;
  private static volatile Throwable failure;
  private static volatile Thread sleepingCaller;

  private Parallel() {}

  private static int configured() {
    String text = System.getProperty("fovea.threads");
    if (text == null) {
      return CORES;
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
    int threads = Math.min(unlessCompiling(limit), rounds);
    if (threads <= 1 || !take()) {
      for (int i = 0; i < rounds; i++) {
        body.accept(i);
      }
      return;
    }
    try {
      share(threads, rounds, body);
      work(0);
      await();
    } finally {
      Parallel.body = null;
      LOOPS.incrementAndGet();
    }
  }

  /** So many threads, but one core is left to the JIT compiler while it is busy. */
  private static int unlessCompiling(int threads) {
    return threads > 1 && threads == CORES && COMPILER.busy() ? threads - 1 : threads;
  }

  /**
   * Cuts 0 .. n-1 into stretches of a given length (the last may be shorter) and calls {@code body} with the bounds
   * of each, on several threads.
   */
  public static void ranges(int n, int length, Range body) {
    run((n + length - 1) / length, i -> body.accept(i * length, Math.min(n, (i + 1) * length)));
  }

  /**
   * The length of stretches that cut 0 .. n-1 into an even number of them, nearly alike and none longer than {@code
   * most}: so that two threads get the same half of the samples in every loop.
   */
  public static int evenly(int n, int most) {
    int pairs = (int) ((n + 2L * most - 1) / (2L * most));
    return Math.max(1, (n + 2 * pairs - 1) / (2 * pairs));
  }

  /** A stretch of a loop. */
  @FunctionalInterface
  public interface Range {
    /** Works on {@code from} (inclusive) to {@code to} (exclusive). */
    void accept(int from, int to);
  }

  private static boolean take() {
    int loops = LOOPS.get();
    return (loops & 1) == 0 && LOOPS.compareAndSet(loops, loops + 1);
  }

  private static void share(int threads, int rounds, IntConsumer body) {
    for (int i = 1; i < threads; i++) {
      if (HELPERS[i] == null) {
        HELPERS[i] = new Helper(i);
      }
    }
    Parallel.body = body;
    UNDONE.set(rounds);
    for (int i = 0; i < threads; i++) {
      SHARES.set(i, (int) ((long) rounds * i / threads), (int) ((long) rounds * (i + 1) / threads));
    }
    for (int i = 1; i < threads; i++) {
      HELPERS[i].wake();
    }
  }

  /** Runs rounds of one's own share, then of the others'. */
  private static void work(int own) {
    int done = 0;
    try {
      for (int round = SHARES.first(own); round >= 0; round = SHARES.first(own)) {
        done++;
        body.accept(round);
      }
      for (int i = 1; i < THREADS; i++) {
        int other = (own + i) % THREADS;
        for (int round = SHARES.last(other); round >= 0; round = SHARES.last(other)) {
          done++;
          body.accept(round);
        }
      }
    } catch (Throwable t) {
      failure = t;
      done += SHARES.drop();
    }
    if (done > 0 && UNDONE.addAndGet(-done) == 0) {
      LockSupport.unpark(sleepingCaller);
    }
  }

  /** Waits until no round is being computed, and throws what one of them threw. */
  private static void await() {
    if (UNDONE.get() > 0) {
      long start = System.nanoTime();
      while (UNDONE.get() > 0 && System.nanoTime() - start < WAITING_NANOS) {
        Thread.onSpinWait();
      }
      sleepingCaller = Thread.currentThread();
      while (UNDONE.get() > 0) {
        LockSupport.park(SHARES);
      }
      sleepingCaller = null;
    }
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
  }

  /** A thread that works on its share of every loop. */
  private static final class Helper implements Runnable {
    private final int share;
    private final Thread thread;
    private volatile boolean asleep;
    /** When the core was taken last. */
    private long taken = System.nanoTime() - CROWDED_NANOS;

    private Helper(int share) {
      this.share = share;
      thread = new Thread(this, "fovea-" + share);
      thread.setDaemon(true);
      thread.start();
    }

    private void wake() {
      if (asleep) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      while (true) {
        awaitWork();
        work(share);
      }
    }

    private void awaitWork() {
      int loops = LOOPS.get();
      long start = System.nanoTime();
      while (SHARES.isEmpty(share)) {
        long now = System.nanoTime();
        if (now - start < WATCHING_NANOS) {
          Thread.onSpinWait();
        } else if (now - start < AWAKE_NANOS && now - taken > CROWDED_NANOS) {
          letOthersGoFirst(now);
        } else {
          if (loops == LOOPS.get()) {
            sleep();
          }
          // There may be nothing left of the loops since, for others were faster; but there are more to come.
          loops = LOOPS.get();
          start = System.nanoTime();
        }
      }
    }

    private void letOthersGoFirst(long now) {
      Thread.yield();
      long back = System.nanoTime();
      if (back - now > TAKEN_NANOS) {
        taken = back;
      }
    }

    private void sleep() {
      asleep = true;
      if (SHARES.isEmpty(share)) {
        Thread.interrupted();
        LockSupport.park(SHARES);
      }
      asleep = false;
    }
  }
}
