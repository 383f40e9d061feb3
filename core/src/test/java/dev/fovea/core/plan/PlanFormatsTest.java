package dev.fovea.core.plan;

import static dev.fovea.core.plan.Graphs.normal;
import static dev.fovea.core.plan.Graphs.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.conv.choice.ConvChoice;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A network with everything that pictures in blocks of channels can meet: a first layer, pooling taken along and not,
 * batch normalization, a residual, a concatenation, a depthwise and a strided convolution, channels that fill no block,
 * an op that knows the plain format only, and an intermediate result that the user reads.
 */
class PlanFormatsTest {
  private static final Window2D SAME = Window2D.of(3).withPadding(Padding.SAME);
  private static final Window2D HALVES = Window2D.of(2).withStride(2);

  private final Parameter first = small("first.weight", 1, 20, 3, 3, 3);
  private final Parameter firstBias = small("first.bias", 2, 20);
  private final Parameter second = small("second.weight", 3, 20, 20, 3, 3);
  private final Parameter depthwise = small("depthwise.weight", 4, 20, 1, 3, 3);
  private final Parameter strided = small("strided.weight", 5, 16, 20, 5, 5);
  private final Parameter pointwise = small("pointwise.weight", 6, 16, 20, 1, 1);
  private final Parameter gamma = parameter("norm.weight", 7, 20);
  private final Parameter beta = small("norm.bias", 8, 20);
  private final Parameter head = small("head.weight", 9, 5, 32);
  private final List<Parameter> parameters =
      List.of(first, firstBias, second, depthwise, strided, pointwise, gamma, beta, head);
  private final Tensor weighting = normal(10, 2, 5);

  private static Parameter small(String name, long seed, int... lengths) {
    Shape shape = Shape.of(lengths);
    float[] values = Tensor.normal(shape, new RandomSource(seed)).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 0.2f;
    }
    return Parameter.of(name, shape, values, true);
  }

  private record Outputs(Tensor residual, Tensor prediction, Tensor loss) {}

  private Outputs network(Tensor x) {
    Tensor a = Ops.maxPool2d(Ops.relu(Ops.conv2d(x, first, firstBias, SAME)), HALVES);
    Tensor b = Ops.batchNormalization(a, Ops.moments(a), gamma, beta, 1e-3);
    Tensor residual = Ops.relu(Ops.add(b, Ops.conv2d(b, second, null, SAME)));
    Tensor c = Ops.relu(Ops.conv2d(residual, depthwise, null, SAME, 20));
    Tensor down = Ops.conv2d(c, strided, null, Window2D.of(5).withStride(2).withPadding(Padding.of(2)));
    Tensor aside = Ops.conv2d(Ops.averagePool2d(c, HALVES, true), pointwise, null, Window2D.of(1));
    Tensor joined = Ops.softmax(Ops.concat(1, Ops.tanh(down), aside));
    Tensor prediction = Ops.dense(Ops.globalMaxPool(joined), head, null);
    return new Outputs(residual, prediction, Ops.sum(Ops.multiply(prediction, weighting)));
  }

  @ParameterizedTest
  @EnumSource(ConvChoice.class)
  void trainsAsEagerExecutionDoes(ConvChoice choice) {
    Tensor x = Tensor.symbolic(Shape.of(2, 3, 20, 16));
    Outputs planned = network(x);
    Plan plan = Plan.training(List.of(x), planned.loss, List.of(planned.prediction, planned.residual),
        new PlanSettings(choice, true));
    for (int step = 0; step < 2; step++) {
      Tensor batch = normal(20 + step, 2, 3, 20, 16);
      parameters.forEach(Tensor::zeroGrad);
      Outputs eager = network(batch);
      eager.loss.backward();
      float[][] expected = gradients();
      parameters.forEach(Tensor::zeroGrad);
      plan.forward(batch);
      plan.backward();
      close(planned.residual.toArray(), eager.residual.toArray(), 2e-5, "residual");
      close(planned.prediction.toArray(), eager.prediction.toArray(), 2e-5, "prediction");
      float[][] got = gradients();
      for (int i = 0; i < got.length; i++) {
        close(got[i], expected[i], 2e-4, parameters.get(i).name());
      }
    }
  }

  @Test
  void convertsAtTheEdgesOnly() {
    Tensor x = Tensor.symbolic(Shape.of(2, 3, 20, 16));
    Outputs planned = network(x);
    Recording recording = Recording.of(List.of(x), null, List.of(planned.prediction));
    Recording formatted = MemoryFormats.apply(Convolutions.apply(ActivationFusion.apply(recording), ConvChoice.AUTO));
    assertThat(Graphs.names(formatted)).containsExactly("conv2d", "moments", "batch_normalization", "conv2d", "add",
        "relu", "conv2d", "conv2d", "average_pool2d", "conv2d", "concat", "reformat", "softmax", "global_max_pool",
        "dense");
  }

  @Test
  void theUserReadsPlainOrder() {
    Tensor x = Tensor.symbolic(Shape.of(2, 3, 20, 16));
    Outputs planned = network(x);
    Plan plan = Plan.inference(List.of(x), List.of(planned.residual), new PlanSettings(ConvChoice.AUTO, true));
    Tensor batch = normal(30, 2, 3, 20, 16);
    plan.forward(batch);
    float[] raw = planned.residual.data();
    assertThat(java.util.Arrays.copyOf(raw, planned.residual.shape().size())).isEqualTo(planned.residual.toArray());
    close(planned.residual.toArray(), network(batch).residual.toArray(), 2e-5, "residual");
  }

  @Test
  void plainWhereThatIsAskedFor() {
    Tensor x = Tensor.symbolic(Shape.of(2, 3, 20, 16));
    Tensor prediction = network(x).prediction;
    Tensor batch = normal(31, 2, 3, 20, 16);
    Plan plan = Plan.inference(List.of(x), List.of(prediction), PlanSettings.plain());
    plan.forward(batch);
    assertThat(prediction.toArray()).isEqualTo(network(batch).prediction.toArray());
    assertThat(plan.toString()).doesNotContain("blocked").doesNotContain("reformat");
  }

  private float[][] gradients() {
    return parameters.stream().map(parameter -> parameter.gradient().toArray()).toArray(float[][]::new);
  }

  /** Within a bound relative to the largest expected value. */
  private static void close(float[] got, float[] expected, double bound, String what) {
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(got[i] - (double) expected[i]));
    }
    assertThat(error).as(what).isLessThanOrEqualTo(bound * largest);
  }
}
