package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.conv.BlockedConvolution;
import dev.fovea.core.kernels.conv.ConvolutionPair;
import dev.fovea.core.kernels.conv.Halving;
import dev.fovea.core.kernels.conv.choice.ConvAlgorithms;
import dev.fovea.core.kernels.conv.choice.ConvChoice;

/**
 * A {@link Conv2DOp} as plans run it: on pictures in blocks of channels, by an algorithm chosen for its shape, with its
 * activation and, if wished, the {@linkplain Halving pooling} 2x2 behind it, so that what the convolution itself
 * computes never goes to memory. Inputs and gradients are those of {@link Conv2DOp}; the output is pooled: [N, filters,
 * floor(H' / 2), floor(W' / 2)].
 */
public final class BlockedConv2DOp implements Op {
  private final Conv2DOp convolution;
  private final Shape input;
  private final Shape output;
  private final boolean pooled;
  private final boolean training;
  private final ConvAlgorithms.Decision decision;
  private final BlockedConvolution kernel;
  /** Per pooled output: what the way back must know of its four cells. */
  private int[] chosen;

  /**
   * This convolution of inputs of these shapes.
   *
   * @param input of x {@code [N, C, H, W]}
   * @param weight {@code [filters, C / groups, kernel height, kernel width]}
   * @param wish which algorithms are allowed
   * @param plainInput whether x comes in the plain format and wants no gradient
   * @param halving the pooling that follows, one of those {@link #halving} gives
   * @param training whether a way back may follow; if not, nothing is kept for one, and what was made of the weights
   *     is used again while they are the same
   */
  public BlockedConv2DOp(Conv2DOp convolution, Shape input, Shape weight, ConvChoice wish, boolean plainInput,
      Halving halving, boolean training) {
    this.convolution = convolution;
    this.input = input;
    this.pooled = halving != Halving.NONE;
    this.training = training;
    Shape whole = convolution.infer(input, weight);
    this.output = pooled ? whole.with(2, whole.dim(2) / 2).with(3, whole.dim(3) / 2) : whole;
    ConvShape measures =
        pooled ? convolution.measures(input, whole).withEvenOutputs() : convolution.measures(input, whole);
    this.decision = ConvAlgorithms.choose(measures, input.dim(0), wish, plainInput);
    this.kernel = new BlockedConvolution(
        measures, decision.algorithm(), convolution.activation(), halving);
  }

  /** What of an operation behind a convolution can be taken along: pooling of 2x2 with stride 2, without padding. */
  public static Halving halving(Conv2DOp convolution, Op next) {
    if (!(next instanceof Pool2DOp pool) || !pool.halves()) {
      return Halving.NONE;
    }
    if (next instanceof MaxPool2DOp) {
      return Halving.MAXIMUM;
    }
    boolean fits = convolution.activation() == null || convolution.activation().isRelu();
    return fits ? Halving.MEAN : Halving.NONE;
  }

  /** The name of the convolution: errors speak of what was recorded, not of how it is run. */
  @Override
  public String name() {
    return convolution.name();
  }

  /** The algorithm, why it was taken, and what it keeps: {@code winograd 4x4 (3x3, stride 1), scratch 1,234,567 B}. */
  public String describe() {
    return String.format(java.util.Locale.ROOT, "%s (%s), scratch %,d B", decision.algorithm().name(),
        decision.reason(), kernel.scratchBytes(training));
  }

  /** What computes it. */
  BlockedConvolution kernel() {
    return kernel;
  }

  /** Whether this and another that reads its output can be a {@link BlockedConv2DPairOp}. */
  public boolean canPairWith(BlockedConv2DOp reader) {
    return !pooled && ConvolutionPair.fits(kernel, reader.kernel);
  }

  /** Multiply-adds of a sample. */
  public long work() {
    return kernel.work();
  }

  /** The format that x must come in. */
  public MemoryFormat inputFormat() {
    return decision.algorithm().takesPlainInput() ? MemoryFormat.PLAIN : MemoryFormat.BLOCKED;
  }

  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return format == MemoryFormat.BLOCKED;
  }

  @Override
  public Shape infer(Shape... in) {
    convolution.infer(in);
    if (!in[0].equals(input)) {
      throw new IllegalArgumentException("conv2d: made for inputs " + input + ", got " + in[0]);
    }
    return output;
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    if (chosen == null) {
      chosen = newChoices(out.length());
    }
    kernel.forward(in[0].data(), in[1].data(), in.length == 3 ? in[2].data() : null, out.data(), chosen, training);
  }

  /** Whether a way back may follow. */
  boolean isTraining() {
    return training;
  }

  /** Room for the choices of so many outputs; {@code null} if nothing is pooled or no way back will ask for them. */
  int[] newChoices(int length) {
    return pooled && training ? new int[kernel.choiceLength(length)] : null;
  }

  /** Bytes of {@link #newChoices}. */
  long choiceBytes() {
    return pooled && training
        ? (long) Integer.BYTES * kernel.choiceLength((int) MemoryFormat.BLOCKED.length(output)) : 0;
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    float[][] gradients = new float[3][];
    boolean[] add = new boolean[3];
    for (int i = 0; i < in.length; i++) {
      if (in[i].wantsGrad()) {
        add[i] = !in[i].claimGrad();
        gradients[i] = in[i].grad();
      }
    }
    kernel.backward(out.data(), out.grad(), chosen, in[0].data(), in[1].data(),
        gradients[0], add[0], gradients[1], add[1], gradients[2], add[2]);
  }

  @Override
  public boolean backwardReads(int index) {
    return index < 2;
  }

  @Override
  public boolean backwardReadsOutput() {
    return kernel.backwardReadsY();
  }

  @Override
  public long keptBytes(Shape... in) {
    return kernel.scratchBytes(training) + choiceBytes();
  }
}
