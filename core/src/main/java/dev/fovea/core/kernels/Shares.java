package dev.fovea.core.kernels;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The rounds of a loop that nobody has drawn yet: a stretch for each thread, in one word, the first round that is left
 * above, the end below. Its owner draws from the front, others from the back, both by one compare-and-set.
 */
final class Shares {
  /** Words between two shares, so that no two lie in one cache line, nor in two that are fetched together. */
  private static final int APART = 16;

  private final int count;
  private final AtomicLongArray words;

  Shares(int count) {
    this.count = count;
    this.words = new AtomicLongArray((count + 2) * APART);
  }

  /** Makes these rounds a share. */
  void set(int share, int from, int to) {
    words.set(place(share), word(from, to));
  }

  /** Draws the first round of a share; -1 if none is left. */
  int first(int share) {
    int place = place(share);
    for (long word = words.get(place); from(word) < to(word); word = words.get(place)) {
      if (words.compareAndSet(place, word, word(from(word) + 1, to(word)))) {
        return from(word);
      }
    }
    return -1;
  }

  /** Draws the last round of a share; -1 if none is left. */
  int last(int share) {
    int place = place(share);
    for (long word = words.get(place); from(word) < to(word); word = words.get(place)) {
      if (words.compareAndSet(place, word, word(from(word), to(word) - 1))) {
        return to(word) - 1;
      }
    }
    return -1;
  }

  boolean isEmpty(int share) {
    long word = words.get(place(share));
    return from(word) >= to(word);
  }

  /** Empties all shares and says how many rounds nobody will run. */
  int drop() {
    int dropped = 0;
    for (int share = 0; share < count; share++) {
      long word = words.getAndSet(place(share), 0);
      dropped += to(word) - from(word);
    }
    return dropped;
  }

  private static int place(int share) {
    return (share + 1) * APART;
  }

  private static long word(int from, int to) {
    return (long) from << Integer.SIZE | to;
  }

  private static int from(long word) {
    return (int) (word >>> Integer.SIZE);
  }

  private static int to(long word) {
    return (int) word;
  }
}
