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

class DropoutOpTest {
  private static final Tensor ONES = Tensor.full(Shape.of(100, 1000), 1);

  @Test
  void shape() {
    assertThat(new DropoutOp(0.5, new RandomSource(1)).infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  /** Of 100,000 ones a quarter is dropped, give or take five deviations (137 each), and the others become 4/3. */
  @Test
  void value() {
    float[] y = Ops.dropout(ONES, 0.25, new RandomSource(1)).toArray();
    int dropped = 0;
    for (float value : y) {
      assertThat(value).isIn(0f, 4f / 3);
      dropped += value == 0 ? 1 : 0;
    }
    assertThat(dropped).isCloseTo(25_000, within(685));
    assertThat(Ops.dropout(ONES, 0, new RandomSource(1)).toArray()).containsOnly(1);
  }

  @Test
  void theSameSeedDropsTheSame() {
    float[] y = Ops.dropout(ONES, 0.5, new RandomSource(1)).toArray();
    assertThat(Ops.dropout(ONES, 0.5, new RandomSource(1)).toArray()).isEqualTo(y);
    assertThat(Ops.dropout(ONES, 0.5, new RandomSource(2)).toArray()).isNotEqualTo(y);
    int threads = Parallel.threads();
    Parallel.limit(1);
    try {
      assertThat(Ops.dropout(ONES, 0.5, new RandomSource(1)).toArray()).isEqualTo(y);
    } finally {
      Parallel.limit(threads);
    }
  }

  @Test
  void eachForwardDrawsAnew() {
    RandomSource random = new RandomSource(1);
    float[] first = Ops.dropout(ONES, 0.5, random).toArray();
    assertThat(Ops.dropout(ONES, 0.5, random).toArray()).isNotEqualTo(first);
  }

  @Test
  void gradient() {
    OpContract.of(() -> new DropoutOp(0.3, new RandomSource(7)), TestTensors.random(5, 40))
        .linear().drawsAnew().holds();
    Tensor x = Tensor.full(Shape.of(1000), 1).withGrad();
    Tensor y = Ops.dropout(x, 0.5, new RandomSource(1));
    TestTensors.backward(y, Tensor.full(Shape.of(1000), 1).toArray());
    assertThat(x.gradient().toArray()).isEqualTo(y.toArray());
  }

  /** The same draw for the same element, wherever it lies. */
  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(() -> new DropoutOp(0.3, new RandomSource(7)), TestTensors.random(2, channels, 5, 7)).holds();
    }
  }

  @Test
  void refuses() {
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> new DropoutOp(rate, new RandomSource(1))).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("dropout: rate must be at least 0 and below 1, got " + rate);
    }
    assertThatThrownBy(() -> new DropoutOp(0.5, null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout: expected a random source, got null");
    assertThatThrownBy(() -> new DropoutOp(0.5, new RandomSource(1)).infer()).isInstanceOf(ShapeException.class)
        .hasMessage("dropout: expected one input, got 0");
  }
}
