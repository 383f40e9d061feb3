package dev.fovea.layers;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.Arrays;

/**
 * Two vectors [C] of statistics one above the other, [2, C], for an input that is to be normalized by them. The input's
 * values are not read; it is there so that a plan for that input reads the statistics each time it runs, not once when
 * recorded. Statistics get no gradient.
 */
final class RunningMomentsOp implements Op {
  @Override
  public Shape infer(Shape... in) {
    if (in.length != 3 || in[0].rank() != 1 || !in[0].equals(in[1])) {
      throw new ShapeException(
          "running_moments: expected a mean [C], a variance [C] and an input, got " + Arrays.toString(in));
    }
    return Shape.of(2, in[0].dim(0));
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    int channels = in[0].shape().dim(0);
    System.arraycopy(in[0].data(), 0, out.data(), 0, channels);
    System.arraycopy(in[1].data(), 0, out.data(), channels, channels);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {}

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
