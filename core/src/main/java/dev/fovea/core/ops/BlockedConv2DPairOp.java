package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.conv.ConvolutionPair;
import java.util.Arrays;

/**
 * Two {@link BlockedConv2DOp convolutions}, the second of what the first gives, as a {@link ConvolutionPair} runs them:
 * what lies between them is no tensor. Inputs are x, the first's weight and bias, the second's weight and bias; either
 * may have no bias. Values and gradients are those of the two.
 */
public final class BlockedConv2DPairOp implements Op {
  private static final int MOST_INPUTS = 5;

  private final BlockedConv2DOp first;
  private final BlockedConv2DOp second;
  /** Where the first's bias, the second's weight and its bias are among the inputs; -1 for a bias there is none of. */
  private final int bias1;
  private final int weight2;
  private final int bias2;
  private final boolean again;
  private final ConvolutionPair kernel;
  /** Per output, if the second pools: which of its four cells it is. */
  private int[] chosen;

  /**
   * A pair.
   *
   * @param firstInputs how many inputs the first has: 3 with a bias
   * @param secondInputs how many the second has
   * @param again whether what the first gives is computed again on the way back, else kept
   */
  public BlockedConv2DPairOp(BlockedConv2DOp first, int firstInputs, BlockedConv2DOp second, int secondInputs,
      boolean again) {
    this.first = first;
    this.second = second;
    this.again = again;
    bias1 = firstInputs == 3 ? 2 : -1;
    weight2 = firstInputs;
    bias2 = secondInputs == 3 ? firstInputs + 1 : -1;
    kernel = new ConvolutionPair(first.kernel(), second.kernel(), again);
  }

  @Override
  public String name() {
    return first.name() + " x2";
  }

  /** The format that x must come in. */
  public MemoryFormat inputFormat() {
    return first.inputFormat();
  }

  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return format == MemoryFormat.BLOCKED;
  }

  @Override
  public Shape infer(Shape... in) {
    Shape hidden = first.infer(Arrays.copyOf(in, weight2));
    Shape[] behind = Arrays.copyOfRange(in, weight2 - 1, in.length);
    behind[0] = hidden;
    return second.infer(behind);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    if (chosen == null) {
      chosen = second.newChoices(out.length());
    }
    kernel.forward(in[0].data(), in[1].data(), data(in, bias1), in[weight2].data(), data(in, bias2), out.data(),
        chosen, second.isTraining());
  }

  private static float[] data(Tensor[] in, int index) {
    return index < 0 ? null : in[index].data();
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    float[][] gradients = new float[MOST_INPUTS][];
    boolean[] add = new boolean[MOST_INPUTS];
    for (int i = 0; i < in.length; i++) {
      if (in[i].wantsGrad()) {
        add[i] = !in[i].claimGrad();
        gradients[i] = in[i].grad();
      }
    }
    kernel.backward(out.data(), out.grad(), chosen, in[0].data(), in[1].data(), in[weight2].data(),
        gradients[0], add[0], places(gradients, add, 1, bias1), places(gradients, add, weight2, bias2));
  }

  private static ConvolutionPair.Places places(float[][] gradients, boolean[] add, int weight, int bias) {
    return new ConvolutionPair.Places(gradients[weight], add[weight], bias < 0 ? null : gradients[bias],
        bias >= 0 && add[bias]);
  }

  @Override
  public boolean backwardReads(int index) {
    return index != bias1 && index != bias2;
  }

  @Override
  public boolean backwardReadsOutput() {
    return second.backwardReadsOutput();
  }

  @Override
  public long keptBytes(Shape... in) {
    return kernel.scratchBytes(second.isTraining()) + second.choiceBytes();
  }
}
