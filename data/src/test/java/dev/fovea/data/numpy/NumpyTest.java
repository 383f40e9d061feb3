package dev.fovea.data.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.data.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumpyTest {
  private final NpyArray pixels = NpyArray.ofUnsigned(Shape.of(2, 1, 2), new byte[] {0, -1, 51, 0});
  private final NpyArray labels = NpyArray.of(Shape.of(2), new long[] {1, 0});

  @Test
  void bytesArePixels() {
    Dataset data = Numpy.dataset(pixels, labels);
    assertThat(data.sampleShape()).isEqualTo(Shape.of(1, 1, 2));
    assertThat(data.sample(0).toArray()).containsExactly(0, 1);
    assertThat(data.sample(1).toArray()).containsExactly(0.2f, 0);
    assertThat(data.label(0)).isEqualTo(1);
    assertThat(data.classNames()).containsExactly("0", "1");
    assertThat(Numpy.dataset(pixels, labels, List.of("a", "b", "c")).classNames()).containsExactly("a", "b", "c");
  }

  @Test
  void otherNumbersAreTakenAsTheyAre() {
    NpyArray x = NpyArray.of(Shape.of(2, 2), new double[] {0, 255, 51, -1});
    Dataset data = Numpy.dataset(x, NpyArray.ofUnsigned(Shape.of(2, 1), new byte[] {3, 0}));
    assertThat(data.sample(0).toArray()).containsExactly(0, 255);
    assertThat(data.classNames()).hasSize(4);
    Dataset values = Numpy.dataset(pixels, NpyArray.of(Shape.of(2, 1), new float[] {0.5f, 2}));
    assertThat(values.classNames()).isEmpty();
    assertThat(values.sample(1).toArray()).containsExactly(0.2f, 0);
    assertThat(values.target(1).toArray()).containsExactly(2);
  }

  @Test
  void refuses() {
    NpyArray three = NpyArray.of(Shape.of(3), new int[3]);
    assertThatThrownBy(() -> Numpy.dataset(pixels, three)).isInstanceOf(ShapeException.class)
        .hasMessage("numpy data set: expected as many targets as samples, first axis for first axis, got samples"
            + " u1 [2, 1, 2] and targets i4 [3]");
    NpyArray floats = NpyArray.of(Shape.of(2), new float[2]);
    assertThatThrownBy(() -> Numpy.dataset(pixels, floats, List.of("a"))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("numpy data set: expected whole numbers [N] or [N, 1] as labels of the classes, got targets"
            + " f4 [2]");
  }
}
