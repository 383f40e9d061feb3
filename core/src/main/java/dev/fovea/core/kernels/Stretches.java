package dev.fovea.core.kernels;

/**
 * Several arrays cut into stretches of one length, as if they lay one after the other: one loop for all of them, in
 * which many small arrays make as few rounds as one large. A stretch that reaches over an array's end is worked on
 * piece by piece, by one thread and in order.
 */
public final class Stretches {
  private final int length;
  /** Array i has the places {@code starts[i]} to {@code starts[i + 1] - 1}. */
  private final long[] starts;

  private Stretches(int length, long[] starts) {
    this.length = length;
    this.starts = starts;
  }

  /** Stretches of this many elements over arrays of these sizes. */
  public static Stretches of(int length, int... sizes) {
    long[] starts = new long[sizes.length + 1];
    for (int i = 0; i < sizes.length; i++) {
      starts[i + 1] = starts[i] + sizes[i];
    }
    return new Stretches(length, starts);
  }

  /** Calls {@code piece} with every piece of every array, on several threads. */
  public void each(Piece piece) {
    Parallel.run(rounds(), round -> walk(round, piece));
  }

  /**
   * The sum of {@code term} over every piece of every array, computed on several threads: the pieces of a stretch are
   * added in order, then the stretches, whatever the number of threads.
   */
  public double sum(Term term) {
    double[] sums = new double[rounds()];
    Parallel.run(sums.length, round ->
        walk(round, (array, from, to) -> sums[round] += term.of(array, from, to)));
    double sum = 0;
    for (double each : sums) {
      sum += each;
    }
    return sum;
  }

  private int rounds() {
    return Math.toIntExact((starts[starts.length - 1] + length - 1) / length);
  }

  private void walk(int round, Piece piece) {
    long from = (long) round * length;
    long to = Math.min(from + length, starts[starts.length - 1]);
    int array = 0;
    while (starts[array + 1] <= from) {
      array++;
    }
    for (long at = from; at < to; array++) {
      long end = Math.min(to, starts[array + 1]);
      if (at < end) {
        piece.accept(array, (int) (at - starts[array]), (int) (end - starts[array]));
      }
      at = end;
    }
  }

  /** What is done with a piece. */
  @FunctionalInterface
  public interface Piece {
    /** Works on the elements {@code from} (inclusive) to {@code to} (exclusive) of one of the arrays. */
    void accept(int array, int from, int to);
  }

  /** What is summed. */
  @FunctionalInterface
  public interface Term {
    /** The sum over the elements {@code from} (inclusive) to {@code to} (exclusive) of one of the arrays. */
    double of(int array, int from, int to);
  }
}
