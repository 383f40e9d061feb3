package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import org.junit.jupiter.api.Test;

class SpatialDropoutOpTest {
  private static final Tensor ONES = Tensor.full(Shape.of(100, 100, 3), 1);

  @Test
  void shape() {
    assertThat(new SpatialDropoutOp(2, 0.5, new RandomSource(1)).infer(Shape.of(2, 3, 4))).isEqualTo(Shape.of(2, 3, 4));
  }

  /** Of 10,000 channels a quarter is dropped, give or take five deviations (43 each); the others become 4/3. */
  @Test
  void value() {
    float[] y = Ops.dropChannels(ONES, 0.25, new RandomSource(1)).toArray();
    int dropped = 0;
    for (int i = 0; i < y.length; i += 3) {
      assertThat(y[i]).isIn(0f, 4f / 3).isEqualTo(y[i + 1]).isEqualTo(y[i + 2]);
      dropped += y[i] == 0 ? 1 : 0;
    }
    assertThat(dropped).isCloseTo(2_500, within(217));
    assertThat(Ops.dropChannels(ONES, 0, new RandomSource(1)).toArray()).containsOnly(1);
  }

  /** Of 100 samples a quarter is dropped, give or take three deviations (4.3 each), each with all its channels. */
  @Test
  void wholeSamples() {
    float[] y = Ops.dropSamples(ONES, 0.25, new RandomSource(1)).toArray();
    int dropped = 0;
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isIn(0f, 4f / 3).isEqualTo(y[i / 300 * 300]);
      dropped += i % 300 == 0 && y[i] == 0 ? 1 : 0;
    }
    assertThat(dropped).isCloseTo(25, within(13));
  }

  @Test
  void theSameSeedDropsTheSame() {
    float[] y = Ops.dropChannels(ONES, 0.5, new RandomSource(1)).toArray();
    assertThat(Ops.dropChannels(ONES, 0.5, new RandomSource(1)).toArray()).isEqualTo(y);
    RandomSource other = new RandomSource(2);
    float[] first = Ops.dropChannels(ONES, 0.5, other).toArray();
    assertThat(first).isNotEqualTo(y);
    assertThat(Ops.dropChannels(ONES, 0.5, other).toArray()).as("each forward draws anew").isNotEqualTo(first);
    int threads = Parallel.threads();
    Parallel.limit(1);
    try {
      assertThat(Ops.dropChannels(ONES, 0.5, new RandomSource(1)).toArray()).isEqualTo(y);
    } finally {
      Parallel.limit(threads);
    }
  }

  @Test
  void gradient() {
    for (int axes : new int[] {1, 2}) {
      OpContract.of(() -> new SpatialDropoutOp(axes, 0.3, new RandomSource(7)), TestTensors.random(5, 8, 2, 3))
          .linear().drawsAnew().holds();
    }
    Tensor x = Tensor.full(Shape.of(50, 2, 2), 1).withGrad();
    Tensor y = Ops.dropSamples(x, 0.5, new RandomSource(1));
    TestTensors.backward(y, Tensor.full(Shape.of(200), 1).toArray());
    assertThat(x.gradient().toArray()).isEqualTo(y.toArray());
  }

  /** The same draw for the same channel or sample, wherever it lies. */
  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      for (int axes : new int[] {1, 2}) {
        BlockedContract.of(() -> new SpatialDropoutOp(axes, 0.3, new RandomSource(7)),
            TestTensors.random(4, channels, 5, 7)).holds();
      }
    }
  }

  @Test
  void refuses() {
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> new SpatialDropoutOp(2, rate, new RandomSource(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("spatial_dropout: rate must be at least 0 and below 1, got " + rate);
    }
    assertThatThrownBy(() -> new SpatialDropoutOp(3, 0.5, new RandomSource(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spatial_dropout: the number of axes must be 1 or 2, got 3");
    assertThatThrownBy(() -> new SpatialDropoutOp(2, 0.5, null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spatial_dropout: expected a random source, got null");
    SpatialDropoutOp op = new SpatialDropoutOp(2, 0.5, new RandomSource(1));
    assertThatThrownBy(op::infer).isInstanceOf(ShapeException.class)
        .hasMessage("spatial_dropout: expected one input, got 0");
    assertThatThrownBy(() -> op.infer(Shape.of(2))).isInstanceOf(ShapeException.class)
        .hasMessage("spatial_dropout: expected an input [N, C, ...], got [2]");
  }
}
