package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.train.Trainer;
import org.junit.jupiter.api.Test;

class InputSizeLessonTest {
  private static final Dataset TRAIN = Rearranged.framed(Digits.generate(600, 1L), 32);
  private static final Dataset TEST = Rearranged.framed(Digits.generate(200, ~1L), 32);
  private static final Dataset LARGER = Rearranged.enlarged(TEST, 2);

  private static final String ERROR =
      "layer 6 dense, Dense.of(10).withActivation(SOFTMAX): dense expects 1024 = 64x4x4 values, got 64x12x12 = 9216; "
          + "resize the pictures to 32x32, or use GlobalAveragePooling instead of Flatten, which takes any size\n"
          + "  shapes: input [1, 64, 64] -> conv2d [16, 62, 62] -> max_pooling2d [16, 31, 31] -> conv2d_1 [32, 29, 29] "
          + "-> max_pooling2d_1 [32, 14, 14] -> conv2d_2 [64, 12, 12] -> flatten [9216] -> dense";

  @Test
  void flattenRefuses() {
    Trainer flatten = InputSizeLesson.trained(Flatten.of(), TRAIN, 1);
    assertThat(flatten.evaluate(TEST).accuracy()).isGreaterThan(0.7);
    assertThat(InputSizeLesson.refusal(flatten, LARGER)).isEqualTo("evaluation data: " + ERROR);
    assertThatThrownBy(() -> InputSizeLesson.refusal(flatten, TEST)).isInstanceOf(IllegalStateException.class)
        .hasMessage("input-size: expected pictures [1, 32, 32] to be refused");
  }

  @Test
  void globalPoolingTakesThemAndIsWorse() {
    Trainer pooled = InputSizeLesson.trained(GlobalAveragePooling.of(), TRAIN, 1);
    assertThat(pooled.model().parameterCount()).isEqualTo(23_946);
    double asTrained = pooled.evaluate(TEST).accuracy();
    assertThat(pooled.predict(LARGER).shape()).isEqualTo(Shape.of(200, 10));
    assertThat(pooled.evaluate(LARGER).accuracy()).isLessThan(asTrained);
  }

  @Test
  void shownInFull() {
    Shown shown = Shown.of(new InputSizeLesson(100));
    assertThat(shown.words()).contains("The whole error: evaluation data: " + ERROR.replaceAll("\\s+", " ") + " The ");
    assertThat(shown.text()).contains("Total params: 33,546 (131.04 KB)", "Total params: 23,946 (93.54 KB)")
        .containsPattern("\n32x32, as trained +[0-9.]+ % +[0-9.]+ %\n"
            + "64x64, each pixel four times +refused +[0-9.]+ %\n"
            + "64x64, more ground around the digit +refused +[0-9.]+ %\n");
  }
}
