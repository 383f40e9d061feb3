package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Padding;
import org.junit.jupiter.api.Test;

/** The four pooling layers. */
class PoolingTest {
  private static final Tensor PICTURE = Tensor.of(Shape.of(1, 2, 2), 1, 2, 3, 6);

  private static float[] predict(Layer layer) {
    return Sequential.of(PICTURE.shape(), 1L, layer).predict(PICTURE).toArray();
  }

  @Test
  void maximum() {
    LayerContract.of(MaxPooling2D.of(2), 2, 4, 5).holds("MaxPooling2D.of(2)", "[2, 2, 2]");
    LayerContract.of(MaxPooling2D.of(3, 2).withStride(2, 1).withPadding(SAME), 1, 5, 4)
        .holds("MaxPooling2D.of(3, 2).withStride(2, 1).withPadding(SAME)", "[1, 3, 4]");
    LayerContract.of(MaxPooling2D.of(3).withStride(2).withPadding(Padding.of(1)), 1, 5, 4)
        .holds("MaxPooling2D.of(3).withStride(2).withPadding(Padding.of(1))", "[1, 3, 2]");
    assertThat(predict(MaxPooling2D.of(2))).containsExactly(6);
    assertThat(predict(MaxPooling2D.of(1, 2))).containsExactly(2, 6);
  }

  @Test
  void average() {
    LayerContract.of(AveragePooling2D.of(2), 2, 4, 5).linear().holds("AveragePooling2D.of(2)", "[2, 2, 2]");
    LayerContract.of(AveragePooling2D.of(3, 2).withStride(1).withPadding(SAME), 1, 5, 4).linear()
        .holds("AveragePooling2D.of(3, 2).withStride(1).withPadding(SAME)", "[1, 5, 4]");
    LayerContract.of(AveragePooling2D.of(2).withPadding(Padding.of(1)).withPaddingCounted(), 1, 4, 4).linear()
        .holds("AveragePooling2D.of(2).withPadding(Padding.of(1)).withPaddingCounted()", "[1, 3, 3]");
    assertThat(predict(AveragePooling2D.of(2))).containsExactly(3);
    AveragePooling2D padded = AveragePooling2D.of(2).withStride(2, 2).withPadding(Padding.of(1));
    assertThat(predict(padded)).containsExactly(1, 2, 3, 6);
    assertThat(predict(padded.withPaddingCounted())).containsExactly(0.25f, 0.5f, 0.75f, 1.5f);
  }

  @Test
  void globalAverage() {
    LayerContract.of(GlobalAveragePooling.of(), 3, 4, 5).linear().holds("GlobalAveragePooling.of()", "[3]");
    LayerContract.of(GlobalAveragePooling.of(), 3, 7).linear().holds("GlobalAveragePooling.of()", "[3]");
    LayerContract.of(GlobalAveragePooling.of(), 2, 2, 3, 2).linear().holds("GlobalAveragePooling.of()", "[2]");
    assertThat(predict(GlobalAveragePooling.of())).containsExactly(3);
  }

  @Test
  void globalMaximum() {
    LayerContract.of(GlobalMaxPooling.of(), 3, 4, 5).holds("GlobalMaxPooling.of()", "[3]");
    LayerContract.of(GlobalMaxPooling.of(), 2, 2, 3, 2).holds("GlobalMaxPooling.of()", "[2]");
    assertThat(predict(GlobalMaxPooling.of())).containsExactly(6);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> MaxPooling2D.of(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("window: kernel height must be at least 1, got 0");
    assertThatThrownBy(() -> new MaxPooling2D(null)).hasMessage("max_pooling2d: expected a window, got null");
    assertThatThrownBy(() -> new AveragePooling2D(null, true))
        .hasMessage("average_pooling2d: expected a window, got null");
    assertThatThrownBy(() -> GlobalAveragePooling.of().outputShape(Shape.of(5))).hasMessage(
        "global_average_pool: expected an input [N, C, L], [N, C, H, W] or with more spatial axes, got [1, 5]");
  }
}
