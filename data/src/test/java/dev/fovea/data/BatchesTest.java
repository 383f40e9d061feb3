package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final Dataset ten = new DatasetTest.Counting(10);

  @Test
  void inOrder() {
    Batches batches = Batches.of(ten, 4);
    assertThat(batches.count()).isEqualTo(3);
    assertThat(batches.samples()).isEqualTo(10);
    assertThat(batches.batchSize()).isEqualTo(4);
    assertThat(batches.dataset()).isSameAs(ten);
    try (BatchIterator epoch = batches.epoch(0)) {
      Batch first = epoch.next();
      assertThat(first.size()).isEqualTo(4);
      assertThat(first.x().shape()).isEqualTo(Shape.of(4, 2));
      assertThat(first.x().toArray()).containsExactly(0, 0.5f, 1, 1.5f, 2, 2.5f, 3, 3.5f);
      assertThat(first.y().shape()).isEqualTo(Shape.of(4));
      assertThat(first.y().toArray()).containsExactly(0, 1, 2, 0);
      epoch.next();
      Batch last = epoch.next();
      assertThat(last.x().shape()).isEqualTo(Shape.of(2, 2));
      assertThat(last.x().data()).containsExactly(8, 8.5f, 9, 9.5f);
      assertThat(last.y().data()).containsExactly(2, 0);
      assertThat(epoch.hasNext()).isFalse();
    }
    assertThat(samples(batches, 0)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).isEqualTo(samples(batches, 1));
  }

  @Test
  void vectorTargets() {
    Tensor y = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    try (BatchIterator epoch = Batches.of(ArrayDataset.of(Tensor.zeros(Shape.of(3, 1)), y), 2).epoch(0)) {
      Batch batch = epoch.next();
      assertThat(batch.y().shape()).isEqualTo(Shape.of(2, 2));
      assertThat(batch.y().toArray()).containsExactly(1, 2, 3, 4);
      assertThat(epoch.next().y().toArray()).containsExactly(5, 6);
    }
  }

  @Test
  void droppingLast() {
    Batches batches = Batches.of(ten, 4).droppingLast();
    assertThat(batches.count()).isEqualTo(2);
    assertThat(batches.samples()).isEqualTo(8);
    assertThat(samples(batches, 0)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(Batches.of(ten, 5).droppingLast().count()).isEqualTo(2);
    assertThat(Batches.of(ten, 5).count()).isEqualTo(2);
    assertThat(Batches.of(ten, 10).droppingLast().count()).isEqualTo(1);
    assertThat(Batches.of(ten, 11).count()).isEqualTo(1);
    assertThat(samples(Batches.of(ten, 11), 0)).hasSize(10);
  }

  @Test
  void theOrderIsAFunctionOfSeedAndEpoch() {
    Batches batches = Batches.of(ten, 4).shuffled(7);
    List<Integer> order = samples(batches, 3);
    assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(order).isEqualTo(samples(Batches.of(ten, 4).shuffled(7), 3));
    assertThat(order).isEqualTo(samples(Batches.of(ten, 3).shuffled(7), 3));
    assertThat(order).isNotEqualTo(samples(batches, 2)).isNotEqualTo(samples(batches.shuffled(8), 3));
    assertThat(samples(batches.droppingLast(), 3)).isEqualTo(order.subList(0, 8));
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Batches.of(ten, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batches: the batch size must be at least 1, got 0");
    assertThatThrownBy(() -> Batches.of(new DatasetTest.Counting(0), 4)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batches: expected at least one sample, got 0");
    assertThatThrownBy(() -> Batches.of(ten, 11).droppingLast()).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batches: dropping the last batch of 10 samples leaves none at batch size 11; "
            + "take a batch size of at most 10, or keep the last batch");
    assertThatThrownBy(() -> Batches.of(ten, 4).epoch(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batches: the number of an epoch must be at least 0, got -1");
    Dataset large = Digits.generate(10, 1).subset(new int[3_000_000]);
    assertThatThrownBy(() -> Batches.of(large, 2_800_000)).isInstanceOf(ShapeException.class)
        .hasMessage("tensor [2800000, 1, 28, 28]: at most 2147483647 elements fit one Java array, got 2195200000");
  }

  private static List<Integer> samples(Batches batches, int epoch) {
    List<Integer> samples = new ArrayList<>();
    try (BatchIterator iterator = batches.epoch(epoch)) {
      for (Batch batch : iterator) {
        for (int i = 0; i < batch.size(); i++) {
          samples.add((int) batch.x().get(i, 0));
        }
      }
    }
    return samples;
  }
}
