package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final ConfusionMatrix PETS = ConfusionMatrix.of(List.of("cat", "dog", "axolotl"),
      new int[] {0, 0, 0, 0, 1, 1, 1}, new int[] {0, 0, 0, 1, 1, 0, 0});

  @Test
  void value() {
    assertThat(PETS.count(0, 0)).isEqualTo(3);
    assertThat(PETS.count(1, 0)).isEqualTo(2);
    assertThat(PETS.count(2, 1)).isZero();
    assertThat(PETS.total()).isEqualTo(7);
    assertThat(PETS.correct()).isEqualTo(4);
    assertThat(PETS.accuracy()).isEqualTo(4 / 7.0);
    assertThat(PETS.recall(0)).isEqualTo(0.75);
    assertThat(PETS.precision(0)).isEqualTo(0.6);
    assertThat(PETS.recall(2)).isNaN();
    assertThat(PETS.mistakes(5)).containsExactly(
        new ConfusionMatrix.Mistake(1, 0, 2), new ConfusionMatrix.Mistake(0, 1, 1));
    assertThat(PETS.mistakes(1)).hasSize(1);
  }

  @Test
  void printsAligned() {
    assertThat(PETS).hasToString("""
        rows: actual class, columns: predicted class
                     cat   dog  axolotl  recall%
        cat            3     1        0     75.0
        dog            2     1        0     33.3
        axolotl        0     0        0        -
        precision%  60.0  50.0        -""");
  }

  @Test
  void tenClassesFitALine() {
    int[] classes = IntStream.range(0, 10_000).map(i -> i % 10).toArray();
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), classes,
        classes);
    assertThat(matrix.toString().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void nearlyAllIsNotAll() {
    assertThat(Figures.percent(0.9999)).isEqualTo("99.9");
    assertThat(Figures.percent(1)).isEqualTo("100");
    assertThat(Figures.percent(0.29)).isEqualTo("29.0");
    assertThat(Figures.percent(0)).isEqualTo("0.0");
  }

  @Test
  void printsTheWorstMistakesOfManyClasses() {
    List<String> names = IntStream.range(0, 30).mapToObj(i -> "c" + i).toList();
    assertThat(ConfusionMatrix.of(names, new int[] {29, 29, 3, 4}, new int[] {3, 3, 4, 4})).hasToString("""
        actual  taken for  times
        c29            c3      2
        c3             c4      1""");
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> ConfusionMatrix.of(List.of("a"), new int[2], new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("confusion matrix: expected as many predictions as samples, got 2 samples and 3 predictions");
    assertThatThrownBy(() -> ConfusionMatrix.of(List.of("a", "b"), new int[] {0, 2}, new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("confusion matrix: the actual class of sample 1: expected 0..1 (2 classes), got 2");
    assertThatThrownBy(() -> ConfusionMatrix.of(List.of("a", "b"), new int[2], new int[] {-1, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("confusion matrix: the predicted class of sample 0: expected 0..1 (2 classes), got -1");
    assertThatThrownBy(() -> PETS.count(3, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("confusion matrix: expected a class of 0..2, got 3");
  }
}
