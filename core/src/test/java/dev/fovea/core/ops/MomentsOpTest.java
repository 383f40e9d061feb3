package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.MemoryFormat;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import org.junit.jupiter.api.Test;

class MomentsOpTest {
  @Test
  void shape() {
    assertThat(new MomentsOp().infer(Shape.of(4, 3, 5, 6))).isEqualTo(Shape.of(2, 3));
    assertThat(new MomentsOp().infer(Shape.of(4, 3))).isEqualTo(Shape.of(2, 3));
  }

  /** Channel 0 holds 1, 3, 5, 7: mean 4, variance (9 + 1 + 1 + 9) / 4 = 5. Channel 1 is constant. */
  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(2, 2, 2), 1, 3, 8, 8, 5, 7, 8, 8);
    assertThat(Ops.moments(x).toArray()).containsExactly(4, 8, 5, 0);
    assertThat(Ops.moments(Tensor.of(Shape.of(4, 1), 1, 3, 5, 7)).toArray()).containsExactly(4, 5);
  }

  /** 10,000 +- 1: the squares are 10^8, of which float32 has no digit left for a variance of 1. */
  @Test
  void aChannelFarFromZeroKeepsItsDigits() {
    Tensor x = Tensor.zeros(Shape.of(8, 1, 16, 16));
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = i % 2 == 0 ? 9_999 : 10_001;
    }
    assertThat(Ops.moments(x).toArray()).containsExactly(10_000, 1);
  }

  @Test
  void agreesWithDoublePrecision() {
    Shape shape = Shape.of(5, 3, 9, 11);
    Tensor x = Tensor.normal(shape, new RandomSource(3));
    double[] mean = new double[3];
    double[] squares = new double[3];
    for (int i = 0; i < shape.size(); i++) {
      mean[i / 99 % 3] += x.data()[i] / 495.0;
    }
    for (int i = 0; i < shape.size(); i++) {
      squares[i / 99 % 3] += Math.pow(x.data()[i] - mean[i / 99 % 3], 2) / 495;
    }
    float[] moments = Ops.moments(x).toArray();
    for (int channel = 0; channel < 3; channel++) {
      assertThat(moments[channel]).isCloseTo((float) mean[channel], within(1e-7f));
      assertThat(moments[3 + channel]).isCloseTo((float) squares[channel], within(1e-6f));
    }
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() {
    Tensor x = Tensor.normal(Shape.of(5, 64, 33, 31), new RandomSource(3));
    float[] many = Ops.moments(x).toArray();
    int threads = Parallel.threads();
    Parallel.limit(1);
    try {
      assertThat(Ops.moments(x).toArray()).isEqualTo(many);
    } finally {
      Parallel.limit(threads);
    }
  }

  @Test
  void gradient() {
    Tensor x = TestTensors.random(4, 3, 5, 2);
    OpContract.of(MomentsOp::new, x).step(0.1f, 1e-4).holds();
    OpContract.of(MomentsOp::new, TestTensors.random(6, 3)).step(0.1f, 1e-4).holds();
  }

  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(MomentsOp::new, TestTensors.random(3, channels, 5, 7)).holds();
    }
    BlockedContract.of(MomentsOp::new, TestTensors.random(5, 17, 63, 71)).holds();
    BlockedContract.of(MomentsOp::new, TestTensors.random(301, 17, 2, 3)).holds();
  }

  /** Pieces of unequal length, parts of unequal length, channels far from 0 and near it, in both formats. */
  @Test
  void piecesAndPartsPutTogetherAgreeWithDoublePrecision() {
    Shape shape = Shape.of(7, 17, 87, 71);
    Tensor x = Tensor.normal(shape, new RandomSource(3));
    int plane = 87 * 71;
    double[] mean = new double[17];
    double[] squares = new double[17];
    for (int i = 0; i < x.length(); i++) {
      int channel = i / plane % 17;
      x.data()[i] += channel % 2 == 0 ? 1000 : 0.1f * channel;
      mean[channel] += x.data()[i] / (7.0 * plane);
    }
    for (int i = 0; i < x.length(); i++) {
      int channel = i / plane % 17;
      squares[channel] += Math.pow(x.data()[i] - mean[channel], 2) / (7.0 * plane);
    }
    Tensor blocked = Tensor.symbolic(shape);
    blocked.format(MemoryFormat.BLOCKED);
    blocked.bind(new float[blocked.length()]);
    new ReformatOp().forward(new Tensor[] {x}, blocked);
    for (Tensor pictures : new Tensor[] {x, blocked}) {
      Tensor y = Tensor.zeros(Shape.of(2, 17));
      new MomentsOp().forward(new Tensor[] {pictures}, y);
      for (int channel = 0; channel < 17; channel++) {
        assertThat((double) y.get(0, channel)).isCloseTo(mean[channel], within(1e-7 * Math.abs(mean[channel]) + 1e-8));
        assertThat((double) y.get(1, channel)).isCloseTo(squares[channel], within(1e-6));
      }
    }
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new MomentsOp().infer(Shape.of(3))).isInstanceOf(ShapeException.class)
        .hasMessage("moments: expected an input [N, C, ...], got [3]");
    assertThatThrownBy(() -> new MomentsOp().infer()).isInstanceOf(ShapeException.class)
        .hasMessage("moments: expected one input, got 0");
  }
}
