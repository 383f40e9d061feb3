package dev.fovea.core.plan;

import static dev.fovea.core.plan.Graphs.names;
import static dev.fovea.core.plan.Graphs.normal;
import static dev.fovea.core.plan.Graphs.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchNormalizationFoldingTest {
  private static final double EPSILON = 1e-3;
  private static final Window2D VALID = Window2D.of(3);
  private static final Window2D SAME = VALID.withPadding(Padding.SAME);

  private final Parameter filters = parameter("conv2d.weight", 1, 4, 4, 3, 3);
  private final Parameter bias = parameter("conv2d.bias", 2, 4);
  private final Parameter weight = parameter("batch_normalization.weight", 3, 4);
  private final Parameter shift = parameter("batch_normalization.bias", 4, 4);
  private final Parameter moments = parameter("batch_normalization.moments", 5, 2, 4);

  private Tensor normalized(Tensor x) {
    return Ops.batchNormalization(x, moments, weight, shift, EPSILON);
  }

  private static Recording folded(Tensor x, Tensor y) {
    return BatchNormalizationFolding.apply(Recording.of(List.of(x), null, List.of(y)));
  }

  /** The plan's numbers are the eager ones, also after the parameters have changed. */
  private void holds(java.util.function.UnaryOperator<Tensor> network) {
    Tensor x = Tensor.symbolic(Shape.of(2, 4, 7, 7));
    Tensor y = network.apply(x);
    assertThat(names(folded(x, y))).contains("conv2d");
    assertThat(folded(x, y).steps()).noneMatch(step -> step.output() != y && step.inputs()[0].shape().dim(0) == 2
        && step.op().name().equals("batch_normalization") && step.inputs()[0].shape().rank() == 4
        && !step.inputs()[0].hasData());
    Plan plan = Plan.inference(List.of(x), List.of(y), PlanSettings.plain());
    for (int round = 0; round < 2; round++) {
      Tensor batch = normal(10 + round, 2, 4, 7, 7);
      plan.forward(batch);
      float[] expected = network.apply(batch).toArray();
      for (int i = 0; i < expected.length; i++) {
        assertThat(y.toArray()[i]).isCloseTo(expected[i], within(2e-5f));
      }
      moments.set(0.1f, -0.4f, 0.3f, 0.2f, 2f, 1f, 0.5f, 0.75f);
      weight.set(1f, -2f, 0.5f, 3f);
    }
  }

  @Test
  void behindAConvolution() {
    holds(x -> normalized(Ops.conv2d(x, filters, bias, SAME)));
    holds(x -> Ops.relu(normalized(Ops.conv2d(x, filters, null, VALID))));
    Parameter depthwise = parameter("depthwise.weight", 6, 4, 1, 3, 3);
    holds(x -> normalized(Ops.conv2d(x, depthwise, bias, SAME, 4)));
  }

  @Test
  void beforeAConvolutionWithoutPadding() {
    holds(x -> Ops.conv2d(normalized(Ops.relu(x)), filters, bias, VALID));
    holds(x -> Ops.conv2d(normalized(Ops.relu(x)), filters, null, VALID));
  }

  @Test
  void betweenTwoConvolutionsItGoesIntoTheFirst() {
    holds(x -> Ops.conv2d(normalized(Ops.conv2d(x, filters, bias, VALID)), filters, null, VALID));
  }

  @Test
  void notBeforePaddingWhichIsNotShifted() {
    Tensor x = Tensor.symbolic(Shape.of(2, 4, 7, 7));
    assertThat(names(folded(x, Ops.conv2d(normalized(x), filters, bias, SAME))))
        .containsExactly("batch_normalization", "conv2d");
  }

  @Test
  void notWhereSomebodyElseReadsTheConvolution() {
    Tensor x = Tensor.symbolic(Shape.of(2, 4, 7, 7));
    Tensor z = Ops.conv2d(x, filters, bias, VALID);
    assertThat(names(folded(x, Ops.add(z, normalized(z))))).containsExactly("conv2d", "batch_normalization", "add");
  }

  @Test
  void notInTraining() {
    Tensor x = Tensor.symbolic(Shape.of(2, 4, 7, 7));
    Tensor loss = Ops.sum(normalized(Ops.conv2d(x, filters, bias, VALID)));
    Recording recording = Recording.of(List.of(x), loss, List.of());
    assertThat(BatchNormalizationFolding.apply(recording)).isSameAs(recording);
  }
}
