package dev.fovea.examples.lessons;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Digits;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/** Flatten's order is arbitrary, but it must be the one the weights were made for. */
final class OrderLesson implements Lesson {
  private static final Tensor LABEL = Tensor.vector(Anchor.LABEL);
  private static final int DIGITS = 1_600;
  private static final int BATCH = 32;
  private static final Set<Integer> SHOWN = Set.of(1, 2, 5, 10, 20, 50);

  @Override
  public String name() {
    return "order";
  }

  @Override
  public String title() {
    return "Order: any will do for flatten, as long as it stays the same";
  }

  @Override
  public Set<String> options() {
    return Set.of("--seed");
  }

  @Override
  public void show(Page page) {
    RandomSource random = new RandomSource(page.options().seed());
    Tensor maps = Tensor.wrap(Anchor.maps().shape().prepend(1), Anchor.maps().data());
    Tensor weight = Tensor.wrap(Shape.of(Anchor.CLASSES, maps.shape().size()), Anchor.weights(maps.shape().size()));
    Tensor flat = Ops.flatten(maps);
    int[] any = random.permutation(flat.shape().size());

    page.text("Flatten reads map by map, in each map row by row: channel, height, width. It might as well read in any "
        + "other order. The dense layer behind it forms sums, and a sum does not mind in which order its terms come.");
    page.heading("Values and weights in another order: the same scores");
    page.text("Let the vector be read in the order " + Arrays.toString(any) + " of its cells, and let the columns of "
        + "the weights move alike:");
    Scores usual = new Scores(flat, weight);
    Scores moved = new Scores(Columns.reordered(flat, any), Columns.reordered(weight, any));
    page.tensor("The vector as it is", flat);
    page.tensor("The vector in that order", moved.x);
    Table scores = Table.of("order", "logit 0", "logit 1", "logit 2", "loss", "class");
    usual.row("as it is", scores);
    moved.row("moved, the weights alike", scores);
    page.table(scores);
    page.tensor("Gradient at the vector as it is", usual.x.gradient());
    page.tensor("Gradient at the moved one: the same numbers, moved alike", moved.x.gradient());

    page.heading("The same at every step of a training run");
    page.text("Two networks learn to read %,d digits of 28x28 pixels, one with the pixels as they are, one with all "
        + "784 shuffled, in each picture alike; the columns of its first weights are shuffled alike, too. Nobody "
        + "could read the shuffled digits, but these losses are the same (up to rounding: the terms are added in "
        + "another order).", DIGITS);
    train(page, random);

    page.heading("A wrong order: a bug that hides");
    page.text("Some frameworks keep the channel last and flatten in the order height, width, channel. Suppose the "
        + "maps are read so while the weights are still those for channel, height, width:");
    Scores wrong = new Scores(Ops.flatten(Ops.permute(maps, 0, 2, 3, 1)), weight);
    int[] channelsLast = channelsLast(maps.shape());
    Scores right = new Scores(wrong.x, Columns.reordered(weight, channelsLast));
    page.tensor("The vector, channel last", wrong.x);
    Table mixed = Table.of("vector", "weights", "logit 0", "logit 1", "logit 2", "loss", "class");
    usual.row("channel first", "channel first", mixed);
    wrong.row("channel last", "channel first", mixed);
    right.row("channel last", "channel last", mixed);
    page.table(mixed);
    page.text("Every score is wrong in the second line. But nothing fails: the lengths fit, the answer is still class "
        + "%d, and with a loss of %.4f instead of %.4f it looks even better. Such a bug is found by comparing "
        + "numbers, not by looking at answers.", wrong.z.argMax(), wrong.loss.item(), usual.loss.item());

    page.heading("Weights from a framework that keeps the channel last");
    page.text("Keras keeps pictures as (height, width, channel) by default and the weights of a dense layer as "
        + "(inputs, units). To use those of a dense layer behind its Flatten here: transpose them, then move the "
        + "columns, so that column (c * height + y) * width + x is what was row (y * width + x) * channels + c. For "
        + "these maps:");
    Table columns = Table.of("column here", "channel", "row", "column", "row there");
    int[] back = Columns.inverse(channelsLast);
    for (int i = 0; i < back.length; i++) {
      int line = i / maps.shape().dim(3);
      columns.row(i, line / maps.shape().dim(2), line % maps.shape().dim(2), i % maps.shape().dim(3), back[i]);
    }
    page.table(columns);
    Tensor there = Ops.permute(right.weight, 1, 0);
    Scores loaded = new Scores(flat, Columns.reordered(Ops.permute(there, 1, 0), back));
    page.text("Loaded like this the logits are %.4f %.4f %.4f again. A convolution's weights only want their axes "
        + "permuted, and behind GAP the columns are right as they are: one a channel.",
        loaded.z.get(0, 0), loaded.z.get(0, 1), loaded.z.get(0, 2));
    page.remember(
        "Flatten's order is arbitrary: with the weights' columns moved alike every score, every loss and every "
            + "gradient stays what it was.",
        "It is fixed nevertheless: weights belong to the order they were trained with.",
        "A wrong order raises no error and may even give the right class. Compare logits with those of the framework "
            + "the weights come from.");
  }

