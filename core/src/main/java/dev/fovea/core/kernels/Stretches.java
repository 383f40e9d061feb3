package dev.fovea.core.kernels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Several arrays cut into stretches: one loop for all of them, in which many small arrays make as few rounds as one
 * large. A stretch is worked on piece by piece, by one thread and in order.
 */
public final class Stretches {
  /** The cuts of a long array lie on multiples of it: no two stretches share a cache line but where arrays begin. */
  private static final int ALIGNED = 16;

  private final Part[][] stretches;

  private Stretches(List<List<Part>> stretches) {
    this.stretches = stretches.stream().map(parts -> parts.toArray(Part[]::new)).toArray(Part[][]::new);
  }

  /** Elements {@code from} to {@code to} of one of the arrays. */
  private record Part(int array, int from, int to) {}

  /**
   * Stretches of at most this many elements over arrays of these sizes, the first parts of all arrays before the second
   * parts: where loops give a thread the same share of each weight (the first filters, the first units), it gets here
   * what it has written and read there. A longer array is cut into an even number of parts of one length. Shorter ones
   * share stretches, which come first: what is so small is computed by the calling thread.
   */
  public static Stretches of(int length, int... sizes) {
    record Placed(double place, List<Part> parts) {}
    List<Placed> stretches = new ArrayList<>();
    List<Part> small = null;
    int room = 0;
    for (int array = 0; array < sizes.length; array++) {
      int size = sizes[array];
      if (size > length) {
        int count = 2 * (int) ((size + 2L * length - 1) / (2L * length));
        for (int i = 0; i < count; i++) {
          stretches.add(new Placed((i + 1.0) / count,
              List.of(new Part(array, cut(size, i, count), cut(size, i + 1, count)))));
        }
      } else if (size > 0) {
        if (room < size) {
          small = new ArrayList<>();
          stretches.add(new Placed(0, small));
          room = length;
        }
        small.add(new Part(array, 0, size));
        room -= size;
      }
    }
    stretches.sort(Comparator.comparingDouble(Placed::place));
    return new Stretches(stretches.stream().map(Placed::parts).toList());
  }

  private static int cut(int size, int part, int count) {
    return part == count ? size : (int) ((long) (size / ALIGNED) * part / count) * ALIGNED;
  }

  /** Calls {@code piece} with every piece of every array, on several threads. */
  public void each(Piece piece) {
    Parallel.run(stretches.length, round -> walk(round, piece));
  }

  /**
   * The sum of {@code term} over every piece of every array, computed on several threads: the pieces of a stretch are
   * added in order, then the stretches, whatever the number of threads.
   */
  public double sum(Term term) {
    double[] sums = new double[stretches.length];
    Parallel.run(sums.length, round ->
        walk(round, (array, from, to) -> sums[round] += term.of(array, from, to)));
    double sum = 0;
    for (double each : sums) {
      sum += each;
    }
    return sum;
  }

  private void walk(int round, Piece piece) {
    for (Part part : stretches[round]) {
      piece.accept(part.array, part.from, part.to);
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
