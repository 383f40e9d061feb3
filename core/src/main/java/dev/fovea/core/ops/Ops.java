package dev.fovea.core.ops;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;

/**
 * Every operation as a function, to be imported statically: {@code relu(conv2d(x, weight, bias, Window2D.of(3)))}.
 * What an operation computes, and how its gradient goes, stands in the class it names. Where an input has a shape and
 * no data the result has none either, and is recorded for a plan.
 */
public final class Ops {
  private Ops() {}

  /** y = a + b, with broadcasting; see {@link AddOp}. */
  public static Tensor add(Tensor a, Tensor b) {
    return Tape.apply(new AddOp(), a, b);
  }

  /** y = a - b, with broadcasting; see {@link SubtractOp}. */
  public static Tensor subtract(Tensor a, Tensor b) {
    return Tape.apply(new SubtractOp(), a, b);
  }

  /** y = a * b, element by element, with broadcasting; see {@link MultiplyOp}. */
  public static Tensor multiply(Tensor a, Tensor b) {
    return Tape.apply(new MultiplyOp(), a, b);
  }

  /** y = factor * x; see {@link ScaleOp}. */
  public static Tensor scale(Tensor x, float factor) {
    return affine(x, factor, 0f);
  }

  /** y = factor * x + offset; see {@link ScaleOp}. */
  public static Tensor affine(Tensor x, float factor, float offset) {
    return Tape.apply(new ScaleOp(factor, offset), x);
  }

  /** The same values under another shape, batch axis included; one length may be -1; see {@link ReshapeOp}. */
  public static Tensor reshape(Tensor x, int... lengths) {
    return Tape.apply(new ReshapeOp(lengths), x);
  }

  /** [N, ...] becomes [N, F]; see {@link FlattenOp}. */
  public static Tensor flatten(Tensor x) {
    return Tape.apply(new FlattenOp(), x);
  }

  /** The axes in another order; see {@link PermuteOp}. */
  public static Tensor permute(Tensor x, int... axes) {
    return Tape.apply(new PermuteOp(axes), x);
  }

  /** The tensors one behind the other along an axis; see {@link ConcatOp}. */
  public static Tensor concat(int axis, Tensor... parts) {
    return Tape.apply(new ConcatOp(axis), parts.clone());
  }

  /** The part from one place of an axis (inclusive) to another (exclusive); see {@link SliceOp}. */
  public static Tensor slice(Tensor x, int axis, int from, int to) {
    return Tape.apply(new SliceOp(axis, from, to), x);
  }

  /** The sum over these axes, or over all; see {@link SumOp}. */
  public static Tensor sum(Tensor x, int... axes) {
    return Tape.apply(new SumOp(axes), x);
  }

  /** The mean over these axes, or over all; see {@link MeanOp}. */
  public static Tensor mean(Tensor x, int... axes) {
    return Tape.apply(new MeanOp(axes), x);
  }

  /** C = A B for A [M, K] and B [K, N]; see {@link MatmulOp}. */
  public static Tensor matmul(Tensor a, Tensor b) {
    return Tape.apply(new MatmulOp(), a, b);
  }

  /** y = x W^T + b for x [N, in], W [out, in], b [out] or {@code null}; see {@link DenseOp}. */
  public static Tensor dense(Tensor x, Tensor weight, Tensor bias) {
    return Tape.apply(new DenseOp(null), withBias(x, weight, bias));
  }

