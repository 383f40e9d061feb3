package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts and shapes; that they train is tested where the trainer is. */
class ArchitecturesTest {
  private static final Shape MNIST = Shape.of(1, 28, 28);
  private static final Shape CIFAR = Shape.of(3, 32, 32);
  private static final Shape IMAGE_NET = Shape.of(3, 224, 224);

  /** Keras counts moving statistics in, PyTorch leaves them out. */
  private static void counts(Sequential model, long all, long trainable) {
    assertThat(model.parameterCount()).isEqualTo(all);
    assertThat(model.trainableCount()).isEqualTo(trainable);
    assertThat(model.allocated()).isZero();
  }

  /** As in every introduction, 1998's 60,000 with all maps connected. */
  @Test
  void leNet5() {
    counts(Architectures.leNet5(MNIST, 10, 1L), 61_706, 61_706);
    assertThat(Architectures.leNet5(CIFAR, 4, 1L).outputShape()).isEqualTo(Shape.of(4));
  }

  /** Keras' mnist_cnn and cifar10_cnn. */
  @Test
  void kerasExamples() {
    counts(Architectures.convnet(MNIST, 10, 1L), 225_034, 225_034);
    counts(Architectures.vggLike(CIFAR, 10, 1L), 1_250_858, 1_250_858);
  }

  /** As keras.applications.VGG16 and torchvision's vgg16 have. */
  @Test
  void vgg16() {
    counts(Architectures.vgg16(IMAGE_NET, 1000, 1L), 138_357_544, 138_357_544);
  }

  /** The well-known ResNet18 for CIFAR-10 in PyTorch; and the ResNet-20 of pytorchcv, resnet20_cifar10. */
  @Test
  void resNets() {
    counts(Architectures.resNet18(CIFAR, 10, 1L), 11_173_962 + 9_600, 11_173_962);
    counts(Architectures.resNet20(CIFAR, 10, 1L), 272_474 + 1_568, 272_474);
    Sequential model = Architectures.resNet20(MNIST, 7, 1L);
    assertThat(model.network.shape("residual_8")).isEqualTo(Shape.of(64, 7, 7));
    assertThat(model.outputShape()).isEqualTo(Shape.of(7));
  }

  /** As keras.applications.MobileNet has, for each alpha its documentation names. */
  @Test
  void mobileNets() {
    counts(Architectures.mobileNet(IMAGE_NET, 1000, 1L), 4_253_864, 4_231_976);
    assertThat(Architectures.mobileNet(IMAGE_NET, 1000, 1L, 0.75).parameterCount()).isEqualTo(2_601_976);
    assertThat(Architectures.mobileNet(IMAGE_NET, 1000, 1L, 0.5).parameterCount()).isEqualTo(1_342_536);
    assertThat(Architectures.mobileNet(IMAGE_NET, 1000, 1L, 0.25).parameterCount()).isEqualTo(475_544);
  }

  /** The last maps: 224 is halved five times, 32 three times. */
  @ParameterizedTest
  @CsvSource({"224, 7", "64, 2", "63, 8", "32, 4", "28, 4"})
  void mobileNetsOfSmallPictures(int side, int last) {
    Sequential model = Architectures.mobileNet(Shape.of(3, side, side), 1000, 1L);
    assertThat(model.network.shape("relu_26")).isEqualTo(Shape.of(1024, last, last));
    assertThat(model.parameterCount()).isEqualTo(4_253_864);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Architectures.resNet20(Shape.of(28, 28), 10, 1L)).isInstanceOf(ShapeException.class)
        .hasMessage("resNet20: expected samples [C, H, W], got [28, 28]");
    assertThatThrownBy(() -> Architectures.mobileNet(Shape.of(28, 28), 10, 1L)).isInstanceOf(ShapeException.class)
        .hasMessage("mobileNet: expected samples [C, H, W], got [28, 28]");
    assertThatThrownBy(() -> Architectures.leNet5(MNIST, 0, 1L)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leNet5: the number of classes must be at least 1, got 0");
    assertThatThrownBy(() -> Architectures.mobileNet(CIFAR, 10, 1L, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mobileNet: the width must be above 0 and finite, got 0.0");
    assertThatThrownBy(() -> Architectures.vgg16(CIFAR.prepend(1), 10, 1L))
        .hasMessage("vgg16: expected samples [C, H, W], got [1, 3, 32, 32]");
  }
}
