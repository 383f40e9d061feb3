package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {
  /** So many samples of each class, in turns; sample i is [i]. */
  private static Dataset classes(int... sizes) {
    int[] labels = IntStream.range(0, Arrays.stream(sizes).max().orElse(0))
        .flatMap(round -> IntStream.range(0, sizes.length).filter(label -> round < sizes[label])).toArray();
    float[] values = new float[labels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    List<String> names = IntStream.range(0, sizes.length).mapToObj(label -> "class " + label).toList();
    return ArrayDataset.of(Tensor.of(Shape.of(values.length, 1), values), labels, names);
  }

  private static List<Integer> samples(Dataset data) {
    return IntStream.range(0, data.size()).mapToObj(i -> (int) data.sample(i).get(0)).toList();
  }

  private static List<Long> counts(Dataset data) {
    return IntStream.range(0, data.classNames().size())
        .mapToObj(label -> IntStream.range(0, data.size()).filter(i -> data.label(i) == label).count()).toList();
  }

  @Test
  void everyClassInTheSameProportions() {
    Dataset data = classes(100, 50, 10, 20);
    Split split = Split.of(data, 0.2, 0.1, 7L);
    assertThat(counts(split.train())).containsExactly(70L, 35L, 7L, 14L);
    assertThat(counts(split.validation())).containsExactly(20L, 10L, 2L, 4L);
    assertThat(counts(split.test())).containsExactly(10L, 5L, 1L, 2L);
    assertThat(Stream.of(split.train(), split.validation(), split.test()).flatMap(part -> samples(part).stream()))
        .as("each sample is in one part").hasSize(180).doesNotHaveDuplicates();
    assertThat(samples(split.validation())).isSorted();
    assertThat(split.test().classNames()).isEqualTo(data.classNames());
  }

  @Test
  void theSeedDecides() {
    Dataset data = classes(100, 100);
    List<Integer> test = samples(Split.of(data, 0.2, 0.1, 7L).test());
    assertThat(samples(Split.of(data, 0.2, 0.1, 7L).test())).isEqualTo(test);
    assertThat(samples(Split.of(data, 0.2, 0.1, 8L).test())).isNotEqualTo(test);
    // The same samples of one class, however many of the others there are.
    Dataset more = classes(100, 30);
    Dataset fewer = classes(100, 20);
    assertThat(places(more, Split.of(more, 0.2, 0.1, 7L).test()))
        .isEqualTo(places(fewer, Split.of(fewer, 0.2, 0.1, 7L).test()));
  }

  /** Which of the samples of class 0, counted by themselves, are in a part. */
  private static List<Integer> places(Dataset whole, Dataset part) {
    List<Integer> ofClass = samples(whole).stream().filter(i -> whole.label(i) == 0).toList();
    return samples(part).stream().filter(i -> whole.label(i) == 0).map(ofClass::indexOf).toList();
  }

  @Test
  void smallClassesKeepOneToTrainWith() {
    Split split = Split.of(classes(1, 2, 3, 4), 0.1, 0.1, 7L);
    assertThat(counts(split.train())).containsExactly(1L, 1L, 1L, 2L);
    assertThat(counts(split.validation())).containsExactly(0L, 1L, 1L, 1L);
    assertThat(counts(split.test())).containsExactly(0L, 0L, 1L, 1L);
    assertThat(counts(Split.of(classes(2, 3), 0.45, 0.45, 7L).train())).containsExactly(1L, 1L);
  }

  @Test
  void anyNumberOfParts() {
    List<Dataset> halves = Split.stratified(classes(10, 4), 3L, 0.5, 0.5);
    assertThat(counts(halves.get(0))).containsExactly(5L, 2L);
    assertThat(counts(halves.get(1))).containsExactly(5L, 2L);
  }

  @Test
  void tenThousandClasses() {
    int[] sizes = new int[10_000];
    Arrays.fill(sizes, 3);
    Split split = Split.of(classes(sizes), 0.1, 0.1, 7L);
    assertThat(split.test().size()).isEqualTo(10_000);
    assertThat(split.train().size()).isEqualTo(10_000);
  }

  @Test
  void refuses() {
    Dataset data = classes(10, 10);
    assertThatThrownBy(() -> Split.of(data, 0.5, 0.5, 7L)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("split: expected two or more shares above 0 that sum to 1, got [0.0, 0.5, 0.5]");
    assertThatThrownBy(() -> Split.of(data, 0, 0.5, 7L)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("split: expected two or more shares above 0 that sum to 1, got [0.5, 0.0, 0.5]");
    assertThatThrownBy(() -> Split.stratified(data, 7L, 0.5, Double.NaN)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("split: expected two or more shares above 0 that sum to 1, got [0.5, NaN]");
    assertThatThrownBy(() -> Split.stratified(data, 7L, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("split: expected two or more shares above 0 that sum to 1, got [1.0]");
    assertThatThrownBy(() -> Split.of(classes(2, 2), 0.25, 0.25, 7L)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("split: nothing is left for part 3 of 3, whose share of 4 samples is 0.25; "
            + "it takes a class of at least 3 samples");
    Dataset values = ArrayDataset.of(Tensor.zeros(Shape.of(4, 1)), Tensor.zeros(Shape.of(4, 2)));
    assertThatThrownBy(() -> Split.of(values, 0.2, 0.1, 7L)).isInstanceOf(IllegalStateException.class).hasMessage(
        "label: the targets of this data set are values of shape [2], not classes; read them with target(index)");
  }
}
