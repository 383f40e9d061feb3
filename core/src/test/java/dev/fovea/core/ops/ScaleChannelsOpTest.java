package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class ScaleChannelsOpTest {
  @Test
  void shape() {
    assertThat(new ScaleChannelsOp().infer(Shape.of(4, 3, 5, 6), Shape.of(4, 3))).isEqualTo(Shape.of(4, 3, 5, 6));
  }

  @Test
  void value() {
    Tensor x = TestTensors.counting(2, 2, 2);
    Tensor factors = Tensor.of(Shape.of(2, 2), 1, 2, 10, 0).withGrad();
    Tensor y = Ops.scaleChannels(x, factors);
    assertThat(y.toArray()).containsExactly(1, 2, 6, 8, 50, 60, 0, 0);
    TestTensors.backward(y, 1, 1, 1, -1, 2, 0, 1, 1);
    assertThat(x.gradient().toArray()).containsExactly(1, 1, 2, -2, 20, 0, 0, 0);
    assertThat(factors.gradient().toArray()).containsExactly(3, -1, 10, 15);
  }

  @Test
  void gradient() {
    OpContract.of(ScaleChannelsOp::new, TestTensors.random(3, 4, 5, 2), TestTensors.random(3, 4)).linear().holds();
    OpContract.of(ScaleChannelsOp::new, TestTensors.random(3, 4), TestTensors.random(3, 4)).linear().holds();
  }

  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(ScaleChannelsOp::new, TestTensors.random(2, channels, 5, 7), TestTensors.random(2, channels))
          .tolerance(1e-5).holds();
    }
  }

  @Test
  void refuses() {
    refuses("scale_channels: expected two inputs, x and factors, got 1", Shape.of(2, 3));
    refuses("scale_channels: expected an input [N, C, ...], got [2]", Shape.of(2), Shape.of(2));
    refuses("scale_channels: expected factors [2, 3] for an input [2, 3, 4, 5], got [2, 3, 1, 1]",
        Shape.of(2, 3, 4, 5), Shape.of(2, 3, 1, 1));
  }

  private static void refuses(String message, Shape... in) {
    assertThatThrownBy(() -> new ScaleChannelsOp().infer(in)).isInstanceOf(ShapeException.class).hasMessage(message);
  }
}
