package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class StochasticDepthTest {
  /** The source of the contract's training passes keeps one of three samples, so that every parameter has a slope. */
  @Test
  void contract() {
    LayerContract.of(StochasticDepth.of(0.5), 6).linear().holds("StochasticDepth.of(0.5)", "[6]");
    LayerContract.of(StochasticDepth.of(0), 2, 2, 2).linear().holds("StochasticDepth.of(0.0)", "[2, 2, 2]");
    LayerContract.of(Residual.of(Conv2D.of(2, 3).withPadding(SAME), StochasticDepth.of(0.3)).withActivation(TANH),
        2, 3, 3).holds("Residual.of(Conv2D.of(2, 3).withPadding(SAME), StochasticDepth.of(0.3)).withActivation(TANH)",
        "[2, 3, 3]", "body.conv2d.weight [2, 2, 3, 3]", "body.conv2d.bias [2]");
  }

  /** A branch that triples: a sample has 1 where it was left out, else 1 + 3 / 0.75; on average 1 + 3. */
  @Test
  void leavesTheBranchOutSampleBySample() {
    Residual block = Residual.of(Rescaling.of(3), StochasticDepth.of(0.25));
    Tensor ones = Tensor.full(Shape.of(2000, 2, 2, 2), 1);
    float[] y = block.forward(ones, Parameters.symbolic(block.parameters(Shape.of(2, 2, 2))),
        Pass.training(new RandomSource(1))).toArray();
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isIn(1f, 5f).isEqualTo(y[i / 8 * 8]);
      sum += y[i];
    }
    assertThat(sum / y.length).isCloseTo(4, within(0.2));
    assertThat(Sequential.of(Shape.of(2), 1L, block).predict(Tensor.vector(1, 2)).toArray()).containsExactly(4, 8);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> StochasticDepth.of(1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stochastic_depth: rate must be at least 0 and below 1, got 1.0");
    assertThatThrownBy(() -> StochasticDepth.of(0.1).outputShape(Shape.scalar())).isInstanceOf(ShapeException.class)
        .hasMessage("stochastic_depth: expected samples of at least one axis, got []");
  }
}
