package dev.fovea.examples.lessons;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Window2D;
import java.util.List;

/**
 * A network small enough to print, with its picture, a 7. Its seeds are such that no window of the pooling is all zeros
 * and nothing lies within a small step of where relu or the maximum bends: there a slope jumps, and no finite
 * difference can tell it.
 */
final class SmallNetwork {
  static final int LABEL = 0;

  final Tensor picture = Tensor.of(Shape.of(1, 1, 6, 6),
      0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f,
      0.0f, 0.9f, 1.0f, 1.0f, 0.8f, 0.0f,
      0.0f, 0.0f, 0.0f, 0.1f, 0.9f, 0.0f,
      0.0f, 0.0f, 0.1f, 0.9f, 0.2f, 0.0f,
      0.0f, 0.0f, 0.8f, 0.3f, 0.0f, 0.0f,
      0.0f, 0.0f, 0.9f, 0.1f, 0.0f, 0.0f).withGrad();
  final Parameter kernels = drawn("conv.weight", Shape.of(2, 1, 3, 3), 70);
  final Parameter kernelBias = Parameter.of("conv.bias", Shape.of(2), new float[2], true);
  final Parameter weight = drawn("dense.weight", Shape.of(3, 8), 1);
  final Parameter bias = Parameter.of("dense.bias", Shape.of(3), new float[3], true);

  private static Parameter drawn(String name, Shape shape, long seed) {
    return Parameter.of(name, shape, Ops.scale(Tensor.normal(shape, new RandomSource(seed)), 0.5f).toArray(), true);
  }

  List<Parameter> parameters() {
    return List.of(kernels, kernelBias, weight, bias);
  }

  /** Six operations, each on what the one before gave. */
  Tensor loss() {
    Tensor convolved = Ops.conv2d(picture, kernels, kernelBias, Window2D.of(3));
    Tensor positive = Ops.relu(convolved);
    Tensor halved = Ops.maxPool2d(positive, Window2D.of(2).withStride(2));
    Tensor flat = Ops.flatten(halved);
    Tensor logits = Ops.dense(flat, weight, bias);
    return Ops.crossEntropyFromLogits(logits, Tensor.vector(LABEL));
  }

  /**
   * The loss after a number has been changed: computes again what was computed after its tensor, and all of it after
   * one that no operation made.
   *
   * @param computed what was computed, in order, the loss last
   */
  static Tensor again(List<Tensor> computed, Tensor changed) {
    computed.subList(computed.indexOf(changed) + 1, computed.size())
        .forEach(output -> output.op().forward(output.inputs(), output));
    return computed.get(computed.size() - 1);
  }
}