  /** For each place of a channel-last vector, the place of that value in a channel-first one. */
  private static int[] channelsLast(Shape shape) {
    Tensor places = Tensor.zeros(shape);
    for (int i = 0; i < shape.size(); i++) {
      places.data()[i] = i;
    }
    float[] order = Ops.permute(places, 0, 2, 3, 1).toArray();
    return IntStream.range(0, order.length).map(i -> (int) order[i]).toArray();
  }

  private static void train(Page page, RandomSource random) {
    int pixels = 28 * 28;
    int[] order = random.permutation(pixels);
    Sequential one = Sequential.of(Shape.of(pixels), 1L, Dense.of(32).withActivation(RELU),
        Dense.of(10).withActivation(SOFTMAX));
    Sequential other = Sequential.of(Shape.of(pixels), 1L, one.layers());
    other.set("dense.weight", Columns.reordered(one.parameter("dense.weight"), order).toArray());
    Trainer plain = Trainer.of(one, Adam.of(3e-3), Loss.sparseCategoricalCrossEntropy());
    Trainer shuffled = Trainer.of(other, Adam.of(3e-3), Loss.sparseCategoricalCrossEntropy());
    Table losses = Table.of("step", "loss, pixels as they are", "loss, pixels shuffled");
    double furthest = 0;
    try (BatchIterator batches = Batches.of(Digits.generate(DIGITS, page.options().seed()), BATCH).epoch(0)) {
      for (Batch batch : batches) {
        Tensor x = Ops.flatten(batch.x());
        double loss = plain.step(x, batch.y()).loss();
        double otherLoss = shuffled.step(Columns.reordered(x, order), batch.y()).loss();
        furthest = Math.max(furthest, Math.abs(loss - otherLoss));
        if (SHOWN.contains((int) plain.steps())) {
          losses.row(plain.steps(), loss, otherLoss);
        }
      }
    }
    page.table(losses);
    double apart = FiniteDifference.furthest(Columns.reordered(one.parameter("dense.weight"), order),
        other.parameter("dense.weight"));
    page.text("Over all %d steps the losses were never further apart than %.0e; after the last one the first weights, "
        + "moved alike, differ by at most %.0e.", plain.steps(), furthest, apart);
  }

  /** A dense layer without bias and its loss, with gradients. */
  private static final class Scores {
    private final Tensor x;
    private final Tensor weight;
    private final Tensor z;
    private final Tensor loss;

    private Scores(Tensor x, Tensor weight) {
      this.x = x.detach().withGrad();
      this.weight = weight;
      z = Ops.dense(this.x, weight, null);
      loss = Ops.crossEntropyFromLogits(z, LABEL);
      loss.backward();
    }

    private void row(String order, Table table) {
      table.row(order, z.get(0, 0), z.get(0, 1), z.get(0, 2), loss.item(), z.argMax());
    }

    private void row(String vector, String weights, Table table) {
      table.row(vector, weights, z.get(0, 0), z.get(0, 1), z.get(0, 2), loss.item(), z.argMax());
    }
  }
}
