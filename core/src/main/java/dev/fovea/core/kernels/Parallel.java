package dev.fovea.core.kernels;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
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
 * Each thread has a share of the rounds, a stretch of them: a thread that gets the same share of one loop after
 * another finds what it wrote in its own cache. A share is one word, the first round that is left and the end; its
 * owner takes rounds from the front, and who has none left takes the others' from the back. A round is drawn by one
 * compare-and-set, and what to do is read <em>after</em> it: a loop cannot end while somebody holds one of its
 * rounds, so a thread that comes late either draws a round of the loop that runs now or none at all. The caller waits
 * for rounds that are being computed, never for a thread that has yet to wake up. A loop allocates nothing.
 *
 * <p>A helper without work first watches its share closely, then lets other threads go first, then sleeps: a loop
 * that follows soon finds it awake, and a program that does something else pays nothing.
 */
public final class Parallel {
  /** How long a helper only watches: about as long as a small operation takes that runs on one thread. */
  private static final long WATCHING_NANOS = 20_000;
  /** How long it stays awake: about as long as a large one takes. To wake it costs the caller some 8 microseconds. */
  private static final long AWAKE_NANOS = 200_000;
  /** How long a caller watches the last rounds of others before it sleeps and leaves them its core. */
  private static final long WAITING_NANOS = 50_000;

  private static final int THREADS = configured();
  /** Words between two shares, so that no two lie in one cache line, nor in two that are fetched together. */
  private static final int APART = 16;
  /** Thread i's share is word (i + 1) * APART: the first round that is left above, the end below. */
  private static final AtomicLongArray SHARES = new AtomicLongArray((THREADS + 2) * APART);
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
    int threads = Math.min(limit, rounds);
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

  /**
   * Cuts 0 .. n-1 into stretches of a given length (the last may be shorter) and calls {@code body} with the bounds
   * of each, on several threads.
   */
  public static void ranges(int n, int length, Range body) {
    run((n + length - 1) / length, i -> body.accept(i * length, Math.min(n, (i + 1) * length)));
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
      SHARES.set(place(i), word((int) ((long) rounds * i / threads), (int) ((long) rounds * (i + 1) / threads)));
    }
    for (int i = 1; i < threads; i++) {
      HELPERS[i].wake();
    }
  }

  /** Runs rounds of one's own share, then of the others'. */
  private static void work(int own) {
    int done = 0;
    try {
      for (int round = first(own); round >= 0; round = first(own)) {
        done++;
        body.accept(round);
      }
      for (int i = 1; i < THREADS; i++) {
        int other = (own + i) % THREADS;
        for (int round = last(other); round >= 0; round = last(other)) {
          done++;
          body.accept(round);
        }
      }
    } catch (Throwable t) {
      failure = t;
      done += drop();
    }
    if (done > 0 && UNDONE.addAndGet(-done) == 0) {
      LockSupport.unpark(sleepingCaller);
    }
  }

  /** Draws the first round of a share; -1 if none is left. */
  private static int first(int share) {
    int place = place(share);
    for (long word = SHARES.get(place); begin(word) < end(word); word = SHARES.get(place)) {
      if (SHARES.compareAndSet(place, word, word(begin(word) + 1, end(word)))) {
        return begin(word);
      }
    }
    return -1;
  }

  /** Draws the last round of a share; -1 if none is left. */
  private static int last(int share) {
    int place = place(share);
    for (long word = SHARES.get(place); begin(word) < end(word); word = SHARES.get(place)) {
      if (SHARES.compareAndSet(place, word, word(begin(word), end(word) - 1))) {
        return end(word) - 1;
      }
    }
    return -1;
  }

  /** Empties all shares and says how many rounds nobody will run. */
  private static int drop() {
    int dropped = 0;
    for (int i = 0; i < THREADS; i++) {
      long word = SHARES.getAndSet(place(i), 0);
      dropped += end(word) - begin(word);
    }
    return dropped;
  }

  private static boolean isEmpty(int share) {
    long word = SHARES.get(place(share));
    return begin(word) >= end(word);
  }

  private static int place(int share) {
    return (share + 1) * APART;
  }

  private static long word(int begin, int end) {
    return (long) begin << Integer.SIZE | end;
  }

  private static int begin(long word) {
    return (int) (word >>> Integer.SIZE);
  }

  private static int end(long word) {
    return (int) word;
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
      while (isEmpty(share)) {
        long waited = System.nanoTime() - start;
        if (waited < WATCHING_NANOS) {
          Thread.onSpinWait();
        } else if (waited < AWAKE_NANOS) {
          Thread.yield();
        } else if (loops != LOOPS.get()) {
          // Others were faster, but there are loops to come.
          loops = LOOPS.get();
          start = System.nanoTime();
        } else {
          sleep();
        }
      }
    }

    private void sleep() {
      asleep = true;
      while (isEmpty(share)) {
        Thread.interrupted();
        LockSupport.park(SHARES);
      }
      asleep = false;
    }
  }
}
