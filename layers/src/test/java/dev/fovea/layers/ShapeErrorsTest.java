package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

/** What a model says about shapes that do not fit, in full. */
class ShapeErrorsTest {
  private static void refused(Model model, int[] shape, String message) {
    assertThatThrownBy(() -> model.predict(Tensor.zeros(Shape.of(shape))))
        .isInstanceOf(ShapeException.class).hasMessage(message);
  }

  private static void cannotBeMade(String message, Shape sample, Layer... layers) {
    assertThatThrownBy(() -> Sequential.of(sample, 1L, layers)).isInstanceOf(ShapeException.class).hasMessage(message);
  }

  @Test
  void anotherPictureSizeBeforeFlattenAndDense() {
    refused(KnownModels.convnet(), new int[] {1, 224, 224},
        "layer 5 dense, Dense.of(128).withActivation(RELU): dense expects 1600 = 64x5x5 values, got 64x54x54 = 186624; "
            + "resize the pictures to 28x28, or use GlobalAveragePooling instead of Flatten, which takes any size\n"
            + "  shapes: input [1, 224, 224] -> conv2d [32, 222, 222] -> max_pooling2d [32, 111, 111] "
            + "-> conv2d_1 [64, 109, 109] -> max_pooling2d_1 [64, 54, 54] -> flatten [186624] -> dense");
  }

  @Test
  void anotherPictureSizeInABatchInTraining() {
    Tensor batch = Tensor.symbolic(Shape.of(8, 1, 32, 32));
    assertThatThrownBy(() -> KnownModels.convnet().forward(batch, Pass.training(new RandomSource(1))))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("layer 5 dense, Dense.of(128).withActivation(RELU): dense expects 1600 = 64x5x5 "
            + "values, got 64x6x6 = 2304; resize the pictures to 28x28, or use GlobalAveragePooling");
  }

  @Test
  void globalPoolingTakesOtherPictureSizes() {
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 1L,
        Conv2D.of(4, 3).withActivation(RELU), GlobalAveragePooling.of(), Dense.of(3));
    assertThat(model.predict(Tensor.zeros(Shape.of(1, 64, 40))).shape()).isEqualTo(Shape.of(3));
    assertThat(model.predict(Tensor.zeros(Shape.of(2, 1, 5, 9))).shape()).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void swappedHeightAndWidth() {
    refused(Sequential.of(Shape.of(1, 28, 32), 1L, Conv2D.of(4, 3), Flatten.of(), Dense.of(2)), new int[] {1, 32, 28},
        "layer 1 flatten, Flatten.of(): flatten expects [4, 26, 30], got [4, 30, 26], as many values in another order; "
            + "height and width look swapped: turn the samples to [C, H, W] = [1, 28, 32]\n"
            + "  shapes: input [1, 32, 28] -> conv2d [4, 30, 26] -> flatten");
    assertThat(Sequential.of(Shape.of(1, 2, 3), 1L, Rescaling.of(2), Flatten.of())
        .predict(Tensor.zeros(Shape.of(1, 3, 2))).shape()).isEqualTo(Shape.of(6));
  }

  @Test
  void wrongChannels() {
    refused(KnownModels.convnet(), new int[] {3, 28, 28},
        "layer 0 conv2d, Conv2D.of(32, 3).withActivation(RELU): conv2d expects 1 channel on axis 0 of [C, H, W] = "
            + "[1, 28, 28], got 3 in [3, 28, 28]; the model takes samples [C, H, W] = [1, 28, 28]\n"
            + "  shapes: input [3, 28, 28] -> conv2d");
    refused(Sequential.of(Shape.of(3, 8, 8), 1L, Conv2D.of(2, 3)), new int[] {4, 8, 8},
        "layer 0 conv2d, Conv2D.of(2, 3): conv2d expects 3 channels on axis 0 of [C, H, W] = [3, 8, 8], got 4 in "
            + "[4, 8, 8]; the model takes samples [C, H, W] = [3, 8, 8]\n  shapes: input [4, 8, 8] -> conv2d");
  }

  @Test
  void channelsLast() {
    refused(KnownModels.convnet(), new int[] {28, 28, 1},
        "layer 0 conv2d, Conv2D.of(32, 3).withActivation(RELU): conv2d expects 1 channel on axis 0 of [C, H, W] = "
            + "[1, 28, 28], got 28 in [28, 28, 1]; the channels seem to stand last: permute the samples to "
            + "[C, H, W] = [1, 28, 28]\n  shapes: input [28, 28, 1] -> conv2d");
  }

  @Test
  void aBatchWithoutItsChannelAxis() {
    refused(KnownModels.convnet(), new int[] {64, 28, 28},
        "layer 0 conv2d, Conv2D.of(32, 3).withActivation(RELU): conv2d expects 1 channel on axis 0 of [C, H, W] = "
            + "[1, 28, 28], got 64 in [64, 28, 28]; a batch of 64 pictures is [N, C, H, W] = [64, 1, 28, 28]\n"
            + "  shapes: input [64, 28, 28] -> conv2d");
  }

