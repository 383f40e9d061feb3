package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.GradientCheck;
import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.WeightedSumOp;
import dev.fovea.core.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every layer must keep, whatever it computes: the inferred shape is the computed one, for one sample and for
 * several; it asks for the parameters it says; it prints as code and comes back equal from JSON; gradients through it
 * agree with its values, in training and in inference; a training step moves every trainable parameter; in inference a
 * sample does not depend on its neighbours, and a plan gives the same bits.
 */
final class LayerContract {
  private static final int BATCH = 3;
  private static final float SPACING = 0.03f;

  private final Layer layer;
  private final Shape sample;
  private float step = 1e-2f;
  private double tolerance = 1e-3;

  private LayerContract(Layer layer, Shape sample) {
    this.layer = layer;
    this.sample = sample;
  }

  /** The contract of this layer for samples of this shape. */
  static LayerContract of(Layer layer, int... sample) {
    return new LayerContract(layer, Shape.of(sample));
  }

  /** For a layer that is linear in its input and in each parameter: the central difference is exact for any step. */
  LayerContract linear() {
    return step(0.5f, 2e-5);
  }

  /** The step of the gradient checks and their tolerance. */
  LayerContract step(float step, double tolerance) {
    this.step = step;
    this.tolerance = tolerance;
    return this;
  }

  /**
   * Asserts all of it.
   *
   * @param code what the layer prints as
   * @param output one output sample's shape, {@code [3, 4, 4]}
   * @param parameters name and shape of each, {@code weight [3, 1, 3, 3]}; those that are not trainable in parentheses
   */
  void holds(String code, String output, String... parameters) {
    assertThat(layer).hasToString(code);
    assertThat(layer.outputShape(sample)).hasToString(output);
    assertThat(layer.parameters(sample)).extracting(LayerContract::text).containsExactly(parameters);
    comesBackFromJson();
    for (int batch : new int[] {1, BATCH}) {
      for (boolean training : new boolean[] {false, true}) {
        Tensor y = layer.forward(input(batch), parameters(), pass(training));
        assertThat(y.shape()).isEqualTo(layer.outputShape(sample).prepend(batch));
      }
    }
    gradientsAgree(false);
    gradientsAgree(true);
    aStepMovesEveryTrainableParameter();
    samplesAreIndependentAndPlansAgree();
  }

  private static String text(ParameterSpec spec) {
    String text = spec.name() + " " + spec.shape();
    return spec.trainable() ? text : "(" + text + ")";
  }

  private void comesBackFromJson() {
    LayerCodec codec = new LayerCodec(LayerRegistry.standard());
    String text = codec.write(layer).toString();
    Layer back = codec.read(JsonMapper.shared().readTree(text), "layers[0]");
    assertThat(back).isEqualTo(layer).hasSameHashCodeAs(layer);
  }

  /**
   * Different everywhere, and further from each other and from 0 than a step: neither relu nor a maximum has a kink
   * near.
   */
  Tensor input(int batch) {
    Shape shape = sample.prepend(batch);
    int[] order = new RandomSource(11).permutation(shape.size());
    Tensor x = Tensor.zeros(shape);
    for (int i = 0; i < order.length; i++) {
      x.data()[i] = SPACING * (order[i] - order.length / 2 + 0.5f);
    }
    return x;
  }

  /** Parameters away from where they start: a bias of 0 or a factor of 1 hides mistakes. */
  private Parameters parameters() {
    Parameters parameters = Parameters.of(layer.parameters(sample), 3);
    RandomSource random = new RandomSource(4);
    for (Parameter parameter : parameters.list()) {
      for (int i = 0; i < parameter.shape().size(); i++) {
        float moved = parameter.data()[i] + (float) random.uniform(-0.2, 0.2);
        parameter.data()[i] = parameter.name().endsWith("variance") ? Math.abs(moved) + 0.1f : moved;
      }
    }
    return parameters;
  }

  private static Pass pass(boolean training) {
    return training ? Pass.training(new RandomSource(9)) : Pass.inference();
  }

  private void gradientsAgree(boolean training) {
    Parameters parameters = parameters();
    List<Tensor> inputs = new ArrayList<>(List.of(input(BATCH).withGrad()));
    inputs.addAll(parameters.list());
    GradientCheck.of(in -> {
      Tensor y = layer.forward(in[0], parameters, pass(training));
      return y == in[0] ? Ops.scale(y, 1) : y; // a layer that does nothing: the check needs an output of its own
    }, inputs.toArray(Tensor[]::new)).step(step).samples(200).run().orThrow(tolerance);
  }

  private void aStepMovesEveryTrainableParameter() {
    Parameters parameters = parameters();
    Tensor y = layer.forward(input(BATCH).withGrad(), parameters, pass(true));
    Tape.apply(new WeightedSumOp(), y, Tensor.normal(y.shape(), new RandomSource(6))).backward();
    for (Parameter parameter : parameters.list()) {
      if (parameter.trainable()) {
        assertThat(parameter.gradient().toArray()).as(parameter.name()).doesNotContain(Float.NaN)
            .isNotEqualTo(new float[parameter.shape().size()]);
      } else {
        assertThat(parameter.gradient()).as(parameter.name()).isNull();
      }
    }
  }

  private void samplesAreIndependentAndPlansAgree() {
    Sequential model = Sequential.of(sample, 5, layer);
    Tensor batch = input(BATCH);
    float[] together = model.forward(batch, Pass.inference()).toArray();
    assertThat(model.predict(batch).toArray()).containsExactly(together, within(2e-5f));
    Tensor first = Tensor.wrap(sample, Arrays.copyOf(batch.toArray(), sample.size()));
    float[] alone = model.predict(first).toArray();
    for (int i = 0; i < alone.length; i++) {
      assertThat(alone[i]).isCloseTo(together[i], within(1e-5f * (1 + Math.abs(together[i]))));
    }
  }
}
