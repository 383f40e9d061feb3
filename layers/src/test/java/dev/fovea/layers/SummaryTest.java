package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import org.junit.jupiter.api.Test;

/** What models print, and the counts in it, which Keras gives for the same architectures. */
class SummaryTest {
  @Test
  void kerasColumns() {
    assertThat(KnownModels.convnet().summary()).isEqualTo("""
        Model: Sequential, input [N, 1, 28, 28]
        --------------------------------------------------------
        Layer (type)                    Output Shape     Param #
        --------------------------------------------------------
        conv2d (Conv2D)                 [N, 32, 26, 26]      320
        max_pooling2d (MaxPooling2D)    [N, 32, 13, 13]        0
        conv2d_1 (Conv2D)               [N, 64, 11, 11]   18,496
        max_pooling2d_1 (MaxPooling2D)  [N, 64, 5, 5]          0
        flatten (Flatten)               [N, 1600]              0
        dense (Dense)                   [N, 128]         204,928
        dense_1 (Dense)                 [N, 10]            1,290
        --------------------------------------------------------
        Total params: 225,034 (879.04 KB)
        Trainable params: 225,034 (879.04 KB)
        Non-trainable params: 0 (0.00 B)""");
  }

  @Test
  void frozenLayersAndStatisticsAreNotTrainable() {
    Sequential model = Sequential.of(Shape.of(2, 4, 4), 1L, Residual.of(Conv2D.of(2, 1)), BatchNormalization.of(),
        GlobalAveragePooling.of());
    model.freeze("residual");
    assertThat(model.summary()).isEqualTo("""
        Model: Sequential, input [N, 2, 4, 4]
        --------------------------------------------------------------------
        Layer (type)                                   Output Shape  Param #
        --------------------------------------------------------------------
        residual (Residual, frozen)                    [N, 2, 4, 4]        6
        batch_normalization (BatchNormalization)       [N, 2, 4, 4]        8
        global_average_pooling (GlobalAveragePooling)  [N, 2]              0
        --------------------------------------------------------------------
        Total params: 14 (56.00 B)
        Trainable params: 4 (16.00 B)
        Non-trainable params: 10 (40.00 B)""");
  }

  @Test
  void theCodeThatMakesIt() {
    assertThat(KnownModels.convnet()).hasToString("""
        Sequential.of(Shape.of(1, 28, 28), 42L,
            Conv2D.of(32, 3).withActivation(RELU),  // conv2d: [32, 26, 26], 320 parameters
            MaxPooling2D.of(2),                     // max_pooling2d: [32, 13, 13]
            Conv2D.of(64, 3).withActivation(RELU),  // conv2d_1: [64, 11, 11], 18,496 parameters
            MaxPooling2D.of(2),                     // max_pooling2d_1: [64, 5, 5]
            Flatten.of(),                           // flatten: [1600]
            Dense.of(128).withActivation(RELU),     // dense: [128], 204,928 parameters
            Dense.of(10).withActivation(SOFTMAX));  // dense_1: [10], 1,290 parameters
        // 225,034 parameters, 225,034 trainable""");
  }

  @Test
  void counts() {
    assertThat(KnownModels.convnet().parameterCount()).isEqualTo(225_034);
    Sequential flat = KnownModels.seeds(Flatten.of(), Dense.of(64).withActivation(RELU),
        Dense.of(32).withActivation(RELU), Dense.of(10).withActivation(SOFTMAX));
    assertThat(flat.parameterCount()).isEqualTo(11_574_090);
    assertThat(flat.trainableCount()).isEqualTo(11_573_898);
    assertThat(flat.nonTrainableCount()).isEqualTo(192);
    Sequential pooled = KnownModels.seeds(GlobalAveragePooling.of(), Dense.of(10).withActivation(SOFTMAX));
    assertThat(pooled.parameterCount()).isEqualTo(66_602);
    assertThat(pooled.trainableCount()).isEqualTo(66_410);
    assertThat(pooled.nonTrainableCount()).isEqualTo(192);
  }

  @Test
  void vgg16IsCountedAndPrintedWithoutAllocation() {
    Sequential vgg = Architectures.vgg16(Shape.of(3, 224, 224), 1000, 42L);
    assertThat(vgg.parameterCount()).isEqualTo(138_357_544);
    assertThat(vgg.summary()).endsWith("""
        Total params: 138,357,544 (527.79 MB)
        Trainable params: 138,357,544 (527.79 MB)
        Non-trainable params: 0 (0.00 B)""");
    assertThat(vgg.toString()).contains("102,764,544 parameters");
    assertThat(vgg.allocated()).isZero();
  }
}