  @Test
  void wrongRank() {
    refused(KnownModels.convnet(), new int[] {28, 28}, "input: expected one sample [C, H, W] = [1, 28, 28] or a "
        + "batch of them, got [28, 28]; the channel axis is missing: reshape to [1, 28, 28]");
    refused(KnownModels.convnet(), new int[] {784},
        "input: expected one sample [C, H, W] = [1, 28, 28] or a batch of them, got [784]");
    refused(KnownModels.convnet(), new int[] {2, 2, 1, 28, 28},
        "input: expected one sample [C, H, W] = [1, 28, 28] or a batch of them, got [2, 2, 1, 28, 28]");
    assertThatThrownBy(() -> KnownModels.convnet().forward(Tensor.zeros(Shape.of(1, 28, 28)), Pass.inference()))
        .isInstanceOf(ShapeException.class)
        .hasMessage("input: expected a batch of samples [1, 28, 28], batch axis in front, got [1, 28, 28]");
  }

  @Test
  void vectorsOfAnotherLength() {
    refused(Sequential.of(Shape.of(5), 1L, Dense.of(4)), new int[] {3},
        "layer 0 dense, Dense.of(4): dense was made for "
        + "[5], got [3], for which its parameters have other shapes\n  shapes: input [3] -> dense");
    refused(Sequential.of(Shape.of(1, 6, 6), 1L, LayerNormalization.of()), new int[] {1, 7, 6},
        "layer 0 layer_normalization, LayerNormalization.of(): layer_normalization was made for [1, 6, 6], got "
            + "[1, 7, 6], for which its parameters have other shapes; resize the pictures to 6x6\n"
            + "  shapes: input [1, 7, 6] -> layer_normalization");
  }

  @Test
  void aPictureTooSmallForAKernel() {
    refused(KnownModels.convnet(), new int[] {1, 4, 4},
        "layer 2 conv2d_1, Conv2D.of(64, 3).withActivation(RELU): conv2d: input [1, 32, 1, 1]: kernel 3 is longer "
            + "than the padded input 1 (height 1, padding VALID); a smaller kernel or SAME padding would fit; "
            + "resize the pictures to 28x28\n"
            + "  shapes: input [1, 4, 4] -> conv2d [32, 2, 2] -> max_pooling2d [32, 1, 1] -> conv2d_1");
  }

  @Test
  void atConstruction() {
    cannotBeMade("layer 1 conv2d_1, Conv2D.of(4, 3): conv2d: input [1, 4, 2, 2]: kernel 3 is longer than the padded "
        + "input 2 (height 2, padding VALID); a smaller kernel or SAME padding would fit\n"
        + "  shapes: input [1, 4, 4] -> conv2d [4, 2, 2] -> conv2d_1", Shape.of(1, 4, 4), Conv2D.of(4, 3),
        Conv2D.of(4, 3));
    cannotBeMade("layer 0 conv2d, Conv2D.of(4, 3): conv2d: expected samples [C, H, W], got [28, 28]; a sample's shape "
        + "is [C, H, W], that of a grey picture [1, 28, 28]\n  shapes: input [28, 28] -> conv2d",
        Shape.of(28, 28), Conv2D.of(4, 3));
    cannotBeMade("layer 1 dense, Dense.of(3): dense: expected samples of one axis, got [4, 26, 26]; put Flatten or "
        + "GlobalAveragePooling before it\n  shapes: input [1, 28, 28] -> conv2d [4, 26, 26] -> dense",
        Shape.of(1, 28, 28), Conv2D.of(4, 3), Dense.of(3));
    cannotBeMade("layer 1 conv2d, Conv2D.of(4, 3): conv2d: expected samples [C, H, W], got [16]\n"
        + "  shapes: input [1, 4, 4] -> flatten [16] -> conv2d", Shape.of(1, 4, 4), Flatten.of(), Conv2D.of(4, 3));
    cannotBeMade("layer 0 stack, Stack.of(Conv2D.of(4, 3), Conv2D.of(4, 9)): layer 1 conv2d_1, Conv2D.of(4, 9): "
        + "conv2d: input [1, 4, 6, 6]: kernel 9 is longer than the padded input 6 (height 6, padding VALID); "
        + "a smaller kernel or SAME padding would fit\n  shapes: input [1, 8, 8] -> conv2d [4, 6, 6] -> conv2d_1\n"
        + "  shapes: input [1, 8, 8] -> stack", Shape.of(1, 8, 8), Stack.of(Conv2D.of(4, 3), Conv2D.of(4, 9)));
  }
}
