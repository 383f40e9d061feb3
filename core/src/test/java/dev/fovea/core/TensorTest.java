package dev.fovea.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.ops.Ops;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void isMadeOfValues() {
    float[] values = {1, 2, 3, 4, 5, 6};
    Tensor copied = Tensor.of(Shape.of(2, 3), values);
    Tensor wrapped = Tensor.wrap(Shape.of(2, 3), values);
    values[5] = 60;
    assertThat(copied.get(1, 2)).isEqualTo(6);
    assertThat(wrapped.get(1, 2)).isEqualTo(60);
    assertThat(Tensor.vector(1, 2).shape()).isEqualTo(Shape.of(2));
    assertThat(Tensor.scalar(7).item()).isEqualTo(7);
    assertThat(Tensor.of(Shape.of(1, 1), 7).item()).isEqualTo(7);
    assertThat(Tensor.zeros(Shape.of(2)).toArray()).containsExactly(0, 0);
    assertThat(Tensor.full(Shape.of(2), 3).toArray()).containsExactly(3, 3);
  }

  @Test
  void drawsFromItsSource() {
    Tensor a = Tensor.normal(Shape.of(3, 2), new RandomSource(1));
    assertThat(a.toArray()).isEqualTo(Tensor.normal(Shape.of(3, 2), new RandomSource(1)).toArray())
        .isNotEqualTo(Tensor.normal(Shape.of(3, 2), new RandomSource(2)).toArray());
  }

  @Test
  void handsOutCopies() {
    Tensor x = Tensor.vector(1, 2).withGrad();
    x.toArray()[0] = 7;
    x.grad()[0] = 5;
    x.gradient().data()[0] = 7;
    assertThat(x.toArray()).containsExactly(1, 2);
    assertThat(x.gradient().toArray()).containsExactly(5, 0);
  }

  @Test
  void findsItsLargestValue() {
    assertThat(Tensor.vector(3, 7, -1, 7).argMax()).isEqualTo(1);
    assertThat(Tensor.of(Shape.of(2, 2), -4, -3, -2, -9).argMax()).isEqualTo(2);
  }

  @Test
  void printsShapeAndFirstValues() {
    assertThat(Tensor.of(Shape.of(2, 1), 1, -0.5f)).hasToString("Tensor[2, 1] {1.0, -0.5}");
    assertThat(Tensor.zeros(Shape.of(9))).hasToString("Tensor[9] {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ...}");
    assertThat(Tensor.scalar(2)).hasToString("Tensor[] {2.0}");
    assertThat(Tensor.symbolic(Shape.of(3, 4))).hasToString("Tensor[3, 4]");
  }

  @Test
  void symbolicTensorsInferShapesOnly() {
    Tensor y = Ops.relu(Tensor.symbolic(Shape.of(100_000, 100_000)));
    assertThat(y.hasData()).isFalse();
    assertThat(y.shape()).isEqualTo(Shape.of(100_000, 100_000));
    assertThat(y.op().name()).isEqualTo("relu");
    assertThatThrownBy(y::data).isInstanceOf(IllegalStateException.class)
        .hasMessage("tensor [100000, 100000] has a shape and no data");
  }

  @Test
  void theFirstToClaimAGradientOverwrites() {
    Tensor x = Tensor.vector(1, 2).withGrad();
    assertThat(x.gradient()).isNull();
    assertThat(x.claimGrad()).isTrue();
    assertThat(x.claimGrad()).isFalse();
    x.grad()[0] = 5;
    assertThat(x.grad()).containsExactly(5, 0);
    x.zeroGrad();
    assertThat(x.gradient()).isNull();
    assertThat(x.grad()).as("starts at zero again").containsExactly(0, 0);
  }

  @Test
  void arraysMayBeLongerThanTheTensor() {
    Tensor x = Tensor.symbolic(Shape.of(2));
    x.bind(new float[] {1, 2, 99});
    x.bindGrad(new float[] {77, 88, 99});
    assertThat(x.gradient()).isNull();
    assertThat(x.toArray()).containsExactly(1, 2);
    assertThat(x.argMax()).isEqualTo(1);
    assertThat(x).hasToString("Tensor[2] {1.0, 2.0}");
    assertThat(x.grad()).as("zeros, but only where the tensor is").containsExactly(0, 0, 99);
    assertThat(x.gradient().toArray()).containsExactly(0, 0);
    x.bind(null);
    assertThat(x.hasData()).isFalse();
  }

  @Test
  void detachCutsTheRecord() {
    Tensor x = Tensor.vector(1, -2).withGrad();
    Tensor y = Ops.relu(x);
    Tensor cut = y.detach();
    assertThat(y.op()).isNotNull();
    assertThat(y.inputs()).containsExactly(x);
    assertThat(y.wantsGrad()).isTrue();
    assertThat(cut.op()).isNull();
    assertThat(cut.inputs()).isEmpty();
    assertThat(cut.wantsGrad()).isFalse();
    assertThat(cut.data()).isSameAs(y.data());
  }

  @Test
  void isLabelledByWhoAskedForIt() {
    Tensor x = Tensor.scalar(1);
    assertThat(x.label()).isNull();
    x.label("conv2d");
    assertThat(x.label()).isEqualTo("conv2d");
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Tensor.of(Shape.of(2, 3), 1, 2)).isInstanceOf(ShapeException.class)
        .hasMessage("tensor [2, 3]: expected 6 values, got 2");
    assertThatThrownBy(() -> Tensor.wrap(Shape.of(2), new float[3])).isInstanceOf(ShapeException.class)
        .hasMessage("tensor [2]: expected 2 values, got 3");
    assertThatThrownBy(() -> Tensor.vector(1, 2).item()).isInstanceOf(ShapeException.class)
        .hasMessage("item: expected one element, got shape [2]");
    assertThatThrownBy(() -> Ops.relu(Tensor.vector(1).withGrad()).withGrad()).isInstanceOf(IllegalStateException.class)
        .hasMessage("withGrad: this tensor was computed by relu; "
            + "only a tensor that no operation made can start to want a gradient");
    assertThatThrownBy(() -> Tensor.zeros(Shape.of(1 << 16, 1 << 16))).isInstanceOf(ShapeException.class)
        .hasMessage("tensor [65536, 65536]: at most 2147483647 elements fit one Java array, got 4294967296");
  }
}
