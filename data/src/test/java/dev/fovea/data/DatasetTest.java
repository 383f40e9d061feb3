package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {
  /** Sample i is [i, i + 0.5], its label i % 3. */
  static final class Counting implements Dataset {
    private final int size;

    Counting(int size) {
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Shape sampleShape() {
      return Shape.of(2);
    }

    @Override
    public Shape targetShape() {
      return Shape.scalar();
    }

    @Override
    public List<String> classNames() {
      return List.of("a", "b", "c");
    }

    @Override
    public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
      Samples.checkIndex(index, size);
      x[xOffset] = index;
      x[xOffset + 1] = index + 0.5f;
      y[yOffset] = index % 3;
    }
  }

  /** The same samples, as if they had to be fetched from somewhere. */
  record Elsewhere(Dataset samples) implements Dataset {
    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public Shape sampleShape() {
      return samples.sampleShape();
    }

    @Override
    public Shape targetShape() {
      return samples.targetShape();
    }

    @Override
    public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
      samples.read(index, x, xOffset, y, yOffset);
    }
  }

  private final Dataset ten = new Counting(10);

  @Test
  void arraysAreInMemoryAndSoArePartsOfThem() {
    Dataset array = Digits.generate(10, 1);
    assertThat(array.isInMemory()).isTrue();
    assertThat(array.shuffled(1).take(5).isInMemory()).isTrue();
    assertThat(ten.isInMemory()).isFalse();
    assertThat(ten.take(5).isInMemory()).isFalse();
  }

  @Test
  void givesOneSampleOneTargetOneLabel() {
    assertThat(ten.sample(4).shape()).isEqualTo(Shape.of(2));
    assertThat(ten.sample(4).toArray()).containsExactly(4, 4.5f);
    assertThat(ten.target(4).shape()).isEqualTo(Shape.scalar());
    assertThat(ten.target(4).item()).isEqualTo(1);
    assertThat(ten.label(5)).isEqualTo(2);
    assertThat(ten.nameOf(5)).isEqualTo("sample 5");
    assertThat(ten.range(3, 7).nameOf(0)).isEqualTo("sample 3");
  }

  @Test
  void range() {
    Dataset part = ten.range(3, 7);
    assertThat(firsts(part)).containsExactly(3, 4, 5, 6);
    assertThat(part.sampleShape()).isEqualTo(Shape.of(2));
    assertThat(part.targetShape()).isEqualTo(Shape.scalar());
    assertThat(part.classNames()).containsExactly("a", "b", "c");
    assertThat(part.label(2)).isEqualTo(2);
    assertThat(part.target(1).item()).isEqualTo(1);
    assertThat(firsts(part.range(1, 3))).containsExactly(4, 5);
  }

  @Test
  void take() {
    assertThat(firsts(ten.take(3))).containsExactly(0, 1, 2);
    assertThat(ten.take(10).size()).isEqualTo(10);
  }

  @Test
  void subset() {
    int[] indices = {9, 0, 9};
    Dataset part = ten.subset(indices);
    indices[0] = 5;
    assertThat(firsts(part)).containsExactly(9, 0, 9);
    float[] x = {-1, -1, -1, -1};
    float[] y = {-1, -1, -1};
    part.read(0, x, 1, y, 2);
    assertThat(x).containsExactly(-1, 9, 9.5f, -1);
    assertThat(y).containsExactly(-1, -1, 0);
  }

  @Test
  void shuffled() {
    int[] order = firsts(ten.shuffled(1));
    assertThat(order).isEqualTo(firsts(ten.shuffled(1))).isNotEqualTo(firsts(ten.shuffled(2)));
    assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(order).isNotEqualTo(firsts(ten));
  }

  @Test
  void refusesWhatIsOutside() {
    assertThatThrownBy(() -> ten.sample(10)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("data set: expected a sample of 0..9, got 10");
    assertThatThrownBy(() -> ten.take(3).sample(3)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("data set: expected a sample of 0..2, got 3");
    assertThatThrownBy(() -> ten.take(3).label(-1)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("data set: expected a sample of 0..2, got -1");
    assertThatThrownBy(() -> ten.range(4, 11)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("range: expected a part of 0..10, got 4..11");
    assertThatThrownBy(() -> ten.range(-1, 4)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("range: expected a part of 0..10, got -1..4");
    assertThatThrownBy(() -> ten.take(11)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("take: expected 1..10 samples, got 11");
    assertThatThrownBy(() -> ten.subset(3, 10)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("subset: index 1 of the selection is 10, the data set holds the samples 0..9");
    assertThatThrownBy(() -> ten.subset(-1)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("subset: index 0 of the selection is -1, the data set holds the samples 0..9");
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> ten.range(3, 3)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("range: 3..3 holds no samples");
    assertThatThrownBy(() -> ten.range(3, 2)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("range: 3..2 holds no samples");
    assertThatThrownBy(() -> ten.take(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("take: expected 1..10 samples, got 0");
    assertThatThrownBy(() -> ten.subset()).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("subset: a selection of no indices holds no samples");
  }

  private static int[] firsts(Dataset dataset) {
    return IntStream.range(0, dataset.size()).map(i -> (int) dataset.sample(i).get(0)).toArray();
  }
}
