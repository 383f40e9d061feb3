package dev.fovea.core.plan;

import static dev.fovea.core.plan.Graphs.names;
import static dev.fovea.core.plan.Graphs.normal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.WeightedSumOp;
import dev.fovea.core.kernels.conv.choice.ConvChoice;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Window2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvolutionPairsTest {
  private static final Window2D THREE = Window2D.of(3);
  private static final PlanSettings BLOCKED = new PlanSettings(ConvChoice.AUTO, true);
  private final Parameter first = small("first.weight", 1, 32, 3, 3, 3);
  private final Parameter firstBias = small("first.bias", 2, 32);
  private final Parameter second = small("second.weight", 3, 32, 32, 3, 3);
  private final Parameter secondBias = small("second.bias", 4, 32);
  private final List<Parameter> parameters = List.of(first, firstBias, second, secondBias);

  private static Parameter small(String name, long seed, int... lengths) {
    float[] values = Tensor.normal(Shape.of(lengths), new RandomSource(seed)).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 0.1f;
    }
    return Parameter.of(name, Shape.of(lengths), values, true);
  }

  /** What lies between the two has 9 MB for 8 pictures of 98x98. */
  private Tensor hidden(Tensor x) {
    return Ops.relu(Ops.conv2d(x, first, firstBias, THREE));
  }

  private Tensor output(Tensor hidden) {
    return Ops.globalAveragePool(
        Ops.maxPool2d(Ops.relu(Ops.conv2d(hidden, second, secondBias, THREE)), Window2D.of(2).withStride(2)));
  }

  private static Tensor loss(Tensor output) {
    return Tape.apply(new WeightedSumOp(), output, normal(9, output.shape().toArray()));
  }

  private static Recording passes(Tensor x, Tensor loss, Tensor... ends) {
    Recording recording = Recording.of(List.of(x), loss, List.of(ends));
    return ConvolutionPairs.apply(
        MemoryFormats.apply(Convolutions.apply(ActivationFusion.apply(recording), ConvChoice.AUTO)));
  }

  @Test
  void aCheapFirstConvolutionIsComputedTwice() {
    Tensor x = Tensor.symbolic(Shape.of(8, 3, 98, 98));
    Tensor h = hidden(x);
    h.label("first");
    Tensor y = output(h);
    y.inputs()[0].label("second");
    Recording recording = passes(x, loss(y));
    assertThat(names(recording)).containsExactly("conv2d x2", "global_average_pool", "weighted_sum");
    assertThat(recording.steps().get(0).reason())
        .startsWith("sample by sample, the first twice: with relu; direct, from a plain picture (pictures of 3 "
            + "channels)")
        .contains("; then with relu and max_pool2d; winograd 4x4 (3x3, stride 1)");
    assertThat(recording.steps().get(0).place()).isEqualTo("first and second");
    Tensor z = Tensor.symbolic(Shape.of(8, 3, 98, 98));
    assertThat(names(passes(z, null, output(hidden(z))))).as("inference")
        .containsExactly("conv2d x2", "global_average_pool");
  }

  @Test
  void aDearOneIsKeptAndInferencePairsNone() {
    Parameter before = small("before.weight", 5, 32, 32, 3, 3);
    Tensor x = Tensor.symbolic(Shape.of(8, 32, 98, 98));
    Recording training = passes(x, loss(output(Ops.conv2d(x, before, null, THREE))));
    assertThat(names(training)).contains("conv2d x2");
    assertThat(training.steps()).filteredOn(step -> step.op().name().equals("conv2d x2")).singleElement()
        .satisfies(step -> assertThat(step.reason()).startsWith("sample by sample, the first kept: "));
    Tensor z = Tensor.symbolic(Shape.of(8, 32, 98, 98));
    assertThat(names(passes(z, null, output(Ops.conv2d(z, before, null, THREE))))).doesNotContain("conv2d x2");
  }

  @Test
  void fewSamplesAreKept() {
    Tensor x = Tensor.symbolic(Shape.of(4, 3, 160, 160));
    assertThat(passes(x, loss(output(hidden(x)))).steps().get(0).reason())
        .startsWith("sample by sample, the first kept: ");
  }

  @Test
  void notWhereLittleLiesBetween() {
    Tensor x = Tensor.symbolic(Shape.of(8, 3, 80, 80));
    assertThat(names(passes(x, loss(output(hidden(x)))))).startsWith("conv2d", "conv2d");
  }

  @Test
  void notWhereSomebodyElseReadsWhatLiesBetweenOrItWantsNoGradient() {
    Tensor x = Tensor.symbolic(Shape.of(8, 3, 98, 98));
    Tensor read = hidden(x);
    assertThat(names(passes(x, loss(output(read)), read))).startsWith("conv2d", "conv2d");
    first.freeze(true);
    firstBias.freeze(true);
    assertThat(names(passes(x, loss(output(hidden(x)))))).startsWith("conv2d", "conv2d");
  }

  /** Against an inner value that is read, and so keeps the two apart. */
  @Test
  void valuesAndGradientsHaveTheSameBits() {
    Tensor batch = normal(6, 8, 3, 98, 98);
    Tensor x = Tensor.symbolic(batch.shape());
    Tensor read = hidden(x);
    Tensor apart = output(read);
    float[][] expected = run(Plan.training(List.of(x), loss(apart), List.of(apart, read), BLOCKED), batch, apart);
    Tensor z = Tensor.symbolic(batch.shape());
    Tensor together = output(hidden(z));
    Plan plan = Plan.training(List.of(z), loss(together), List.of(together), BLOCKED);
    assertThat(plan.toString()).contains("conv2d x2");
    assertThat(run(plan, batch, together)).isDeepEqualTo(expected);
  }

  private float[][] run(Plan plan, Tensor batch, Tensor output) {
    parameters.forEach(Tensor::zeroGrad);
    plan.forward(batch);
    plan.backward();
    return new float[][] {output.toArray(), first.gradient().toArray(), firstBias.gradient().toArray(),
        second.gradient().toArray(), secondBias.gradient().toArray()};
  }
}
