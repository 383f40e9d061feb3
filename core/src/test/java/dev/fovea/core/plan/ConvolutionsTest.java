package dev.fovea.core.plan;

import static dev.fovea.core.plan.Graphs.names;
import static dev.fovea.core.plan.Graphs.normal;
import static dev.fovea.core.plan.Graphs.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.conv.choice.ConvChoice;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Window2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvolutionsTest {
  private static final Window2D HALVES = Window2D.of(2).withStride(2);

  private final Parameter filters = parameter("conv2d.weight", 1, 6, 2, 5, 5);
  private final Parameter bias = parameter("conv2d.bias", 2, 6);

  private Tensor convolution(Tensor x) {
    return Ops.conv2d(x, filters, bias, Window2D.of(5));
  }

  private static List<String> taken(Tensor x, Tensor end) {
    Recording recording = Recording.of(List.of(x), null, List.of(end));
    return names(Convolutions.apply(ActivationFusion.apply(recording), ConvChoice.AUTO));
  }

  @Test
  void poolingOfTwoByTwoIsTakenAlong() {
    Tensor x = Tensor.symbolic(Shape.of(2, 2, 13, 11));
    assertThat(taken(x, Ops.maxPool2d(Ops.tanh(convolution(x)), HALVES))).containsExactly("conv2d");
    assertThat(taken(x, Ops.averagePool2d(Ops.relu(convolution(x)), HALVES, true))).containsExactly("conv2d");
    assertThat(taken(x, Ops.averagePool2d(convolution(x), HALVES, false))).containsExactly("conv2d");
  }

  @Test
  void otherWindowsAreNotNorMeansOfOtherActivations() {
    Tensor x = Tensor.symbolic(Shape.of(2, 2, 13, 11));
    Window2D overlapping = Window2D.of(2).withStride(1);
    assertThat(taken(x, Ops.maxPool2d(convolution(x), overlapping))).containsExactly("conv2d", "max_pool2d");
    assertThat(taken(x, Ops.averagePool2d(convolution(x), overlapping, true)))
        .containsExactly("conv2d", "average_pool2d");
    assertThat(taken(x, Ops.averagePool2d(Ops.tanh(convolution(x)), HALVES, true)))
        .containsExactly("conv2d", "average_pool2d");
  }

  @Test
  void meansAreTrainedAsEagerExecutionDoes() {
    Tensor batch = normal(3, 2, 2, 13, 11);
    Tensor weighting = normal(4, 2, 6, 4, 3);
    Tensor x = Tensor.symbolic(batch.shape());
    Tensor planned = loss(x, weighting);
    Plan plan = Plan.training(List.of(x), planned, List.of(), new PlanSettings(ConvChoice.AUTO, true));
    assertThat(plan.toString()).contains("with relu and average_pool2d; direct");
    plan.forward(batch);
    plan.backward();
    float[] weights = filters.grad().clone();
    float[] biases = bias.grad().clone();
    List.of(filters, bias).forEach(Tensor::zeroGrad);
    Tensor eager = loss(batch, weighting);
    eager.backward();
    assertThat(planned.item()).isCloseTo(eager.item(), offset(1e-4f));
    assertThat(weights).usingComparatorWithPrecision(1e-4f).containsExactly(filters.grad());
    assertThat(biases).usingComparatorWithPrecision(1e-4f).containsExactly(bias.grad());
  }

  private Tensor loss(Tensor x, Tensor weighting) {
    return Ops.sum(Ops.multiply(Ops.averagePool2d(Ops.relu(convolution(x)), HALVES, true), weighting));
  }
}
