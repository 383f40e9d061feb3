package dev.fovea.examples.lessons;

import static dev.fovea.layers.Activation.RELU;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.Layer;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Sgd;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.util.Set;
import java.util.stream.IntStream;

/** Five questions on flatten and dense, each answered by a computation. */
final class QuestionsLesson implements Lesson {
  private static final int CELLS = 8;
  private static final int SAMPLES = 1_000;
  private static final int STEPS = 100;

  private final Tensor flat = Ops.flatten(Tensor.wrap(Anchor.maps().shape().prepend(1), Anchor.maps().data()));
  private final Tensor weight = Tensor.wrap(Shape.of(Anchor.CLASSES, CELLS), Anchor.weights(CELLS));

  @Override
  public String name() {
    return "questions";
  }

  @Override
  public String title() {
    return "Five questions on flatten and dense, answered by computation";
  }

  @Override
  public Set<String> options() {
    return Set.of("--seed");
  }

  @Override
  public void show(Page page) {
    RandomSource random = new RandomSource(page.options().seed());
    page.text("The maps, the weights and the scores are those of `fovea lesson flatten`. Guess before you read on.");
    neighbours(page);
    counts(page);
    scaledRow(page, random);
    largerPicture(page);
    adjacentCells(page, random);
    page.remember(
        "Dense sums over all cells; a sum knows neither neighbours nor order.",
        "Behind flatten the number of weights grows with the area of the maps, behind GAP only with their number.",
        "The class is a matter of which score is the largest, not of how large it is.",
        "Flatten and dense are made for one size of picture; GAP takes any.",
        "What two cells have to do with each other a dense layer learns from the data alone, wherever they stand.");
  }

  private void neighbours(Page page) {
    page.heading("1. Flatten forgets which pixels were neighbours. Does the dense layer miss it?");
    Tensor logits = Ops.dense(flat, weight, null);
    int[] order = IntStream.range(0, CELLS).toArray();
    long orders = 0;
    double furthest = 0;
    do {
      orders++;
      furthest = Math.max(furthest, FiniteDifference.furthest(logits,
          Ops.dense(Columns.reordered(flat, order), Columns.reordered(weight, order), null)));
    } while (Columns.next(order));
    page.text("The vector was read in each of the %,d orders that %d cells can have, the columns of the weights moved "
        + "alike. No logit ever moved by more than %.0e, which is rounding. A score is a weighted sum over all "
        + "cells: it has no place for the question who stands beside whom. It need not ask it either, because the "
        + "convolutions before it did: each cell already tells what they found in a neighbourhood of the picture.",
        orders, CELLS, furthest);
  }

  private static void counts(Page page) {
    page.heading("2. How many parameters for 4 maps of 3x3 and 5 classes, with flatten and with GAP?");
    long flatten = Sequential.of(Shape.of(4, 3, 3), 0L, Flatten.of(), Dense.of(5)).parameterCount();
    long gap = Sequential.of(Shape.of(4, 3, 3), 0L, GlobalAveragePooling.of(), Dense.of(5)).parameterCount();
    page.table(Table.of("head", "inputs of the dense layer", "weights", "biases", "parameters")
        .row("flatten", 4 * 3 * 3, 4 * 3 * 3 * 5, 5, flatten)
        .row("gap", 4, 4 * 5, 5, gap));
    page.text("%.1f times as many with flatten: not quite 3x3 = 9 times, because both have the same 5 biases.",
        (double) flatten / gap);
  }

  private void scaledRow(Page page, RandomSource random) {
    page.heading("3. Class 0 has the largest score. Make its row of weights ten times smaller: does the class change?");
    Table table = Table.of("row 0 times", "logit 0", "logit 1", "logit 2", "p of class 0", "class");
    for (float factor : new float[] {1, 0.1f, 0, -0.5f, -0.99f, -1}) {
      Tensor z = Ops.dense(flat, scaled(factor), null);
      table.row(factor, z.get(0, 0), z.get(0, 1), z.get(0, 2), Ops.softmax(z).get(0, 0), z.argMax());
    }
    page.table(table);
    Tensor z = Ops.dense(flat, weight, null);
    float second = Math.max(z.get(0, 1), z.get(0, 2));
    page.text("Not here: at 0.1 the score is small, but still above the others, which are below 0; only the network "
        + "is less sure. The class changes where the score of class 0 falls below the next one, %.4f: at a factor of "
        + "%.4f / %.4f = %.4f. No factor above 0 can do that.", second, second, z.get(0, 0),
        second / z.get(0, 0));
    int zeros = 0;
    int changed = 0;
    for (int i = 0; i < SAMPLES; i++) {
      Tensor x = Tensor.zeros(flat.shape());
      for (int cell = 0; cell < CELLS; cell++) {
        x.data()[cell] = (float) random.uniform();
      }
      if (Ops.dense(x, weight, null).argMax() == 0) {
        zeros++;
        changed += Ops.dense(x, scaled(0.1f), null).argMax() == 0 ? 0 : 1;
      }
    }
    page.text("With other maps it can change: of %,d random pairs of maps %d are of class 0, and with row 0 times 0.1 "
        + "%d of these are not any more. In those the next score was above a tenth of the first.", SAMPLES,
        zeros, changed);
  }

