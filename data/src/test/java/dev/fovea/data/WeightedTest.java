package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.DatasetTest.Counting;
import dev.fovea.data.augment.MixUp;
import dev.fovea.data.augment.Shift;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights of samples, on their way from a data set to its batches. */
class WeightedTest {
  private final Dataset seven = new Counting(7);
  /** Each sample's weight is half its number. */
  private final Dataset weighted = seven.withWeights(0, 0.5f, 1, 1.5f, 2, 2.5f, 3);

  @Test
  void value() {
    assertThat(seven.isWeighted()).isFalse();
    assertThat(seven.weight(6)).isEqualTo(1);
    assertThat(weighted.isWeighted()).isTrue();
    assertThat(weighted.weight(3)).isEqualTo(1.5f);
    assertThat(weighted.size()).isEqualTo(7);
    assertThat(weighted.sampleShape()).isEqualTo(seven.sampleShape());
    assertThat(weighted.targetShape()).isEqualTo(seven.targetShape());
    assertThat(weighted.classNames()).isEqualTo(seven.classNames());
    assertThat(weighted.nameOf(5)).isEqualTo("sample 5");
    assertThat(weighted.sample(5).toArray()).containsExactly(5, 5.5f);
    assertThat(weighted.target(5).item()).isEqualTo(2);
    assertThat(weighted.label(5)).isEqualTo(2);
    assertThat(weighted.isInMemory()).isFalse();
    ArrayDataset inMemory = ArrayDataset.of(Tensor.of(Shape.of(2), 1, 2), 0, 1);
    assertThat(inMemory.withWeights(1, 3).isInMemory()).isTrue();
    assertThat(weighted.withWeights(new float[7]).weight(3)).as("the new weights alone").isZero();
  }

  @Test
  void weightsAreCopied() {
    float[] weights = new float[7];
    Dataset copied = seven.withWeights(weights);
    weights[2] = 5;
    assertThat(copied.weight(2)).isZero();
  }

  @Test
  void viewsPassThemOn() {
    assertThat(weighted.subset(4, 1, 4).weight(0)).isEqualTo(2);
    assertThat(weighted.subset(4, 1, 4).weight(1)).isEqualTo(0.5f);
    assertThat(weighted.range(2, 5).weight(1)).isEqualTo(1.5f);
    assertThat(weighted.oneHot().weight(5)).isEqualTo(2.5f);
    Dataset pictures = ArrayDataset.of(Tensor.zeros(Shape.of(2, 1, 3, 3)), 0, 1);
    Dataset augmented = pictures.withWeights(1, 2.5f).augmented(Shift.of(1), 1L);
    assertThat(augmented.weight(1)).isEqualTo(2.5f);
    for (Dataset view : List.of(weighted.subset(4), weighted.take(2), weighted.shuffled(1L), weighted.oneHot(),
        augmented)) {
      assertThat(view.isWeighted()).isTrue();
    }
    for (Dataset view : List.of(seven.subset(4), seven.oneHot(), pictures.augmented(Shift.of(1), 1L))) {
      assertThat(view.isWeighted()).isFalse();
      assertThat(view.weight(0)).isEqualTo(1);
    }
    Dataset shuffled = weighted.shuffled(3L);
    for (int i = 0; i < 7; i++) {
      assertThat(shuffled.weight(i)).isEqualTo(shuffled.sample(i).get(0) / 2);
    }
  }

  /** Both where batches are read ahead and where they are read when they are asked for. */
  @Test
  void batchesHaveThem() {
    float[] x = {0, 1, 2, 3, 4, 5, 6};
    Dataset inMemory = ArrayDataset.of(Tensor.of(Shape.of(7), x), 0, 1, 2, 0, 1, 2, 0)
        .withWeights(0, 0.5f, 1, 1.5f, 2, 2.5f, 3);
    for (Dataset data : List.of(weighted, inMemory)) {
      int values = data.sampleShape().size();
      List<Float> seen = new ArrayList<>();
      try (BatchIterator epoch = Batches.of(data, 3).shuffled(5L).epoch(1)) {
        for (Batch batch : epoch) {
          assertThat(batch.isWeighted()).isTrue();
          assertThat(batch.weights().shape().toArray()).containsExactly(batch.size());
          for (int i = 0; i < batch.size(); i++) {
            assertThat(batch.weights().get(i)).isEqualTo(batch.x().data()[i * values] / 2);
            seen.add(batch.weights().get(i));
          }
        }
      }
      assertThat(seen).containsExactlyInAnyOrder(0f, 0.5f, 1f, 1.5f, 2f, 2.5f, 3f);
    }
    try (BatchIterator epoch = Batches.of(seven, 3).epoch(0)) {
      Batch batch = epoch.next();
      assertThat(batch.isWeighted()).isFalse();
      assertThat(batch.weights()).isNull();
    }
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> seven.withWeights(1, 2)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights: expected as many as there are samples, got 7 samples and 2 weights");
    assertThatThrownBy(() -> seven.withWeights(1, 1, 1, -0.5f, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights: the weight of sample 3 must be at least 0 and finite, got -0.5");
    assertThatThrownBy(() -> seven.withWeights(1, 1, 1, 1, Float.NaN, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights: the weight of sample 4 must be at least 0 and finite, got NaN");
    assertThatThrownBy(() -> seven.take(1).withWeights(Float.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights: the weight of sample 0 must be at least 0 and finite, got Infinity");
    for (Dataset data : List.of(seven, weighted, weighted.take(7))) {
      assertThatThrownBy(() -> data.weight(7)).isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("data set: expected a sample of 0..6, got 7");
    }
    Batches batches = Batches.of(weighted.oneHot(), 2);
    assertThatThrownBy(() -> batches.mixed(MixUp.of(1), 7L)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mixed: expected samples that count alike, got weighted ones: a mixture of two has no weight; leave"
            + " out the mixing or the weights");
  }
}
