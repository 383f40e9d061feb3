package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static dev.fovea.layers.Activation.TANH;

import dev.fovea.core.Shape;
import dev.fovea.core.ops.Padding;
import java.util.ArrayList;
import java.util.List;

/**
 * Well-known classifiers of pictures, ready to be trained: each a function of one picture's shape {@code [C, H, W]},
 * the number of classes and a seed. All end in the probabilities of the classes; nothing is allocated before a
 * parameter is needed.
 *
 * <pre>{@code
 * Sequential model = Architectures.resNet20(Shape.of(3, 32, 32), 10, 42L);
 * }</pre>
 *
 * <p>They are the published ones: with the published picture size and number of classes they have the published number
 * of parameters. Convolutions behind which batch normalization stands have no bias, which it would take away again, and
 * running statistics follow the batches with momentum 0.9.
 */
public final class Architectures {
  /** Pictures with a shorter side than this are not halved as often as larger ones. */
  private static final int LARGE = 64;

  private Architectures() {}

  /**
   * LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998) as it is taught today, with all maps connected and a softmax at
   * the end: 61,706 parameters for 1x28x28 and ten classes.
   */
  public static Sequential leNet5(Shape picture, int classes, long seed) {
    return build("leNet5", picture, classes, seed,
        Conv2D.of(6, 5).withPadding(Padding.of(2)).withActivation(TANH), AveragePooling2D.of(2),
        Conv2D.of(16, 5).withActivation(TANH), AveragePooling2D.of(2),
        Flatten.of(),
        Dense.of(120).withActivation(TANH), Dense.of(84).withActivation(TANH));
  }

  /**
   * Two convolutions with pooling, then two dense layers: what Keras' examples train on MNIST, without dropout. 225,034
   * parameters for 1x28x28 and ten classes.
   */
  public static Sequential convnet(Shape picture, int classes, long seed) {
    return build("convnet", picture, classes, seed,
        Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(),
        Dense.of(128).withActivation(RELU));
  }

  /**
   * Two pairs of convolutions with pooling and dropout, then two dense layers: what Keras' documentation calls a
   * VGG-like convnet, as its example trains it on CIFAR-10. 1,250,858 parameters for 3x32x32 and ten classes.
   */
  public static Sequential vggLike(Shape picture, int classes, long seed) {
    List<Layer> layers = new ArrayList<>();
    for (int filters : new int[] {32, 64}) {
      layers.add(Conv2D.of(filters, 3).withPadding(SAME).withActivation(RELU));
      layers.add(Conv2D.of(filters, 3).withActivation(RELU));
      layers.add(MaxPooling2D.of(2));
      layers.add(Dropout.of(0.25));
    }
    layers.addAll(List.of(Flatten.of(), Dense.of(512).withActivation(RELU), Dropout.of(0.5)));
    return build("vggLike", picture, classes, seed, layers);
  }

