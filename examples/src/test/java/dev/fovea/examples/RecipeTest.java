package dev.fovea.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.data.Digits;
import dev.fovea.layers.Sequential;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecipeTest {
  @Test
  void smallNetworksHaveUnder100000Parameters() {
    assertThat(Recipe.all()).isNotEmpty();
    for (Recipe recipe : Recipe.all()) {
      Sequential model = recipe.model(Shape.of(1, 28, 28), 1);
      int parameters = model.parameters().stream().mapToInt(parameter -> parameter.shape().size()).sum();
      if (recipe.name().equals("small")) {
        assertThat(parameters).as(recipe.title()).isBetween(50_000, 99_999);
      }
      assertThat(Recipe.of(recipe.data(), recipe.name())).isSameAs(recipe);
    }
    assertThat(Recipe.of("mnist", "small").epochs()).isLessThanOrEqualTo(20);
  }

  @Test
  void itsRatesSpanAllSteps() {
    assertThat(Recipe.of("mnist", "small").optimizer(55_001)).hasToString(
        "AdamW.of(Schedule.oneCycle(0.005, 8816).withPercentStart(0.2)).withWeightDecay(0.02)");
    assertThat(Recipe.of("mnist", "small").fit(3)).hasToString("Fit.epochs(16).batchSize(100).seed(3L)"
        + ".augmentation(Augmentation.of(Rotate.of(10.0), Scale.of(0.9, 1.1).stretching(), Shear.of(0.15),"
        + " Shift.of(2.0)))");
    assertThat(Recipe.of("fashion-mnist", "small").loss())
        .hasToString("Loss.sparseCategoricalCrossEntropy().withLabelSmoothing(0.05)");
  }

  @Test
  void runsOneAfterTheOther() {
    Recipe recipe = Recipe.of("mnist", "small");
    Recipe brief = new Recipe("mnist", "brief", recipe.layers(), recipe.augmentation(), recipe.rate(),
        recipe.weightDecay(), recipe.labelSmoothing(), 2, 20);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    double[] accuracies = new RecipeRun(brief, Digits.generate(240, 1), Digits.generate(100, 2), out).run(1, 2);
    assertThat(accuracies).hasSize(2);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("seed 1: epoch ", "seed 2: epoch ",
        "mnist brief: mean test accuracy 0.", " over 2 seeds");
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Recipe.of("mnist", "huge")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recipe: expected one of mnist small, fashion-mnist small, got mnist huge");
  }
}