  /**
   * A 2-D convolution of x [N, C, H, W] with weight [filters, C, kernel height, kernel width] and bias [filters] or
   * {@code null}; see {@link Conv2DOp}.
   */
  public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, Window2D window) {
    return conv2d(x, weight, bias, window, 1);
  }

  /** The same in groups, weight [filters, C / groups, ...]. */
  public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, Window2D window, int groups) {
    return Tape.apply(new Conv2DOp(window, groups, null), withBias(x, weight, bias));
  }

  /** The largest cell under each place of the window, [N, C, H, W]; see {@link MaxPool2DOp}. */
  public static Tensor maxPool2d(Tensor x, Window2D window) {
    return Tape.apply(new MaxPool2DOp(window), x);
  }

  /** The mean under each place of the window, [N, C, H, W], padding counted or not; see {@link AveragePool2DOp}. */
  public static Tensor averagePool2d(Tensor x, Window2D window, boolean countPadding) {
    return Tape.apply(new AveragePool2DOp(window, countPadding), x);
  }

  /** The mean of each channel over every spatial axis, [N, C, ...] to [N, C]; see {@link GlobalAveragePoolOp}. */
  public static Tensor globalAveragePool(Tensor x) {
    return Tape.apply(new GlobalAveragePoolOp(), x);
  }

  /** The largest cell of each channel over every spatial axis, [N, C, ...] to [N, C]; see {@link GlobalMaxPoolOp}. */
  public static Tensor globalMaxPool(Tensor x) {
    return Tape.apply(new GlobalMaxPoolOp(), x);
  }

  /** y = max(x, 0); see {@link ReluOp}. */
  public static Tensor relu(Tensor x) {
    return Tape.apply(new ReluOp(), x);
  }

  /** y = x above 0, slope * x below; see {@link LeakyReluOp}. */
  public static Tensor leakyRelu(Tensor x, float slope) {
    return Tape.apply(new LeakyReluOp(slope), x);
  }

  /** y = x above 0, alpha (e^x - 1) below; see {@link EluOp}. */
  public static Tensor elu(Tensor x, float alpha) {
    return Tape.apply(new EluOp(alpha), x);
  }

  /** The scaled exponential linear unit; see {@link SeluOp}. */
  public static Tensor selu(Tensor x) {
    return Tape.apply(new SeluOp(), x);
  }

  /** The Gaussian error linear unit, exact; see {@link GeluOp}. */
  public static Tensor gelu(Tensor x) {
    return Tape.apply(new GeluOp(), x);
  }

  /** y = x / (1 + e^-x); see {@link SiluOp}. */
  public static Tensor silu(Tensor x) {
    return Tape.apply(new SiluOp(), x);
  }

  /** y = 1 / (1 + e^-x); see {@link SigmoidOp}. */
  public static Tensor sigmoid(Tensor x) {
    return Tape.apply(new SigmoidOp(), x);
  }

  /** The hyperbolic tangent; see {@link TanhOp}. */
  public static Tensor tanh(Tensor x) {
    return Tape.apply(new TanhOp(), x);
  }

  /** y = ln(1 + e^x); see {@link SoftplusOp}. */
  public static Tensor softplus(Tensor x) {
    return Tape.apply(new SoftplusOp(), x);
  }

  /** Softmax along axis 1: the classes of scores [N, K], the channels of a picture; see {@link SoftmaxOp}. */
  public static Tensor softmax(Tensor x) {
    return softmax(x, 1);
  }

  /** Softmax along an axis; see {@link SoftmaxOp}. */
  public static Tensor softmax(Tensor x, int axis) {
    return Tape.apply(new SoftmaxOp(axis), x);
  }

  /** The logarithm of softmax along axis 1; see {@link LogSoftmaxOp}. */
  public static Tensor logSoftmax(Tensor x) {
    return logSoftmax(x, 1);
  }

  /** The logarithm of softmax along an axis; see {@link LogSoftmaxOp}. */
  public static Tensor logSoftmax(Tensor x, int axis) {
    return Tape.apply(new LogSoftmaxOp(axis), x);
  }

  /** The mean and the biased variance of each channel, [N, C, ...] to [2, C]; see {@link MomentsOp}. */
  public static Tensor moments(Tensor x) {
    return Tape.apply(new MomentsOp(), x);
  }

  /**
   * x [N, C, ...] normalized by moments [2, C], times weight [C], plus bias [C]; in training the moments are those of
   * x, in inference the running ones; see {@link BatchNormalizationOp}.
   */
  public static Tensor batchNormalization(Tensor x, Tensor moments, Tensor weight, Tensor bias, double epsilon) {
    return Tape.apply(new BatchNormalizationOp(epsilon), x, moments, weight, bias);
  }

  /** Each sample normalized over the axes that weight and bias have; see {@link LayerNormalizationOp}. */
  public static Tensor layerNormalization(Tensor x, Tensor weight, Tensor bias, double epsilon) {
    return Tape.apply(new LayerNormalizationOp(weight.shape().rank(), epsilon), x, weight, bias);
  }

  /** x [N, C, ...], each group of channels of each sample normalized; see {@link GroupNormalizationOp}. */
  public static Tensor groupNormalization(Tensor x, int groups, Tensor weight, Tensor bias, double epsilon) {
    return Tape.apply(new GroupNormalizationOp(groups, epsilon), x, weight, bias);
  }

  /** x [N, C, ...], each channel of each sample times a factor of its own, [N, C]; see {@link ScaleChannelsOp}. */
  public static Tensor scaleChannels(Tensor x, Tensor factors) {
    return Tape.apply(new ScaleChannelsOp(), x, factors);
  }

  /** x with a share of its elements dropped and the others made larger; see {@link DropoutOp}. */
  public static Tensor dropout(Tensor x, double rate, RandomSource random) {
    return Tape.apply(new DropoutOp(rate, random), x);
  }

  /** x [N, C, ...] with a share of its channels dropped and the others made larger; see {@link SpatialDropoutOp}. */
  public static Tensor dropChannels(Tensor x, double rate, RandomSource random) {
    return Tape.apply(new SpatialDropoutOp(2, rate, random), x);
  }

  /** x [N, ...] with a share of its samples dropped and the others made larger; see {@link SpatialDropoutOp}. */
  public static Tensor dropSamples(Tensor x, double rate, RandomSource random) {
    return Tape.apply(new SpatialDropoutOp(1, rate, random), x);
  }

  /** Cross-entropy of scores [N, K] before softmax and labels [N] or [N, K]; see {@link CrossEntropyFromLogitsOp}. */
  public static Tensor crossEntropyFromLogits(Tensor logits, Tensor labels) {
    return crossEntropyFromLogits(logits, labels, 0);
  }

  /** The same with label smoothing. */
  public static Tensor crossEntropyFromLogits(Tensor logits, Tensor labels, double smoothing) {
    return Tape.apply(new CrossEntropyFromLogitsOp(smoothing), logits, labels);
  }

  /**
   * The same with weights.
   *
   * @param weights of the samples, [N]; {@code null} for none
   * @param classWeights of the classes, K or none
   */
  public static Tensor crossEntropyFromLogits(Tensor logits, Tensor labels, Tensor weights, double smoothing,
      float... classWeights) {
    return Tape.apply(new CrossEntropyFromLogitsOp(smoothing, classWeights), withWeights(logits, labels, weights));
  }

  /** Cross-entropy of probabilities [N, K] and labels [N] or [N, K]; see {@link CrossEntropyOp}. */
  public static Tensor crossEntropy(Tensor probabilities, Tensor labels) {
    return crossEntropy(probabilities, labels, 0);
  }

  /** The same with label smoothing. */
  public static Tensor crossEntropy(Tensor probabilities, Tensor labels, double smoothing) {
    return Tape.apply(new CrossEntropyOp(smoothing), probabilities, labels);
  }

  /**
   * The same with weights.
   *
   * @param weights of the samples, [N]; {@code null} for none
   * @param classWeights of the classes, K or none
   */
  public static Tensor crossEntropy(Tensor probabilities, Tensor labels, Tensor weights, double smoothing,
      float... classWeights) {
    return Tape.apply(new CrossEntropyOp(smoothing, classWeights), withWeights(probabilities, labels, weights));
  }

  /** The mean of (prediction - target)^2; see {@link MeanSquaredErrorOp}. */
  public static Tensor meanSquaredError(Tensor prediction, Tensor target) {
    return Tape.apply(new MeanSquaredErrorOp(), prediction, target);
  }

  /** The same with weights of the samples, [N]; {@code null} for none. */
  public static Tensor meanSquaredError(Tensor prediction, Tensor target, Tensor weights) {
    return Tape.apply(new MeanSquaredErrorOp(), withWeights(prediction, target, weights));
  }

  /** The mean loss of yes-or-no logits; see {@link BinaryCrossEntropyFromLogitsOp}. */
  public static Tensor binaryCrossEntropyFromLogits(Tensor logits, Tensor target) {
    return Tape.apply(new BinaryCrossEntropyFromLogitsOp(), logits, target);
  }

  /** The same with weights of the samples, [N]; {@code null} for none. */
  public static Tensor binaryCrossEntropyFromLogits(Tensor logits, Tensor target, Tensor weights) {
    return Tape.apply(new BinaryCrossEntropyFromLogitsOp(), withWeights(logits, target, weights));
  }

  private static Tensor[] withWeights(Tensor prediction, Tensor target, Tensor weights) {
    return weights == null ? new Tensor[] {prediction, target} : new Tensor[] {prediction, target, weights};
  }

  private static Tensor[] withBias(Tensor x, Tensor weight, Tensor bias) {
    return bias == null ? new Tensor[] {x, weight} : new Tensor[] {x, weight, bias};
  }
}
