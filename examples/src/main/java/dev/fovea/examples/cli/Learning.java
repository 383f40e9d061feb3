package dev.fovea.examples.cli;

import dev.fovea.data.Dataset;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.examples.Recipe;
import dev.fovea.examples.run.RunSettings;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Optimizer;
import dev.fovea.train.Loss;
import dev.fovea.train.Monitor;

/**
 * What learns, and how: the settings of a run, by a recipe or by the names of its parts.
 *
 * @param model the network, not trained yet
 * @param optimizer the optimizer, its rate spread over all steps
 * @param loss what is made small
 * @param augmentation what training samples go through
 * @param best what the best epoch is told by
 */
record Learning(Sequential model, Optimizer optimizer, Loss loss, Augmentation augmentation, Monitor best) {
  static Learning of(RunSettings settings, Dataset train) {
    if (settings.recipe() != null) {
      Recipe recipe = Recipe.of(settings.data().name(), settings.recipe());
      return new Learning(recipe.model(train.sampleShape(), settings.seed()), recipe.optimizer(train.size()),
          recipe.loss(), recipe.augmentation(), Monitor.VALIDATION_LOSS);
    }
    Sequential model = Choice.among(Network.values(), settings.network())
        .build(train.sampleShape(), train.classNames().size(), settings.seed());
    long steps = (long) settings.epochs() * ((train.size() + settings.batchSize() - 1) / settings.batchSize());
    Optimizer optimizer = Choice.among(OptimizerChoice.values(), settings.optimizer()).over(steps, settings.rate());
    return new Learning(model, optimizer, Loss.sparseCategoricalCrossEntropy(),
        Choice.among(AugmentChoice.values(), settings.augmentation()).of(train.sampleShape()),
        Monitor.VALIDATION_ACCURACY);
  }
}
