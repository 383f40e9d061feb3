package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StretchesTest {
  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  @Test
  void smallArraysShareAStretchAndFirstPartsComeFirst() {
    assertThat(pieces(40, 3, 0, 80, 1, 40, 37, 100)).containsExactly("0: 0 to 3", "3: 0 to 1", "4: 0 to 40",
        "5: 0 to 37", "6: 0 to 16", "2: 0 to 32", "6: 16 to 48", "6: 48 to 64", "2: 32 to 80", "6: 64 to 100");
  }

  private static List<String> pieces(int length, int... sizes) {
    Parallel.limit(1);
    List<String> pieces = new ArrayList<>();
    Stretches.of(length, sizes).each((array, from, to) -> pieces.add(array + ": " + from + " to " + to));
    return pieces;
  }

  @Test
  void everyElementComesOnce() {
    int[] sizes = {0, 1, 999, 0, 1000, 1001, 7, 0};
    AtomicIntegerArray[] seen = new AtomicIntegerArray[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      seen[i] = new AtomicIntegerArray(sizes[i]);
    }
    for (int length : new int[] {1, 8, 1000, 100_000}) {
      Stretches.of(length, sizes).each((array, from, to) -> {
        for (int i = from; i < to; i++) {
          seen[array].incrementAndGet(i);
        }
      });
      for (int i = 0; i < sizes.length; i++) {
        for (int k = 0; k < sizes[i]; k++) {
          assertThat(seen[i].getAndSet(k, 0)).as("array %d, element %d, stretches of %d", i, k, length).isOne();
        }
      }
    }
  }

  @Test
  void nothingHasNoPiecesAndSumsToZero() {
    Stretches.of(10).each((array, from, to) -> assertThat(array).as("a piece of nothing").isNull());
    assertThat(Stretches.of(10).sum((array, from, to) -> 1)).isZero();
    assertThat(Stretches.of(10, 0, 0).sum((array, from, to) -> 1)).isZero();
  }

  /** The second would come out as 0 if the large values were not added first. */
  @Test
  void sumsRunInOrder() {
    double[] values = {1, 2, 1e20, -1e20, 1};
    Stretches.Term term = (array, from, to) -> values[array];
    assertThat(Stretches.of(2, 1, 1, 1, 1, 1).sum(term)).isEqualTo(4);
    assertThat(Stretches.of(3, 1, 1, 1, 1, 1).sum(term)).isEqualTo((1 + 2 + 1e20) + (-1e20 + 1));
  }

  @Test
  void sumsDoNotDependOnTheNumberOfThreads() {
    Random random = new Random(5);
    double[] values = random.doubles(10_000).toArray();
    Stretches stretches = Stretches.of(64, 100, 9_000, 900);
    Stretches.Term term = (array, from, to) -> {
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += values[array * 100 + i];
      }
      return sum;
    };
    double sum = stretches.sum(term);
    Parallel.limit(1);
    assertThat(stretches.sum(term)).isEqualTo(sum);
  }
}
