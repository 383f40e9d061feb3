package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Regularizer;
import dev.fovea.optim.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegularizedTrainingTest {
  private static final Dataset DATA = Pictures.generate(16, 1);

  private static Trainer trainer() {
    return Trainer.of(Sequential.of(Pictures.SAMPLE, 3, Conv2D.of(4, 3), BatchNormalization.of(), RELU, Flatten.of(),
        Dense.of(3)), Sgd.of(0.1), Loss.sparseCategoricalCrossEntropy().fromLogits());
  }

  /** By hand: y = w x + b with w = 3, b = 0.5, x = 2, target 6: the loss 0.25, its gradients 2 and 1. */
  @Test
  void value() {
    Sequential model = Sequential.of(Shape.of(1), 1, Dense.of(1));
    model.set("dense.weight", 3);
    model.set("dense.bias", 0.5f);
    Trainer trainer = Trainer.of(model, Sgd.of(0.125), Loss.meanSquaredError())
        .withRegularizer(Regularizer.l1l2(0.5, 0.25));
    StepResult result = trainer.step(Tensor.of(Shape.of(1, 1), 2), Tensor.of(Shape.of(1, 1), 6));
    assertThat(result.loss()).isEqualTo(0.25 + 0.5 * 3 + 0.25 * 9);
    assertThat(result.gradientNorm()).isEqualTo(Math.sqrt(4 * 4 + 1));
    assertThat(model.parameter("dense.weight").toArray()).containsExactly(3 - 0.125f * (2 + 0.5f + 2 * 0.25f * 3 ));
    assertThat(model.parameter("dense.bias").toArray()).containsExactly(0.5f - 0.125f);
  }

  /** Against a penalty computed from the weights: kernels alone, and the same in steps and evaluations. */
  @Test
  void reportedLossesIncludeThePenalty() {
    Trainer plain = trainer();
    Trainer regularized = trainer().withRegularizer(Regularizer.l2(0.01));
    double penalty = 0;
    for (Parameter parameter : plain.model().parameters()) {
      if (List.of("conv2d.weight", "dense.weight").contains(parameter.name())) {
        for (float weight : parameter.toArray()) {
          penalty += 0.01 * weight * weight;
        }
      }
    }
    assertThat(penalty).isGreaterThan(0.01);
    assertThat(regularized.evaluate(DATA).loss() - plain.evaluate(DATA).loss()).isCloseTo(penalty, within(1e-9));
    Tensor x = Pictures.x(16, 1);
    Tensor y = Pictures.y(16, 1);
    assertThat(regularized.step(x, y).loss() - plain.step(x, y).loss()).isCloseTo(penalty, within(1e-9));
    assertThat(regularized.model().parameter("batch_normalization.weight").toArray())
        .as("a normalization's parameters").isEqualTo(plain.model().parameter("batch_normalization.weight").toArray());
    assertThat(regularized.model().parameter("dense.bias").toArray())
        .as("a bias").isEqualTo(plain.model().parameter("dense.bias").toArray());
    assertThat(regularized.model().parameter("dense.weight").toArray())
        .as("a kernel").isNotEqualTo(plain.model().parameter("dense.weight").toArray());
  }

  /** On all parameters l2 is half of the weight decay that is added to gradients. */
  @Test
  void halfOfAWeightDecay() {
    Trainer regularized = trainer().withRegularizer(Regularizer.l2(0.05).on(name -> true));
    Trainer decayed = Trainer.of(trainer().model(), Sgd.of(0.1).withWeightDecay(0.1), regularized.loss());
    Fit fit = Fit.epochs(2).batchSize(8).seed(4).quietly();
    regularized.fit(DATA, fit);
    decayed.fit(DATA, fit);
    for (Parameter parameter : decayed.model().parameters()) {
      assertThat(regularized.model().parameter(parameter.name()).toArray())
          .containsExactly(parameter.toArray(), within(1e-5f));
    }
  }

  @Test
  void makesWeightsSmall() {
    Trainer trainer = trainer().withRegularizer(Regularizer.l1(0.01));
    double before = trainer.evaluate(DATA).loss();
    trainer.fit(DATA, Fit.epochs(60).batchSize(8).quietly());
    int small = 0;
    for (float weight : trainer.model().parameter("dense.weight").toArray()) {
      small += Math.abs(weight) < 0.005 ? 1 : 0;
    }
    assertThat(small).isGreaterThan(trainer.model().parameter("dense.weight").shape().size() / 2);
    assertThat(trainer.evaluate(DATA).loss()).isLessThan(before);
  }
}
