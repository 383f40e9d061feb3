package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.GradientCheck;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.Parameters;
import dev.fovea.layers.Pass;
import dev.fovea.train.Trainer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShiftLessonTest {
  private static final Dataset TRAIN = Digits.generate(400, 1L);
  private static final Dataset TEST = Digits.generate(100, ~1L);

  @Test
  void wrap() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 3), 1, 2, 3, 4, 5, 6).withGrad();
    Tensor y = new Wrap(1).forward(x, Parameters.of(List.of(), 0), Pass.inference());
    assertThat(y.shape()).isEqualTo(Shape.of(1, 1, 4, 5));
    assertThat(y.toArray()).containsExactly(
        6, 4, 5, 6, 4,
        3, 1, 2, 3, 1,
        6, 4, 5, 6, 4,
        3, 1, 2, 3, 1);
    GradientCheck.of(in -> new Wrap(1).forward(in[0], Parameters.of(List.of(), 0), Pass.inference()),
        Tensor.normal(Shape.of(2, 2, 3, 4), new RandomSource(1)).withGrad()).step(0.5f).run().orThrow(1e-5);
  }

  @Test
  void behindGlobalPoolingNothingMoves() {
    Trainer pooled = ShiftLesson.trained(GlobalAveragePooling.of(), TRAIN, 1);
    Tensor before = pooled.predict(TEST);
    double accuracy = pooled.evaluate(TEST).accuracy();
    for (int columns : List.of(4, 8, 12, 16, 20, 24)) {
      ShiftLesson.Effect effect = ShiftLesson.effect(pooled, TEST, before, columns);
      assertThat(effect.moved()).as("by %d", columns).isLessThan(1e-5);
      assertThat(effect.accuracy()).isEqualTo(accuracy);
    }
    assertThat(ShiftLesson.effect(pooled, TEST, before, 1).moved()).as("between two steps of the pooling")
        .isGreaterThan(0.01);
  }

  @Test
  void behindFlattenEveryPixelCounts() {
    Trainer flatten = ShiftLesson.trained(Flatten.of(), TRAIN, 1);
    Tensor before = flatten.predict(TEST);
    double less = 0;
    for (int columns : List.of(1, 2, 4, 8)) {
      double moved = ShiftLesson.effect(flatten, TEST, before, columns).moved();
      assertThat(moved).as("by %d", columns).isGreaterThan(less + 0.01);
      less = moved;
    }
    assertThat(ShiftLesson.effect(flatten, TEST, before, 8).accuracy())
        .isLessThan(ShiftLesson.effect(flatten, TEST, before, 0).accuracy() - 0.2);
    assertThat(ShiftLesson.effect(flatten, TEST, before, 28).moved()).as("all the way round").isZero();
  }

  @Test
  void shownInFull() {
    Shown shown = Shown.of(new ShiftLesson(100));
    assertThat(shown.text()).contains("""
        After [1, 2, 2, 2]
          map 0             map 1
          0.4000  0.8000    0.9000  0.1000
          0.6000  0.2000    0.3000  0.5000
        """, """
        \s                               before    after
        -----------------------------  -------  -------
        logit behind flatten, class 0   1.0856   0.7023
        logit behind flatten, class 1  -1.6298  -0.4486
        logit behind flatten, class 2  -1.0819  -0.1883
        mean of map 0                   0.5000   0.5000
        mean of map 1                   0.4500   0.4500
        logit behind GAP, class 0       0.0931   0.0931
        logit behind GAP, class 1       0.5046   0.5046
        logit behind GAP, class 2      -0.1112  -0.1112
        """, """
        flatten + dense      54,666
        GAP + dense          23,946
        """).containsPattern("\n +4 +[0-9.]+ % +[0-9.]+ % +0\\.0 % +[0-9.]+ %\n");
  }
}