  /**
   * VGG-16 (Simonyan and Zisserman 2014), configuration D: thirteen convolutions and three dense layers, for large
   * pictures. 138,357,544 parameters for 3x224x224 and 1,000 classes.
   */
  public static Sequential vgg16(Shape picture, int classes, long seed) {
    List<Layer> layers = new ArrayList<>();
    for (int[] block : new int[][] {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}}) {
      for (int i = 0; i < block[1]; i++) {
        layers.add(Conv2D.of(block[0], 3).withPadding(SAME).withActivation(RELU));
      }
      layers.add(MaxPooling2D.of(2));
    }
    layers.addAll(List.of(
        Flatten.of(), Dense.of(4096).withActivation(RELU), Dense.of(4096).withActivation(RELU)));
    return build("vgg16", picture, classes, seed, layers);
  }

  /**
   * The ResNet of 18 layers (He, Zhang, Ren and Sun 2015) for small pictures: a 3x3 convolution at its front that does
   * not shrink them, and no pooling before the blocks. 11,173,962 parameters to train for 3x32x32 and ten classes, as
   * the one that PyTorch users train on CIFAR-10 has.
   */
  public static Sequential resNet18(Shape picture, int classes, long seed) {
    return resNet("resNet18", picture, classes, seed, 2, 64, 128, 256, 512);
  }

  /**
   * The ResNet of 20 layers for CIFAR (He, Zhang, Ren and Sun 2015, section 4.2), with projections where maps shrink
   * (the paper's option B): 272,474 parameters to train for 3x32x32 and ten classes. Without them, padding with zeros
   * instead (option A), it would be 269,722.
   */
  public static Sequential resNet20(Shape picture, int classes, long seed) {
    return resNet("resNet20", picture, classes, seed, 3, 16, 32, 64);
  }

  private static Sequential resNet(String name, Shape picture, int classes, long seed, int blocks, int... widths) {
    List<Layer> layers = new ArrayList<>(List.of(convolution(widths[0], 3, 1), normalization(), RELU));
    for (int filters : widths) {
      for (int i = 0; i < blocks; i++) {
        layers.add(residual(filters, i == 0 && filters != widths[0] ? 2 : 1));
      }
    }
    layers.add(GlobalAveragePooling.of());
    return build(name, picture, classes, seed, layers);
  }

  private static Residual residual(int filters, int stride) {
    Residual block = Residual.of(
        convolution(filters, 3, stride), normalization(), RELU,
        convolution(filters, 3, 1), normalization()).withActivation(RELU);
    return stride == 1 ? block : block.withProjection(convolution(filters, 1, stride), normalization());
  }

  /** {@link #mobileNet(Shape, int, long, double)} of width 1: 4,253,864 parameters for 3x224x224 and 1,000 classes. */
  public static Sequential mobileNet(Shape picture, int classes, long seed) {
    return mobileNet(picture, classes, seed, 1);
  }

  /**
   * MobileNet (Howard and others 2017): thirteen depthwise convolutions, each with one of kernel 1 behind it. Pictures
   * are halved five times; those with a side below 64 three times, the first two strides being 1 then, which changes no
   * parameter.
   *
   * @param width what the number of filters is multiplied by, the paper's alpha: 1, 0.75, 0.5 or 0.25, or another
   * @throws IllegalArgumentException if the width is not above 0, or there is no class
   */
  public static Sequential mobileNet(Shape picture, int classes, long seed, double width) {
    Settings.positive("mobileNet", "the width", width);
    boolean small = picture.rank() == 3 && Math.min(picture.dim(1), picture.dim(2)) < LARGE;
    List<Layer> layers =
        new ArrayList<>(List.of(convolution(scaled(32, width), 3, small ? 1 : 2), normalization(), RELU));
    int[] filters = {64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024};
    for (int i = 0; i < filters.length; i++) {
      // The maps shrink where the filters double, but not in the first pair.
      boolean shrinks = i > 0 && filters[i] > filters[i - 1] && !(small && i == 1);
      layers.addAll(List.of(
          DepthwiseConv2D.of(3).withStride(shrinks ? 2 : 1).withPadding(SAME).withoutBias()
              .withInitializer(Initializer.HE_NORMAL), normalization(), RELU,
          convolution(scaled(filters[i], width), 1, 1), normalization(), RELU));
    }
    layers.add(GlobalAveragePooling.of());
    return build("mobileNet", picture, classes, seed, layers);
  }

  private static int scaled(int filters, double width) {
    return Math.max(1, (int) (filters * width));
  }

  /** Padded on all sides alike, as in PyTorch, so that a stride of 2 meets the same pixels as a projection's. */
  private static Conv2D convolution(int filters, int kernel, int stride) {
    return Conv2D.of(filters, kernel).withStride(stride).withPadding(Padding.of(kernel / 2)).withoutBias()
        .withInitializer(Initializer.HE_NORMAL);
  }

  private static BatchNormalization normalization() {
    return BatchNormalization.of().withMomentum(0.9);
  }

  private static Sequential build(String name, Shape picture, int classes, long seed, Layer... layers) {
    return build(name, picture, classes, seed, List.of(layers));
  }

  private static Sequential build(String name, Shape picture, int classes, long seed, List<Layer> trunk) {
    Settings.pictures(name, picture);
    Settings.atLeastOne(name, "the number of classes", classes);
    List<Layer> layers = new ArrayList<>(trunk);
    layers.add(Dense.of(classes).withActivation(SOFTMAX));
    return Sequential.of(picture, seed, layers);
  }
}
