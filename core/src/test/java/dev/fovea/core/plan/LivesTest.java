package dev.fovea.core.plan;

import static dev.fovea.core.plan.Graphs.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.List;
import org.junit.jupiter.api.Test;

/** First writers and lives on a graph small enough to do by hand: a = w x, b = relu(a), c = b + a, loss = sum(c). */
class LivesTest {
  private final Tensor x = Tensor.symbolic(Shape.of(1, 3));
  private final Tensor a = Ops.dense(x, parameter("weight", 1, 4, 3), null);
  private final Tensor b = Ops.relu(a);
  private final Tensor c = Ops.add(b, a);
  private final Tensor loss = Ops.sum(c);

  @Test
  void inTraining() {
    Recording recording = Recording.of(List.of(x), loss, List.of());
    boolean[] differentiated = recording.differentiated();
    assertThat(differentiated).containsExactly(true, true, true, true);
    FirstWriters writers = new FirstWriters(recording, differentiated);
    assertThat(writers.of(a)).as("the sum comes before relu on the way back").isEqualTo(2);
    assertThat(writers.of(b)).isEqualTo(2);
    assertThat(writers.of(c)).isEqualTo(3);
    assertThat(writers.of(loss)).isEqualTo(-1);
    Lives lives = new Lives(recording, differentiated, writers, new Views(recording));
    assertThat(lives.all().get(lives.value(1))).as("relu's slope is told from b at moment 6")
        .isEqualTo(new Buffers.Life(4, 1, 6));
    assertThat(lives.all().get(lives.gradient(0))).isEqualTo(new Buffers.Life(4, 5, 7));
    assertThat(lives.all().get(lives.gradient(3))).isEqualTo(new Buffers.Life(1, 4, 4));
  }

  @Test
  void inInference() {
    Recording recording = Recording.of(List.of(x), null, List.of(c));
    boolean[] differentiated = recording.differentiated();
    assertThat(differentiated).containsExactly(false, false, false);
    Lives lives = new Lives(recording, differentiated, new FirstWriters(recording, differentiated),
        new Views(recording));
    assertThat(lives.all()).containsExactly(
        new Buffers.Life(4, 0, 2), new Buffers.Life(4, 1, 2), new Buffers.Life(4, 2, 6));
  }

  @Test
  void whatTheLossDoesNotDependOnIsLeftOut() {
    Tensor aside = Ops.scale(a, 2);
    Recording recording = Recording.of(List.of(x), Ops.sum(b), List.of(aside));
    assertThat(recording.steps().get(3).output()).isSameAs(aside);
    assertThat(recording.differentiated()).containsExactly(true, true, true, false);
  }

  @Test
  void aViewLivesWhereItsInputLives() {
    Tensor flat = Ops.reshape(b, 4, 1);
    Recording recording = Recording.of(List.of(x), Ops.sum(Ops.scale(flat, 2)), List.of());
    boolean[] differentiated = recording.differentiated();
    Views views = new Views(recording);
    assertThat(views.is(2)).isTrue();
    assertThat(views.is(1)).isFalse();
    Lives lives = new Lives(recording, differentiated, new FirstWriters(recording, differentiated), views);
    assertThat(lives.value(2)).isEqualTo(lives.value(1));
    assertThat(lives.gradient(2)).isEqualTo(lives.gradient(1));
    assertThat(lives.all().get(lives.value(1))).isEqualTo(new Buffers.Life(4, 1, 8));
    assertThat(lives.all().get(lives.gradient(1))).as("from scale's way back to relu's")
        .isEqualTo(new Buffers.Life(4, 6, 8));
  }

  @Test
  void noViewOfWhatAnotherReadsToo() {
    Recording recording = Recording.of(List.of(x), Ops.sum(Ops.add(Ops.reshape(a, 1, 4), a)), List.of());
    assertThat(new Views(recording).is(1)).isFalse();
    Recording ofAnInput = Recording.of(List.of(x), Ops.sum(Ops.reshape(x, 3)), List.of());
    assertThat(new Views(ofAnInput).is(0)).as("its array is the caller's").isFalse();
  }
}
