package dev.fovea.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.ops.Ops;
import org.junit.jupiter.api.Test;

class TapeTest {
  /** x reaches the loss on two ways; an op that assigns where it should add loses one of them. */
  @Test
  void gradientsOfADiamondAddUp() {
    Tensor x = Tensor.vector(-1, 2).withGrad();
    Ops.sum(Ops.add(Ops.relu(x), x)).backward();
    assertThat(x.gradient().toArray()).containsExactly(1, 2);
    Tensor y = Tensor.vector(-1, 2).withGrad();
    Ops.sum(Ops.add(y, Ops.relu(y))).backward();
    assertThat(y.gradient().toArray()).containsExactly(1, 2);
  }

  /** y = x^2, z = y * y + y: dz/dx = (2y + 1) 2x. The middle is used three times. */
  @Test
  void gradientsPassAMiddleThatIsUsedOften() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor y = Ops.multiply(x, x);
    Tensor z = Ops.add(Ops.multiply(y, y), y);
    z.backward();
    assertThat(z.item()).isEqualTo(90);
    assertThat(y.gradient().item()).isEqualTo(19);
    assertThat(x.gradient().item()).isEqualTo(114);
  }

  @Test
  void aSecondPassAddsIntoLeavesAndRestartsTheMiddle() {
    Tensor x = Tensor.vector(1, 2).withGrad();
    Tensor middle = Ops.scale(x, 3);
    Tensor loss = Ops.sum(middle);
    loss.backward();
    loss.backward();
    assertThat(x.gradient().toArray()).containsExactly(6, 6);
    assertThat(middle.gradient().toArray()).containsExactly(1, 1);
    assertThat(loss.gradient().item()).isEqualTo(1);
    x.zeroGrad();
    loss.backward();
    assertThat(x.gradient().toArray()).containsExactly(3, 3);
  }

  @Test
  void aChainDeeperThanTheStackWorks() {
    Tensor x = Tensor.scalar(1).withGrad();
    Tensor y = x;
    for (int i = 0; i < 10_000; i++) {
      y = Ops.affine(y, 1, 1);
    }
    y.backward();
    assertThat(y.item()).isEqualTo(10_001);
    assertThat(x.gradient().item()).isEqualTo(1);
  }

  /** Twenty diamonds on top of each other: a million ways from x to the end, forty ops. */
  @Test
  void everyOpRunsBackwardOnce() {
    Tensor x = Tensor.scalar(1).withGrad();
    Tensor y = x;
    for (int i = 0; i < 20; i++) {
      y = Ops.add(Ops.scale(y, 0.5f), Ops.scale(y, 0.5f));
    }
    assertThat(Tape.order(y)).hasSize(60);
    y.backward();
    assertThat(x.gradient().item()).isEqualTo(1);
  }

  @Test
  void theOrderPutsEveryTensorAfterItsInputs() {
    Tensor x = Tensor.scalar(1).withGrad();
    Tensor a = Ops.scale(x, 2);
    Tensor b = Ops.scale(a, 3);
    Tensor c = Ops.add(a, b);
    assertThat(Tape.order(c)).containsExactly(a, b, c);
    assertThat(Tape.order(b, c)).containsExactly(a, b, c);
    assertThat(Tape.order(x)).isEmpty();
  }

  @Test
  void nothingIsRecordedWhereNoGradientIsWanted() {
    Tensor y = Ops.relu(Tensor.vector(1, 2));
    assertThat(y.op()).isNull();
    assertThat(y.wantsGrad()).isFalse();
  }

  @Test
  void noGradientFlowsWhereNoneIsWanted() {
    Tensor x = Tensor.vector(1, 2).withGrad();
    Tensor plain = Tensor.vector(3, 4);
    Tensor cut = Ops.relu(x).detach();
    Ops.sum(Ops.multiply(Ops.add(x, cut), plain)).backward();
    assertThat(plain.gradient()).isNull();
    assertThat(cut.gradient()).isNull();
    assertThat(x.gradient().toArray()).as("by the way that was not cut").containsExactly(3, 4);
  }

  /** One input without data is enough: the result has none, and is recorded though nobody wants a gradient. */
  @Test
  void tensorsWithoutDataAreRecorded() {
    Tensor y = Ops.add(Tensor.symbolic(Shape.of(2, 3)), Tensor.vector(1, 2, 3));
    assertThat(y.hasData()).isFalse();
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(y.op()).isNotNull();
    assertThat(y.wantsGrad()).isFalse();
  }

  @Test
  void refuses() {
    Tensor x = Tensor.zeros(Shape.of(32, 10)).withGrad();
    assertThatThrownBy(() -> Ops.relu(x).backward()).isInstanceOf(ShapeException.class)
        .hasMessage("backward: the loss must be one value, got shape [32, 10]");
  }
}
