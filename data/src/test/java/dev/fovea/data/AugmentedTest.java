package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.data.augment.CutMix;
import dev.fovea.data.augment.Elastic;
import dev.fovea.data.augment.Flip;
import dev.fovea.data.augment.MixUp;
import dev.fovea.data.augment.Mixing;
import dev.fovea.data.augment.Noise;
import dev.fovea.data.augment.Normalize;
import dev.fovea.data.augment.Rotate;
import dev.fovea.data.augment.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Augmented and mixed batches, and the views of a data set with the same. */
class AugmentedTest {
  private static final Augmentation SOME =
      Augmentation.of(Rotate.of(10), Shift.of(2), Elastic.of(20, 4).sometimes(0.5), Noise.of(0.05));

  private final Dataset digits = Digits.generate(103, 1);
  /** The same, tagged by their index in the label's place, so that a batch tells which sample is where. */
  private final Dataset numbered = numbered(digits);

  private static Dataset numbered(Dataset data) {
    float[] pixels = new float[data.size() * data.sampleShape().size()];
    int[] numbers = new int[data.size()];
    for (int i = 0; i < data.size(); i++) {
      numbers[i] = i;
      data.read(i, pixels, i * data.sampleShape().size(), new float[1], 0);
    }
    return ArrayDataset.of(Tensor.of(data.sampleShape().prepend(data.size()), pixels), numbers);
  }

  @Test
  void aSampleFollowsFromSeedEpochAndIndexAlone() {
    Map<Integer, float[]> expected = samples(Batches.of(numbered, 103).augmented(SOME, 7), 2);
    List<Map<Integer, float[]>> others = new ArrayList<>(List.of(
        samples(Batches.of(numbered, 10).augmented(SOME, 7), 2),
        samples(Batches.of(numbered, 32).shuffled(3).augmented(SOME, 7), 2),
        samples(Batches.of(numbered, 32).augmented(SOME, 7).shuffled(4), 2),
        samples(Batches.of(new DatasetTest.Elsewhere(numbered), 10).augmented(SOME, 7), 2)));
    int threads = Parallel.threads();
    try {
      Parallel.limit(1);
      others.add(samples(Batches.of(numbered, 32).augmented(SOME, 7), 2));
    } finally {
      Parallel.limit(threads);
    }
    for (Map<Integer, float[]> other : others) {
      assertThat(other).hasSize(103);
      other.forEach((index, sample) -> assertThat(sample).isEqualTo(expected.get(index)));
    }
    Map<Integer, float[]> dropping = samples(Batches.of(numbered, 10).augmented(SOME, 7).droppingLast(), 2);
    assertThat(dropping).hasSize(100);
    assertThat(dropping.get(99)).isEqualTo(expected.get(99));
    Map<Integer, float[]> nextEpoch = samples(Batches.of(numbered, 103).augmented(SOME, 7), 3);
    Map<Integer, float[]> otherSeed = samples(Batches.of(numbered, 103).augmented(SOME, 8), 2);
    for (int i = 0; i < 103; i++) {
      assertThat(expected.get(i)).isNotEqualTo(numbered.sample(i).data()).isNotEqualTo(nextEpoch.get(i))
          .isNotEqualTo(otherSeed.get(i));
    }
  }

  @Test
  void equalSamplesAreChangedEachInAnotherWay() {
    Dataset twins = digits.subset(5, 5);
    Map<Integer, float[]> samples = samples(Batches.of(numbered(twins), 2).augmented(SOME, 7), 0);
    assertThat(samples.get(0)).isNotEqualTo(samples.get(1));
  }

  @Test
  void theRestOfAnEpochIsWhatItWouldHaveBeen() {
    Batches batches = Batches.of(digits.oneHot(), 10).shuffled(1).augmented(SOME, 7).mixed(MixUp.of(1), 7);
    try (BatchIterator whole = batches.epoch(1); BatchIterator rest = batches.epoch(1, 4)) {
      for (int i = 0; i < 4; i++) {
        whole.next();
      }
      for (int i = 4; i < 11; i++) {
        Batch expected = whole.next();
        Batch batch = rest.next();
        assertThat(batch.x().toArray()).isEqualTo(expected.x().toArray());
        assertThat(batch.y().toArray()).isEqualTo(expected.y().toArray());
      }
    }
  }

  @Test
  void theViewIsEpochZero() {
    Dataset view = numbered.augmented(SOME, 7);
    assertThat(view.size()).isEqualTo(103);
    assertThat(view.sampleShape()).isEqualTo(Shape.of(1, 28, 28));
    assertThat(view.targetShape()).isEqualTo(Shape.scalar());
    assertThat(view.classNames()).hasSize(103);
    assertThat(view.isInMemory()).isTrue();
    assertThat(view.label(17)).isEqualTo(17);
    samples(Batches.of(numbered, 20).augmented(SOME, 7), 0)
        .forEach((index, sample) -> assertThat(view.sample(index).data()).isEqualTo(sample));
    Dataset normalized = digits.augmented(Normalize.of(0.5, 0.5), 0);
    assertThat(normalized.sample(3).get(0, 14, 14)).isEqualTo((digits.sample(3).get(0, 14, 14) - 0.5f) / 0.5f);
  }

