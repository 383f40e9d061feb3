package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegularizerTest {
  private static Parameter parameter(String name, int... axes) {
    Shape shape = Shape.of(axes);
    return Parameter.of(name, shape, Tensor.normal(shape, RandomSource.of(3, name.length())).toArray(), true);
  }

  /** By hand: sum |w| = 6, sum w^2 = 14. */
  @Test
  void value() {
    Parameter w = Parameter.of("dense.weight", Shape.of(2, 2), new float[] {1, -2, 0, 3}, true);
    assertThat(Penalty.of(Regularizer.l1(0.5), List.of(w)).value()).isEqualTo(3);
    assertThat(Penalty.of(Regularizer.l2(0.5), List.of(w)).value()).isEqualTo(7);
    Penalty both = Penalty.of(Regularizer.l1l2(0.5, 0.25), List.of(w));
    assertThat(both.value()).isEqualTo(6.5);
    OptimizerContract.give(w, 10, 10, 10, 10);
    assertThat(both.addGradient()).isEqualTo(6.5);
    assertThat(w.gradient().toArray()).as("0.5 sign(w) + 0.5 w is added").containsExactly(11, 8.5f, 10, 12);
    assertThat(w.toArray()).containsExactly(1, -2, 0, 3);
  }

  /** The gradient is that of the value: central differences of a square are exact, those of |w| away from 0. */
  @Test
  void gradient() {
    Parameter w = parameter("dense.weight", 3, 5);
    Penalty penalty = Penalty.of(Regularizer.l1l2(0.3, 0.7), List.of(w));
    penalty.addGradient();
    float[] gradient = w.gradient().toArray();
    for (int i = 0; i < gradient.length; i++) {
      float kept = w.data()[i];
      assertThat(Math.abs(kept)).as("away from 0").isGreaterThan(0x1p-8f);
      w.data()[i] = kept + 0x1p-8f;
      double above = penalty.value();
      w.data()[i] = kept - 0x1p-8f;
      assertThat((double) gradient[i]).isCloseTo((above - penalty.value()) * 0x1p7, within(1e-4));
      w.data()[i] = kept;
    }
  }

  /** A gradient that nothing was written to counts as 0. */
  @Test
  void writesWhereThereIsNoGradient() {
    Parameter w = Parameter.of("dense.weight", Shape.of(1, 2), new float[] {1, -2}, true);
    OptimizerContract.give(w, 5, 5);
    w.zeroGrad();
    Penalty.of(Regularizer.l2(0.5), List.of(w)).addGradient();
    assertThat(w.gradient().toArray()).containsExactly(1, -2);
  }

  @Test
  void kernelsAlone() {
    List<Parameter> all = List.of(parameter("conv2d.weight", 4, 3, 3, 3), parameter("conv2d.bias", 4),
        parameter("batch_normalization.weight", 4), parameter("batch_normalization.bias", 4),
        Parameter.of("batch_normalization.running_mean", Shape.of(4), new float[4], false),
        parameter("layer_normalization.weight", 4, 6, 6), parameter("layer_normalization.bias", 4, 6, 6),
        parameter("separable_conv2d.depthwise.weight", 4, 1, 3, 3), parameter("separable_conv2d.pointwise", 8, 4, 1, 1),
        parameter("dense.weight", 1, 1), parameter("dense.bias", 1), parameter("square.weight", 2, 2));
    assertThat(Regularizer.l2(1).among(all)).map(Parameter::name).containsExactly("conv2d.weight",
        "separable_conv2d.depthwise.weight", "separable_conv2d.pointwise", "dense.weight", "square.weight");
    assertThat(Regularizer.l2(1).on(name -> name.startsWith("dense")).among(all)).map(Parameter::name)
        .containsExactly("dense.weight", "dense.bias");
  }

  @Test
  void notWhatIsFrozenOrNotTrainable() {
    Parameter w = Parameter.of("a.weight", Shape.of(1, 1), new float[] {2}, true);
    Parameter frozen = Parameter.of("b.weight", Shape.of(1, 1), new float[] {3}, true);
    Parameter statistics = Parameter.of("statistics", Shape.of(1), new float[] {4}, false);
    frozen.freeze(true);
    Penalty penalty = Penalty.of(Regularizer.l2(1).on(name -> true), List.of(w, frozen, statistics));
    assertThat(penalty.value()).isEqualTo(4);
    assertThat(penalty.addGradient()).isEqualTo(4);
    assertThat(frozen.hasGradient()).isFalse();
    assertThat(statistics.hasGradient()).isFalse();
    frozen.freeze(false);
    assertThat(penalty.value()).isEqualTo(13);
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    int threads = Parallel.threads();
    Parameter w = parameter("dense.weight", 211, 317);
    Penalty penalty = Penalty.of(Regularizer.l1l2(0.3, 0.7), List.of(w));
    try {
      Parallel.limit(1);
      double one = penalty.addGradient();
      float[] gradient = w.gradient().toArray();
      Parallel.limit(threads);
      w.zeroGrad();
      assertThat(penalty.addGradient()).isEqualTo(one).isEqualTo(penalty.value());
      assertThat(w.gradient().toArray()).isEqualTo(gradient);
    } finally {
      Parallel.limit(threads);
    }
  }

  @Test
  void printsAsCode() {
    assertThat(Regularizer.l1(0.5)).hasToString("Regularizer.l1(0.5)");
    assertThat(Regularizer.l2(0.5)).hasToString("Regularizer.l2(0.5)");
    assertThat(Regularizer.l1l2(0.5, 1e-4)).hasToString("Regularizer.l1l2(0.5, 1.0E-4)");
    assertThat(Regularizer.l2(0.5).on(name -> true)).hasToString("Regularizer.l2(0.5).on(...)");
  }

  @Test
  void refuses() {
    refuses(() -> Regularizer.l1(-1), "regularizer: l1 must be at least 0, got -1.0");
    refuses(() -> Regularizer.l2(Double.NaN), "regularizer: l2 must be finite, got NaN");
    refuses(() -> Regularizer.l1l2(0.1, -2), "regularizer: l2 must be at least 0, got -2.0");
    refuses(() -> Regularizer.l2(1).on(null), "regularizer: expected which names, got null");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
