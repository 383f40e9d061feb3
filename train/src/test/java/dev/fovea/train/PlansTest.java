package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import dev.fovea.core.plan.PlanSettings;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Sequential;
import org.junit.jupiter.api.Test;

class PlansTest {
  private final Sequential model = Sequential.of(Shape.of(3), 1, Dense.of(2), Dense.of(2));
  private final Plans plans = new Plans(model, Loss.meanSquaredError(), PlanSettings.standard());

  @Test
  void eachShapeIsRecordedOnce() {
    Recorded first = training(4);
    assertThat(training(5)).isNotSameAs(first);
    assertThat(training(4)).isSameAs(first);
    assertThat(plans.evaluation(new BatchShape(Shape.of(4, 3), Shape.of(4, 2), false))).isNotSameAs(first);
    assertThat(plans.prediction(Shape.of(4, 3))).isSameAs(plans.prediction(Shape.of(4, 3)));
    assertThat(plans.size()).isEqualTo(4);
    BatchShape weighted = new BatchShape(Shape.of(4, 3), Shape.of(4, 2), true);
    assertThat(plans.training(weighted)).isNotSameAs(first).isSameAs(plans.training(weighted));
  }

  @Test
  void theLeastRecentlyUsedIsDropped() {
    Recorded first = training(1);
    Recorded second = training(2);
    for (int n = 3; n <= 6; n++) {
      training(n);
    }
    assertThat(training(1)).isSameAs(first);
    training(7);
    assertThat(plans.size()).isEqualTo(6);
    assertThat(training(1)).isSameAs(first);
    assertThat(training(2)).isNotSameAs(second);
  }

  @Test
  void allAreForgottenWhenOtherParametersAreFrozen() {
    Recorded first = training(1);
    model.freeze("dense");
    Recorded frozen = training(1);
    assertThat(frozen).isNotSameAs(first);
    assertThat(training(1)).isSameAs(frozen);
    model.unfreeze("dense");
    assertThat(training(1)).isNotSameAs(frozen);
  }

  private Recorded training(int samples) {
    return plans.training(new BatchShape(Shape.of(samples, 3), Shape.of(samples, 2), false));
  }
}