  @Test
  void mixesTheFirstWithTheLast() {
    Dataset data = ArrayDataset.of(Tensor.of(Shape.of(5, 1), 0, 10, 20, 30, 40), 0, 1, 2, 3, 4).oneHot();
    for (Dataset source : List.of(data, new DatasetTest.Elsewhere(data))) {
      try (BatchIterator epoch = Batches.of(source, 5).mixed(MixUp.of(1), 7).epoch(0)) {
        Batch batch = epoch.next();
        float[] x = batch.x().data();
        assertThat(x[2]).isEqualTo(20);
        assertThat(x[0] + x[4]).isEqualTo(40);
        assertThat(x[1] + x[3]).isEqualTo(40);
        assertThat(x[0]).isNotEqualTo(0).isNotEqualTo(x[4]);
        assertThat(batch.y().get(0, 4)).isCloseTo(x[0] / 40, Offset.offset(1e-6f));
        assertThat(batch.y().get(2, 2)).isEqualTo(1);
        assertThat((x[1] - 10) / 20).as("a share of its own").isNotEqualTo(x[0] / 40);
      }
    }
  }

  @Test
  void mixedBatchesAreTheSameForAnyNumberOfThreads() {
    Mixing mixing = Mixing.oneOf(MixUp.of(0.4), CutMix.of(1));
    Batches batches = Batches.of(digits.oneHot(), 50).shuffled(5).augmented(Flip.horizontally(), 7).mixed(mixing, 7);
    List<float[]> expected = arrays(batches, 1);
    int threads = Parallel.threads();
    try {
      Parallel.limit(1);
      assertThat(arrays(batches, 1)).usingElementComparator(Arrays::compare).isEqualTo(expected);
    } finally {
      Parallel.limit(threads);
    }
    assertThat(arrays(batches, 2)).usingElementComparator(Arrays::compare).isNotEqualTo(expected);
    assertThat(arrays(batches.mixed(mixing, 8), 1)).usingElementComparator(Arrays::compare).isNotEqualTo(expected);
  }

  @Test
  void oneHot() {
    Dataset data = ArrayDataset.of(Tensor.of(Shape.of(3, 1), 7, 8, 9), new int[] {2, 0, 1}, List.of("a", "b", "c"))
        .oneHot();
    assertThat(data.targetShape()).isEqualTo(Shape.of(3));
    assertThat(data.classNames()).containsExactly("a", "b", "c");
    assertThat(data.isInMemory()).isTrue();
    assertThat(data.label(0)).isEqualTo(2);
    assertThat(data.range(1, 3).label(1)).isEqualTo(1);
    assertThat(data.target(0).toArray()).containsExactly(0, 0, 1);
    assertThat(data.sample(2).toArray()).containsExactly(9);
    float[] y = {5, 5, 5, 5, 5};
    data.read(1, new float[1], 0, y, 1);
    assertThat(y).containsExactly(5, 1, 0, 0, 5);
  }

  @Test
  void refuses() {
    Batches batches = Batches.of(digits, 10);
    assertThatThrownBy(() -> batches.augmented(null, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("augmented: expected an augmentation such as Shift.of(2), got null");
    assertThatThrownBy(() -> new DatasetTest.Counting(3).augmented(Shift.of(1), 0)).isInstanceOf(ShapeException.class)
        .hasMessage("augmentation: expected pictures [C, H, W], got samples of shape [2]");
    assertThatThrownBy(() -> batches.mixed(null, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mixed: expected a mixing such as MixUp.of(0.2), got null");
    assertThatThrownBy(() -> batches.mixed(MixUp.of(1), 0)).isInstanceOf(ShapeException.class).hasMessage(
        "mixed: expected targets that are distributions [classes], got targets of shape []; take data.oneHot(), "
            + "which goes with Loss.categoricalCrossEntropy()");
    Dataset maps = ArrayDataset.of(Tensor.zeros(Shape.of(2, 1)), Tensor.zeros(Shape.of(2, 3, 3)));
    assertThatThrownBy(() -> Batches.of(maps, 2).mixed(MixUp.of(1), 0)).isInstanceOf(ShapeException.class).hasMessage(
        "mixed: expected targets that are distributions [classes], got targets of shape [3, 3]");
    assertThatThrownBy(() -> Batches.of(new DatasetTest.Counting(3).oneHot(), 2).mixed(CutMix.of(1), 0))
        .isInstanceOf(ShapeException.class)
        .hasMessage("cut-mix: expected pictures [C, H, W], got samples of shape [2]");
    assertThatThrownBy(maps::oneHot).isInstanceOf(IllegalStateException.class)
        .hasMessage("one-hot: expected a class label a sample, got targets of shape [3, 3] and no class names");
    assertThatThrownBy(() -> digits.oneHot().oneHot()).isInstanceOf(IllegalStateException.class)
        .hasMessage("one-hot: expected a class label a sample, got targets of shape [10]");
  }

  private static Map<Integer, float[]> samples(Batches batches, int epoch) {
    Map<Integer, float[]> samples = new HashMap<>();
    try (BatchIterator iterator = batches.epoch(epoch)) {
      for (Batch batch : iterator) {
        int size = batch.x().shape().size() / batch.size();
        for (int i = 0; i < batch.size(); i++) {
          samples.put((int) batch.y().get(i), Arrays.copyOfRange(batch.x().data(), i * size, (i + 1) * size));
        }
      }
    }
    return samples;
  }

  private static List<float[]> arrays(Batches batches, int epoch) {
    List<float[]> arrays = new ArrayList<>();
    try (BatchIterator iterator = batches.epoch(epoch)) {
      for (Batch batch : iterator) {
        arrays.add(batch.x().toArray());
        arrays.add(batch.y().toArray());
      }
    }
    return arrays;
  }
}
