package dev.fovea.examples;

import dev.fovea.core.GradientCheck;
import dev.fovea.core.Op;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import java.io.PrintStream;

/** An operation of one's own, with its shape rule, value and gradient side by side, and how one knows they agree. */
public final class MyOwnOp {
  private MyOwnOp() {}

  /** y = (x + sqrt(x^2 + 4)) / 2, a relu without a corner; dy/dx = (1 + x / sqrt(x^2 + 4)) / 2. */
  static class SquarePlusOp implements Op {
    @Override
    public Shape infer(Shape... in) {
      if (in.length != 1) {
        throw new ShapeException("square_plus: expected one input, got " + in.length);
      }
      return in[0];
    }

    @Override
    public void forward(Tensor[] in, Tensor out) {
      float[] x = in[0].data();
      float[] y = out.data();
      for (int i = 0; i < out.shape().size(); i++) {
        y[i] = (x[i] + root(x[i])) / 2;
      }
    }

    @Override
    public void backward(Tensor[] in, Tensor out) {
      if (in[0].wantsGrad()) {
        float[] x = in[0].data();
        float[] dx = in[0].grad();
        float[] dy = out.grad();
        for (int i = 0; i < out.shape().size(); i++) {
          // Added, not set: x may have been used elsewhere too.
          dx[i] += dy[i] * slope(x[i]);
        }
      }
    }

    float slope(float x) {
      return (1 + x / root(x)) / 2;
    }

    static float root(float x) {
      return (float) Math.sqrt(x * x + 4);
    }
  }

  /** The same with a mistake that is easily made. */
  static final class WrongOp extends SquarePlusOp {
    @Override
    float slope(float x) {
      return (1 + 1 / root(x)) / 2;
    }
  }

  /** Checks the gradient of both. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    Tensor x = Tensor.normal(Shape.of(4, 5), new RandomSource(42L)).withGrad();
    GradientCheck.Report right = GradientCheck.of(in -> Tape.apply(new SquarePlusOp(), in), x).run();
    GradientCheck.Report wrong = GradientCheck.of(in -> Tape.apply(new WrongOp(), in), x).run();
    out.println("The gradient that backward computes, and the one the values show when an input is moved a little:");
    out.println("right: " + right + (right.within(1e-3) ? "  (agree)" : "  (DISAGREE)"));
    out.println("wrong: " + wrong + (wrong.within(1e-3) ? "  (agree)" : "  (DISAGREE)"));
  }
}
