package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayDatasetTest {
  private final Tensor x = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);

  @Test
  void labelled() {
    ArrayDataset data = ArrayDataset.of(x, 2, 0, 2);
    assertThat(data.size()).isEqualTo(3);
    assertThat(data.sampleShape()).isEqualTo(Shape.of(2));
    assertThat(data.targetShape()).isEqualTo(Shape.scalar());
    assertThat(data.classNames()).containsExactly("0", "1", "2");
    assertThat(data.sample(1).toArray()).containsExactly(3, 4);
    assertThat(data.label(0)).isEqualTo(2);
    assertThat(data.target(1).item()).isEqualTo(0);
  }

  @Test
  void labelledWithNames() {
    ArrayDataset data = ArrayDataset.of(x, new int[] {1, 0, 1}, List.of("cat", "dog", "cow"));
    assertThat(data.classNames()).containsExactly("cat", "dog", "cow");
    assertThat(data.label(2)).isEqualTo(1);
  }

  @Test
  void withVectorTargets() {
    ArrayDataset data = ArrayDataset.of(x, Tensor.of(Shape.of(3, 2), 10, 11, 12, 13, 14, 15));
    assertThat(data.targetShape()).isEqualTo(Shape.of(2));
    assertThat(data.classNames()).isEmpty();
    assertThat(data.target(2).toArray()).containsExactly(14, 15);
    float[] samples = {-1, -1, -1, -1};
    float[] targets = {-1, -1, -1};
    data.read(1, samples, 1, targets, 1);
    assertThat(samples).containsExactly(-1, 3, 4, -1);
    assertThat(targets).containsExactly(-1, 12, 13);
  }

  @Test
  void bytesBecomeZeroToOne() {
    byte[] pixels = {0, 51, (byte) 128, (byte) 255};
    ArrayDataset data = ArrayDataset.ofBytes(Shape.of(1, 1, 2), pixels, new int[] {0, 1}, List.of("a", "b"));
    assertThat(data.sampleShape()).isEqualTo(Shape.of(1, 1, 2));
    assertThat(data.sample(0).toArray()).containsExactly(0, 51 / 255f);
    assertThat(data.sample(1).toArray()).containsExactly(128 / 255f, 1);
    assertThat(data.label(1)).isEqualTo(1);
  }

  @Test
  void refusesLabels() {
    assertThatThrownBy(() -> ArrayDataset.of(x, 0, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("array data set: expected as many labels as samples, got 3 samples and 2 labels");
    assertThatThrownBy(() -> ArrayDataset.of(x, new int[] {0, 1, 2}, List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("array data set: the label of sample 2: expected 0..1 (2 classes), got 2");
    assertThatThrownBy(() -> ArrayDataset.of(x, 0, -1, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("array data set: the label of sample 1: expected 0..1 (2 classes), got -1");
    assertThatThrownBy(() -> ArrayDataset.of(x, 0, 2_000_000_000, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("array data set: expected labels below 65536 where no class names are given, got 2000000000");
    assertThatThrownBy(() -> ArrayDataset.of(x, new int[] {0, 0, 0}, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("array data set: expected the name of at least one class, got none");
  }

  @Test
  void refusesTargetsThatAreNoClasses() {
    assertThatThrownBy(() -> ArrayDataset.of(x, Tensor.zeros(Shape.of(3, 4))).label(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("label: the targets of this data set are values of shape [4], not classes; "
            + "read them with target(index)");
  }

  @Test
  void refusesShapes() {
    assertThatThrownBy(() -> ArrayDataset.of(x, Tensor.zeros(Shape.of(4, 1)))).isInstanceOf(ShapeException.class)
        .hasMessage("array data set: expected as many targets as samples, got samples [3, 2] and targets [4, 1]");
    assertThatThrownBy(() -> ArrayDataset.of(x, Tensor.scalar(1))).isInstanceOf(ShapeException.class)
        .hasMessage("array data set: expected as many targets as samples, got samples [3, 2] and targets []");
    assertThatThrownBy(() -> ArrayDataset.of(Tensor.scalar(1), 0)).isInstanceOf(ShapeException.class)
        .hasMessage("array data set: expected samples [N, ...], got a single value");
    assertThatThrownBy(() -> ArrayDataset.ofBytes(Shape.of(1, 2, 2), new byte[7], new int[2], List.of("a")))
        .isInstanceOf(ShapeException.class)
        .hasMessage("array data set: expected 8 bytes for 2 samples of shape [1, 2, 2], got 7");
    assertThatThrownBy(() -> ArrayDataset.ofBytes(Shape.of(1, 2, 2), new byte[0], new int[0], List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("array data set: an array of no labels holds no samples");
  }

  @Test
  void refusesIndices() {
    assertThatThrownBy(() -> ArrayDataset.of(x, 0, 0, 0).sample(3)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("data set: expected a sample of 0..2, got 3");
  }
}
