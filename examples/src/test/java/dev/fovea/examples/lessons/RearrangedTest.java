package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.ArrayDataset;
import dev.fovea.data.Dataset;
import org.junit.jupiter.api.Test;

class RearrangedTest {
  private static final Dataset PICTURES = ArrayDataset.of(
      Tensor.of(Shape.of(2, 2, 2, 2), 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8), 0, 1);

  @Test
  void framed() {
    Dataset framed = Rearranged.framed(PICTURES, 4);
    assertThat(framed.sampleShape()).isEqualTo(Shape.of(2, 4, 4));
    assertThat(framed.sample(1).toArray()).containsExactly(
        0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 5, 6, 0, 0, 7, 8, 0, 0, 0, 0, 0);
  }

  @Test
  void enlarged() {
    Dataset enlarged = Rearranged.enlarged(PICTURES, 2);
    assertThat(enlarged.sampleShape()).isEqualTo(Shape.of(2, 4, 4));
    assertThat(enlarged.sample(1).toArray()).containsExactly(
        1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4,
        5, 5, 6, 6, 5, 5, 6, 6, 7, 7, 8, 8, 7, 7, 8, 8);
  }

  @Test
  void turned() {
    assertThat(Rearranged.turned(PICTURES, 1).sample(1).toArray()).containsExactly(2, 1, 4, 3, 6, 5, 8, 7);
    assertThat(Rearranged.turned(PICTURES, 2).sample(1).toArray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void labelsStay() {
    Dataset turned = Rearranged.turned(PICTURES, 1);
    assertThat(turned.size()).isEqualTo(2);
    assertThat(turned.targetShape()).isEqualTo(Shape.scalar());
    assertThat(turned.classNames()).containsExactly("0", "1");
    assertThat(turned.label(0)).isZero();
    assertThat(turned.label(1)).isEqualTo(1);
  }
}
