package dev.fovea.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.WeightedSumOp;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Shape INPUT = Shape.of(3, 2, 9, 9);
  private static final Window2D SAME = Window2D.of(3).withPadding(Padding.SAME);

  private final Parameter w1 = parameter("first.weight", 1, 4, 2, 3, 3);
  private final Parameter b1 = parameter("first.bias", 2, 4);
  private final Parameter w2 = parameter("second.weight", 3, 4, 4, 3, 3);
  private final Parameter w3 = parameter("head.weight", 4, 5, 4);
  private final List<Parameter> parameters = List.of(w1, b1, w2, w3);
  private final Tensor weighting = normal(9, 3, 5);

  /** The second weight is used twice, so its gradient is added up. */
  private Tensor network(Tensor x) {
    Tensor h = Ops.relu(Ops.conv2d(x, w1, b1, SAME));
    Tensor g = Ops.conv2d(h, w2, null, SAME);
    Tensor joined = Ops.conv2d(Ops.relu(g), w2, null, SAME);
    Tensor pooled = Ops.maxPool2d(Ops.relu(joined), Window2D.of(2).withStride(2));
    return Ops.dense(Ops.globalAveragePool(pooled), w3, null);
  }

  private Tensor loss(Tensor prediction) {
    return Tape.apply(new WeightedSumOp(), prediction, weighting);
  }

  @Test
  void givesTheBitsOfEagerExecutionStepAfterStep() {
    Tensor x = Tensor.symbolic(INPUT);
    Tensor prediction = network(x);
    Tensor loss = loss(prediction);
    Plan plan = Plan.training(List.of(x), loss, List.of(prediction), PlanSettings.plain());
    for (int step = 0; step < 3; step++) {
      Tensor batch = normal(20 + step, 3, 2, 9, 9);
      parameters.forEach(Tensor::zeroGrad);
      Tensor eager = loss(network(batch));
      eager.backward();
      float[][] expected = gradients();
      parameters.forEach(Tensor::zeroGrad);
      plan.forward(batch);
      plan.backward();
      assertThat(loss.item()).isEqualTo(eager.item());
      assertThat(gradients()).isDeepEqualTo(expected);
      assertThat(prediction.toArray()).isEqualTo(network(batch).toArray());
    }
  }

  @Test
  void arraysAreShared() {
    // Large enough that values count for more than what kernels need to compute them.
    Shape input = INPUT.with(2, 60).with(3, 60);
    Tensor x = Tensor.symbolic(input);
    Tensor prediction = network(x);
    Plan training = Plan.training(List.of(x), loss(prediction), List.of(), PlanSettings.plain());
    Tensor y = Tensor.symbolic(input);
    Plan inference = Plan.inference(List.of(y), List.of(network(y)), PlanSettings.plain());
    long all = Tape.order(prediction).stream().mapToLong(t -> 4 * t.shape().elements()).sum();
    assertThat(inference.peakBytes()).isLessThan(all / 2);
    assertThat(training.peakBytes()).isLessThan(2 * all);
    assertThat(inference.toString()).contains("operations, ").doesNotContain(" first by ");
    assertThat(training.toString()).contains("operations, ").contains(" first by ");
  }

  @Test
  void frozenParametersGetNoGradient() {
    w1.freeze(true);
    b1.freeze(true);
    Tensor x = Tensor.symbolic(INPUT);
    Plan plan = Plan.training(List.of(x), loss(network(x)), List.of());
    plan.forward(normal(20, 3, 2, 9, 9));
    plan.backward();
    assertThat(w1.gradient()).isNull();
    assertThat(w2.gradient()).isNotNull();
  }

  @Test
  void whatFollowsFromAParameterAloneIsComputedAnew() {
    Parameter running = Parameter.of("running", Shape.of(2), new float[] {1, 2}, false);
    Tensor x = Tensor.symbolic(Shape.of(2));
    Tensor y = Ops.add(Ops.relu(Ops.scale(running, 10)), x);
    Plan plan = Plan.inference(x, y);
    plan.forward(Tensor.vector(1, 1));
    assertThat(y.toArray()).containsExactly(11, 21);
    running.set(3, -4);
    plan.forward(Tensor.vector(1, 1));
    assertThat(y.toArray()).containsExactly(31, 1);
  }

  @Test
  void predictsFromSeveralInputs() {
    Tensor a = Tensor.symbolic(Shape.of(2));
    Tensor b = Tensor.symbolic(Shape.of(2));
    Tensor sum = Ops.add(a, b);
    Tensor product = Ops.multiply(a, b);
    Plan plan = Plan.inference(List.of(a, b), sum, product);
    plan.forward(Tensor.vector(1, 2), Tensor.vector(3, 4));
    assertThat(sum.toArray()).containsExactly(4, 6);
    assertThat(product.toArray()).containsExactly(3, 8);
  }

  @Test
  void findsTheFirstValueThatIsNoFiniteNumber() {
    Tensor x = Tensor.symbolic(INPUT);
    Tensor prediction = network(x);
    Tape.order(prediction).forEach(t -> t.label("layer of " + t.op().name()));
    Plan plan = Plan.training(List.of(x), loss(prediction), List.of());
    Tensor batch = normal(20, 3, 2, 9, 9);
    assertThat(plan.firstNonFinite(batch)).isEmpty();
    w3.data()[3] = Float.POSITIVE_INFINITY;
    assertThat(plan.firstNonFinite(batch))
        .contains(new Plan.NonFinite("layer of dense", "the output of dense"));
    Arrays.fill(w3.data(), 1e20f);
    Arrays.fill(weighting.data(), 1e30f);
    Arrays.fill(b1.data(), 0f);
    assertThat(plan.firstNonFinite(Tensor.zeros(INPUT)))
        .as("the loss is 0, the way back overflows")
        .contains(new Plan.NonFinite("layer of dense", "the gradient through dense"));
    batch.data()[7] = Float.NaN;
    assertThat(plan.firstNonFinite(batch))
        .contains(new Plan.NonFinite("the input", "the values that came in"));
  }

  @Test
  void refuses() {
    Tensor x = Tensor.symbolic(INPUT);
    Plan plan = Plan.inference(x, network(x));
    assertThatThrownBy(() -> plan.forward(normal(1, 2, 2, 9, 9))).isInstanceOf(ShapeException.class)
        .hasMessage("plan: input 0 expects [3, 2, 9, 9], got [2, 2, 9, 9]");
    assertThatThrownBy(() -> plan.forward()).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plan: expected 1 inputs, got 0");
    assertThatThrownBy(plan::backward).isInstanceOf(IllegalStateException.class)
        .hasMessage("plan: made for inference, it has no backward");
    assertThatThrownBy(() -> Plan.training(List.of(x), network(x), List.of())).isInstanceOf(ShapeException.class)
        .hasMessage("plan: the loss must be one value, got shape [3, 5]");
    assertThatThrownBy(() -> Plan.inference(x, network(Tensor.symbolic(INPUT))))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(
            "plan: conv2d reads Tensor[3, 2, 9, 9], which has no data and is not among the inputs");
  }

  private float[][] gradients() {
    return parameters.stream().map(p -> p.gradient().toArray()).toArray(float[][]::new);
  }

  private static Parameter parameter(String name, long seed, int... lengths) {
    float[] values = normal(seed, lengths).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 0.3f;
    }
    return Parameter.of(name, Shape.of(lengths), values, true);
  }

  private static Tensor normal(long seed, int... lengths) {
    return Tensor.normal(Shape.of(lengths), new RandomSource(seed));
  }
}
