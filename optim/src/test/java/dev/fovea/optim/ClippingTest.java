package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.fovea.core.Golden;
import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClippingTest {
  private static Parameter withGradient(String name, float... gradient) {
    Parameter parameter = Parameter.of(name, Shape.of(gradient.length), new float[gradient.length], true);
    OptimizerContract.give(parameter, gradient);
    return parameter;
  }

  @Test
  void byGlobalNorm() {
    Parameter a = withGradient("a", 3, 0);
    Parameter b = withGradient("b", -4);
    assertThat(Clipping.byGlobalNorm(2.5).apply(List.of(a, b))).isEqualTo(5);
    assertThat(a.gradient().toArray()).containsExactly(new float[] {1.5f, 0}, offset(1e-6f));
    assertThat(b.gradient().toArray()).containsExactly(new float[] {-2}, offset(1e-6f));
  }

  @Test
  void aNormBelowTheMaximumChangesNothing() {
    Parameter a = withGradient("a", 3, -4);
    assertThat(Clipping.byGlobalNorm(5.1).apply(List.of(a))).isEqualTo(5);
    assertThat(a.gradient().toArray()).containsExactly(3, -4);
  }

  @Test
  void golden() {
    JsonNode root = Golden.read("clip_global_norm").root();
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode gradient : root.path("gradients")) {
      parameters.add(withGradient("weight", Golden.tensor(gradient).toArray()));
    }
    assertThat(parameters).hasSize(2);
    double norm = Clipping.byGlobalNorm(1.5).apply(parameters);
    assertThat(norm).isCloseTo(root.path("norm").asDouble(), offset(1e-6));
    for (int i = 0; i < parameters.size(); i++) {
      Golden.near("gradient " + i, parameters.get(i).gradient().toArray(),
          Golden.doubles(root.path("clipped").get(i).path("data")), Golden.TOLERANCE);
    }
  }

  @Test
  void byValue() {
    Parameter a = withGradient("a", 3, -4, 0.5f, -1);
    assertThat(Clipping.byValue(1).apply(List.of(a))).isCloseTo(Math.sqrt(26.25), offset(1e-12));
    assertThat(a.gradient().toArray()).containsExactly(1, -1, 0.5f, -1);
  }

  @Test
  void aNormThatIsNotFiniteChangesNothing() {
    for (Clipping clipping : List.of(Clipping.byGlobalNorm(1), Clipping.byValue(1))) {
      Parameter a = withGradient("a", 3, Float.POSITIVE_INFINITY);
      assertThat(clipping.apply(List.of(a))).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(a.gradient().toArray()).containsExactly(3, Float.POSITIVE_INFINITY);
      Parameter b = withGradient("b", 3, Float.NaN);
      assertThat(clipping.apply(List.of(a, b))).isNaN();
      assertThat(b.gradient().toArray()).containsExactly(3, Float.NaN);
    }
  }

  @Test
  void squaresThatExceedFloatDoNotOverflow() {
    assertThat(Clipping.byGlobalNorm(1).apply(List.of(withGradient("a", 3e30f, 4e30f)))).isCloseTo(5e30, offset(1e24));
  }

  @Test
  void concernsTrainableParametersWithAGradient() {
    Parameter without = Parameter.of("without", Shape.of(1), new float[1], true);
    Parameter frozen = withGradient("frozen", 100);
    frozen.freeze(true);
    assertThat(Clipping.byGlobalNorm(1).apply(List.of(without, frozen, withGradient("a", 2)))).isEqualTo(2);
    assertThat(without.hasGradient()).isFalse();
    assertThat(frozen.gradient().toArray()).containsExactly(100);
    assertThat(Clipping.byValue(1).apply(List.of(without, frozen))).isZero();
    assertThat(Clipping.byGlobalNorm(1).apply(List.of())).isZero();
  }

  @Test
  void gradientsAreLookedForAtEachUse() {
    Parameter a = withGradient("a", 3);
    Parameter b = withGradient("b", 4);
    Gradients gradients = Gradients.of(List.of(a, b));
    assertThat(Clipping.byGlobalNorm(10).apply(gradients)).isEqualTo(5);
    b.freeze(true);
    assertThat(Clipping.byGlobalNorm(10).apply(gradients)).isEqualTo(3);
    b.freeze(false);
    a.zeroGrad();
    assertThat(Clipping.byGlobalNorm(10).apply(gradients)).isEqualTo(4);
    OptimizerContract.give(a, new float[] {-12});
    assertThat(Clipping.byValue(1).apply(gradients)).isCloseTo(Math.sqrt(160), offset(1e-12));
    assertThat(a.gradient().toArray()).containsExactly(-1);
  }

  @Test
  void squaresBelowFloatDoNotVanish() {
    assertThat(Clipping.byGlobalNorm(1).apply(List.of(withGradient("a", 3e-30f, 4e-30f))))
        .isCloseTo(5e-30, offset(1e-36));
  }

  @Test
  void goesByTheShapeWhereTheArrayIsLonger() {
    Parameter a = Parameter.of("a", Shape.of(2), new float[2], true);
    float[] longer = {3, 4, Float.NaN};
    a.bindGrad(longer);
    a.claimGrad();
    assertThat(Clipping.byGlobalNorm(10).apply(List.of(a))).isEqualTo(5);
    assertThat(Clipping.byValue(1).apply(List.of(a))).isEqualTo(5);
    assertThat(longer).containsExactly(1, 1, Float.NaN);
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    float[] gradient = Tensor.normal(Shape.of(100_001), new RandomSource(3)).toArray();
    double squares = 0;
    for (float g : gradient) {
      squares += (double) g * g;
    }
    int threads = Parallel.threads();
    try {
      Parallel.limit(1);
      Parameter one = withGradient("one", gradient);
      double norm = Clipping.byGlobalNorm(1).apply(List.of(one));
      assertThat(norm).isCloseTo(Math.sqrt(squares), offset(1e-9));
      Parallel.limit(threads);
      Parameter all = withGradient("all", gradient);
      assertThat(Clipping.byGlobalNorm(1).apply(List.of(all))).isEqualTo(norm);
      assertThat(all.gradient().toArray()).isEqualTo(one.gradient().toArray());
    } finally {
      Parallel.limit(threads);
    }
  }

  @Test
  void printsAsCode() {
    assertThat(Clipping.byGlobalNorm(1)).hasToString("Clipping.byGlobalNorm(1.0)");
    assertThat(Clipping.byValue(0.5)).hasToString("Clipping.byValue(0.5)").isEqualTo(Clipping.byValue(0.5));
  }

  @Test
  void refuses() {
    refuses(() -> Clipping.byGlobalNorm(0), "clipping by global norm: max must be above 0, got 0.0");
    refuses(() -> Clipping.byGlobalNorm(Double.NaN), "clipping by global norm: max must be finite, got NaN");
    refuses(() -> Clipping.byValue(-1), "clipping by value: limit must be above 0, got -1.0");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
