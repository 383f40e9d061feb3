package dev.fovea.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.ops.Ops;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
  @Test
  void passesARightGradient() {
    Tensor x = Tensor.vector(1, 2, 3).withGrad();
    GradientCheck.Report report = GradientCheck.of(in -> Ops.multiply(in[0], in[0]), x).run();
    assertThat(report.within(1e-4)).isTrue();
    report.orThrow(1e-4);
    assertThat(x.toArray()).as("as it went in").containsExactly(1, 2, 3);
  }

  @Test
  void findsAWrongGradient() {
    Tensor x = Tensor.vector(1, 2, 3).withGrad();
    GradientCheck.Report report = GradientCheck.of(in -> Tape.apply(new SquareOp(3), in), x).step(0.5f).run();
    assertThat(report.within(1e-3)).isFalse();
    assertThat(report.analytic() / report.numeric()).isBetween(1.499, 1.501);
    assertThat(report.error()).isBetween(0.333, 0.334);
  }

  /** Wrong at one element of many, and small there: still seen, since the error is relative to the largest gradient. */
  @Test
  void findsOneWrongElement() {
    Tensor x = Tensor.full(Shape.of(10, 10), 1).withGrad();
    GradientCheck.Report report = GradientCheck.of(in -> Tape.apply(new SquareOp(2) {
      @Override
      public void backward(Tensor[] in, Tensor out) {
        super.backward(in, out);
        in[0].grad()[57] *= 1.2f;
      }
    }, in), x).step(0.5f).run();
    assertThat(report.within(1e-2)).isFalse();
    assertThat(report.where()).isEqualTo("input 0 [10, 10], element 57");
  }

  @Test
  void looksAtEveryInputThatWantsAGradient() {
    Tensor a = Tensor.vector(1, 2).withGrad();
    Tensor b = Tensor.vector(3, 4).withGrad();
    assertThat(wrongInSecond(a, b).where()).startsWith("input 1 [2], element ");
    assertThat(wrongInSecond(a, b.detach()).within(1e-5)).isTrue();
  }

  private static GradientCheck.Report wrongInSecond(Tensor a, Tensor b) {
    return GradientCheck.of(in -> Ops.add(in[0], Tape.apply(new SquareOp(5), in[1])), a, b).step(0.5f).run();
  }

  @Test
  void findsAMissingGradient() {
    Tensor x = Tensor.vector(1, 2).withGrad();
    GradientCheck.Report report = GradientCheck.of(in -> Tape.apply(new SquareOp(2) {
      @Override
      public void backward(Tensor[] in, Tensor out) {}
    }, in), x).run();
    assertThat(report.within(1e9)).isFalse();
    assertThat(report).hasToString("gradient check: input 0 [2] got no gradient: backward says NaN, "
        + "the values say NaN, relative error NaN");
  }

  @Test
  void findsNaN() {
    Tensor x = Tensor.vector(1, 2).withGrad();
    GradientCheck.Report report = GradientCheck.of(in -> Tape.apply(new SquareOp(Float.NaN), in), x).run();
    assertThat(report.within(1e9)).isFalse();
  }

  @Test
  void checksAsManyElementsAsAsked() {
    Tensor x = Tensor.full(Shape.of(1000), 1).withGrad();
    int[] calls = {0};
    GradientCheck.of(in -> {
      calls[0]++;
      return Ops.relu(in[0]);
    }, x).samples(7).run().orThrow(1e-3);
    assertThat(calls[0]).as("one for the gradient, two for each element").isEqualTo(15);
  }

  /** Another seed projects on another vector, so a gradient that is right for one alone is found out. */
  @Test
  void projectsOnAVectorDrawnFromTheSeed() {
    Tensor x = Tensor.vector(1, 2).withGrad();
    GradientCheck check = GradientCheck.of(in -> Tape.apply(new SquareOp(3), in), x).step(0.5f);
    assertThat(check.seed(1).run().numeric()).isNotEqualTo(check.seed(2).run().numeric());
    assertThat(check.seed(1).run()).isEqualTo(check.seed(1).run());
  }

  @Test
  void saysWhereAndByHowMuch() {
    GradientCheck.Report report = new GradientCheck.Report(0.5, "input 0 [2], element 1", 3, 1.5);
    assertThatThrownBy(() -> report.orThrow(0.25)).isInstanceOf(AssertionError.class)
        .hasMessage("gradient check: input 0 [2], element 1: backward says 3.000000, the values say 1.500000, "
            + "relative error 0.50, tolerance 0.25");
    report.orThrow(0.5);
  }

  /** y = x^2, whose gradient should be 2 x dy; this one takes any factor. */
  private static class SquareOp implements Op {
    private final float factor;

    SquareOp(float factor) {
      this.factor = factor;
    }

    @Override
    public Shape infer(Shape... in) {
      return in[0];
    }

    @Override
    public void forward(Tensor[] in, Tensor out) {
      for (int i = 0; i < out.shape().size(); i++) {
        out.data()[i] = in[0].data()[i] * in[0].data()[i];
      }
    }

    @Override
    public void backward(Tensor[] in, Tensor out) {
      float[] dx = in[0].wantsGrad() ? in[0].grad() : new float[out.shape().size()];
      for (int i = 0; i < out.shape().size(); i++) {
        dx[i] += factor * in[0].data()[i] * out.grad()[i];
      }
    }
  }
}
