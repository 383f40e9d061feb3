package dev.fovea.train;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.conv.choice.ConvChoice;
import dev.fovea.core.plan.PlanSettings;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.GroupNormalization;
import dev.fovea.layers.Residual;
import dev.fovea.layers.SeparableConv2D;
import dev.fovea.layers.Sequential;
import dev.fovea.layers.SpatialDropout2D;
import dev.fovea.layers.SqueezeExcitation;
import dev.fovea.layers.StochasticDepth;
import dev.fovea.optim.Sgd;
import org.junit.jupiter.api.Test;

/**
 * Layers that draw by channel or by sample, or sum over groups of channels, in planned training: the same steps in
 * either memory format, the same bits for any number of threads, other draws at each step.
 */
class PlannedLayersTest {
  private static final PlanSettings BLOCKED = new PlanSettings(ConvChoice.DIRECT, true);
  private static final int STEPS = 3;

  private static Sequential model() {
    return Sequential.of(Pictures.SAMPLE, 3L,
        Conv2D.of(20, 3).withPadding(SAME), GroupNormalization.of(5), RELU, SpatialDropout2D.of(0.3),
        Residual.of(SeparableConv2D.of(20, 3).withPadding(SAME), GroupNormalization.of(4), SqueezeExcitation.of(4),
            StochasticDepth.of(0.4)).withActivation(RELU),
        GlobalAveragePooling.of(), Dense.of(3).withActivation(SOFTMAX));
  }

  private static Sequential trained(PlanSettings settings) {
    Sequential model = model();
    Trainer trainer = Trainer.of(model, Sgd.of(0.1), Loss.sparseCategoricalCrossEntropy()).withPlans(settings);
    for (int step = 0; step < STEPS; step++) {
      trainer.step(Pictures.x(8, 1), Pictures.y(8, 1));
    }
    return model;
  }

  @Test
  void eitherFormatTakesTheSameSteps() {
    Sequential plain = trained(PlanSettings.plain());
    Sequential blocked = trained(BLOCKED);
    plain.parameters().forEach(parameter -> assertThat(blocked.parameter(parameter.name()).toArray())
        .as(parameter.name()).containsExactly(parameter.toArray(), within(2e-5f)));
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Sequential expected = trained(BLOCKED);
    int threads = Parallel.threads();
    Parallel.limit(1);
    try {
      Sequential alone = trained(BLOCKED);
      expected.parameters().forEach(parameter -> assertThat(alone.parameter(parameter.name()).toArray())
          .as(parameter.name()).containsExactly(parameter.toArray()));
    } finally {
      Parallel.limit(threads);
    }
  }

  /** A rate of almost 0 leaves the weights, so that only the draws can change the loss. */
  @Test
  void eachStepDrawsAnew() {
    Trainer trainer = Trainer.of(model(), Sgd.of(1e-12), Loss.sparseCategoricalCrossEntropy());
    double first = trainer.step(Pictures.x(8, 1), Pictures.y(8, 1)).loss();
    double second = trainer.step(Pictures.x(8, 1), Pictures.y(8, 1)).loss();
    assertThat(second).isNotCloseTo(first, within(1e-4));
    assertThat(trained(BLOCKED).predict(Pictures.x(1, 1)).toArray())
        .as("inference draws nothing").isEqualTo(trained(BLOCKED).predict(Pictures.x(1, 1)).toArray());
  }
}