  private Tensor scaled(float factor) {
    Tensor scaled = Tensor.of(weight.shape(), weight.toArray());
    for (int i = 0; i < CELLS; i++) {
      scaled.data()[i] *= factor;
    }
    return scaled;
  }

  private static void largerPicture(Page page) {
    page.heading("4. A network for pictures of 128x128 meets one of 256x256. What breaks, and why not with GAP?");
    Tensor picture = Tensor.zeros(Shape.of(3, 256, 256));
    try {
      network(Flatten.of()).predict(picture);
    } catch (ShapeException error) {
      page.text("With flatten, the dense layer has a weight for each cell of maps of one size, and now there are "
          + "other cells:");
      page.code(error.getMessage());
    }
    page.text("With GAP there is one number a map however large it is, and ten scores come out, shape "
        + network(GlobalAveragePooling.of()).predict(picture).shape() + ". (Whether they are good ones is another "
        + "question: `fovea lesson input-size` measures it.)");
  }

  private static Sequential network(Layer head) {
    return Sequential.of(Shape.of(3, 128, 128), 1L, Conv2D.of(8, 3).withActivation(RELU), MaxPooling2D.of(4), head,
        Dense.of(10));
  }

  private void adjacentCells(Page page, RandomSource random) {
    page.heading("5. Two cells stand side by side in the vector by chance. Can the dense layer learn from that?");
    int[] apart = {4, 0, 1, 2, 3, 5, 6, 7};
    page.text("Flat cells 3 and 4 stand side by side, though one ends map 0 and the other begins map 1. Let cell 4 "
        + "move to the front of the vector and its weights with it. The gradient of a weight is dz x: it holds the "
        + "cell's own value and the score's gradient, and nothing of the cells beside it.");
    Table gradients = Table.of("cells", "gradient at weight 3 of class 0", "gradient at weight 4 of class 0");
    Tensor near = gradient(flat, weight);
    Tensor far = gradient(Columns.reordered(flat, apart), Columns.reordered(weight, apart));
    gradients.row("side by side", near.get(0, 3), near.get(0, 4));
    gradients.row("apart", far.get(0, 4), far.get(0, 0));
    page.table(gradients);

    Tensor x = Tensor.normal(Shape.of(64, CELLS), random);
    Tensor rule = Tensor.normal(Shape.of(Anchor.CLASSES, CELLS), random);
    Tensor y = Tensor.zeros(Shape.of(64));
    for (int i = 0; i < 64; i++) {
      y.data()[i] = Ops.slice(Ops.dense(x, rule, null), 0, i, i + 1).argMax();
    }
    Trainer one = trainer(weight);
    Trainer other = trainer(Columns.reordered(weight, apart));
    double furthest = 0;
    double first = 0;
    double last = 0;
    for (int step = 0; step < STEPS; step++) {
      last = one.step(x, y).loss();
      first = step == 0 ? last : first;
      furthest = Math.max(furthest, Math.abs(last - other.step(Columns.reordered(x, apart), y).loss()));
    }
    page.text("Two networks that learn some rule on 64 vectors, one with the cells side by side and one with them "
        + "apart, have the same loss at each of %d steps (from %.4f to %.4f, never further apart than %.0e). So it "
        + "cannot: the order of the vector decides nothing about what can be learned. That two cells belong together "
        + "it learns if the data say so, and then wherever they stand.", STEPS, first, last, furthest);
  }

  private static Tensor gradient(Tensor x, Tensor weight) {
    Tensor w = Tensor.of(weight.shape(), weight.toArray()).withGrad();
    Ops.crossEntropyFromLogits(Ops.dense(x, w, null), Tensor.vector(Anchor.LABEL)).backward();
    return w.gradient();
  }

  private static Trainer trainer(Tensor weight) {
    Sequential model = Sequential.of(Shape.of(CELLS), 0L, Dense.of(Anchor.CLASSES));
    model.set("dense.weight", weight.toArray());
    return Trainer.of(model, Sgd.of(0.5), Loss.sparseCategoricalCrossEntropy().fromLogits());
  }
}
