package dev.fovea.core;

/** s = sum of y * r: turns any output into a loss whose gradient at y is r. */
public final class WeightedSumOp implements Op {
  @Override
  public Shape infer(Shape... in) {
    return Shape.scalar();
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    double sum = 0;
    for (int i = 0; i < in[0].shape().size(); i++) {
      sum += (double) in[0].data()[i] * in[1].data()[i];
    }
    out.data()[0] = (float) sum;
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    float[] dy = in[0].grad();
    for (int i = 0; i < in[0].shape().size(); i++) {
      dy[i] += out.grad()[0] * in[1].data()[i];
    }
  }
}
