package dev.fovea.examples.lessons;

import static dev.fovea.layers.Activation.RELU;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.Layer;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Fit;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A picture moved by some pixels: what that does behind flatten, and behind global average pooling. */
final class ShiftLesson implements Lesson {
  static final List<Integer> SHIFTS = List.of(0, 1, 2, 3, 4, 8, 14);
  /** Two poolings by 2: a picture moved by 4 pixels moves the last maps by 1. */
  static final int STEP = 4;
  private static final int EPOCHS = 3;
  private static final int BATCH = 32;

  private final int digits;

  /** As it is shown. */
  ShiftLesson() {
    this(3_000);
  }

  /** Trained with so many digits, and tested with a quarter of them. */
  ShiftLesson(int digits) {
    this.digits = digits;
  }

  /** Three convolutions that see no edge, two poolings, and this head. It gives logits. */
  static Sequential network(Layer head, long seed) {
    return Sequential.of(Shape.of(1, 28, 28), seed,
        new Wrap(1), Conv2D.of(16, 3).withActivation(RELU), MaxPooling2D.of(2),
        new Wrap(1), Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        new Wrap(1), Conv2D.of(64, 3).withActivation(RELU), head, Dense.of(10));
  }

  /**
   * What a move did to the logits of a data set.
   *
   * @param moved how far they moved, as a share of their length, on average: |z' - z| / |z|
   * @param accuracy how many pictures are still told right
   */
  record Effect(double moved, double accuracy) {}

  /**
   * What moving all pictures does.
   *
   * @param before the logits for the pictures where they were
   */
  static Effect effect(Trainer trainer, Dataset test, Tensor before, int columns) {
    Tensor after = trainer.predict(Rearranged.turned(test, columns));
    int classes = before.shape().dim(1);
    double moved = 0;
    int right = 0;
    for (int n = 0; n < test.size(); n++) {
      double distance = 0;
      double length = 0;
      int largest = 0;
      for (int k = 0; k < classes; k++) {
        distance += Math.pow(after.get(n, k) - before.get(n, k), 2);
        length += Math.pow(before.get(n, k), 2);
        largest = after.get(n, k) > after.get(n, largest) ? k : largest;
      }
      moved += Math.sqrt(distance / length);
      right += largest == test.label(n) ? 1 : 0;
    }
    return new Effect(moved / test.size(), right / (double) test.size());
  }

  @Override
  public String name() {
    return "shift";
  }

  @Override
  public String title() {
    return "A moved picture: flatten's logits move, GAP's do not";
  }

  @Override
  public Set<String> options() {
    return Set.of("--seed");
  }

  @Override
  public void show(Page page) {
    page.heading("Two maps, turned by one column");
    page.text("The maps of the lesson `flatten` with their two columns swapped: what leaves on the right comes back in "
        + "on the left.");
    Tensor maps = Ops.reshape(Anchor.maps(), 1, 2, 2, 2);
    Tensor turned = Ops.concat(3, Ops.slice(maps, 3, 1, 2), Ops.slice(maps, 3, 0, 1));
    page.tensor("Before", maps);
    page.tensor("After", turned);
    Table logits = Table.of("", "before", "after");
    addRows(logits, "logit behind flatten, class", logits(Ops.flatten(maps)), logits(Ops.flatten(turned)));
    addRows(logits, "mean of map", Ops.globalAveragePool(maps), Ops.globalAveragePool(turned));
    addRows(logits, "logit behind GAP, class", logits(Ops.globalAveragePool(maps)),
        logits(Ops.globalAveragePool(turned)));
    page.table(logits);
    page.text("The flat vector holds the same numbers in other places, and each place has weights of its own, so that "
        + "all three logits change. The means do not change, and so no logits behind them do.");

    page.heading("Two trained networks");
    long seed = page.options().seed();
    page.text(String.format(Locale.ROOT, "The same three convolutions with both heads, each trained on %,d generated "
        + "digits for %d epochs. Before each convolution the maps are wrapped around like a ring, so that no edge "
        + "gives a place away; two poolings by 2 make steps of %d pixels.", digits, EPOCHS, STEP));
    Dataset train = Digits.generate(digits, seed);
    Dataset test = Digits.generate(digits / 4, ~seed);
    Trainer flatten = trained(Flatten.of(), train, seed);
    Trainer pooled = trained(GlobalAveragePooling.of(), train, seed);
    page.table(Table.of("head", "parameters")
        .row("flatten + dense", flatten.model().parameterCount())
        .row("GAP + dense", pooled.model().parameterCount()));
    Table table = Table.of("moved by", "flatten: logits moved", "accuracy", "GAP: logits moved", "accuracy");
    Tensor flattened = flatten.predict(test);
    Tensor averaged = pooled.predict(test);
    for (int columns : SHIFTS) {
      Effect first = effect(flatten, test, flattened, columns);
      Effect second = effect(pooled, test, averaged, columns);
      table.row(columns, percent(first.moved()), percent(first.accuracy()),
          percent(second.moved()), percent(second.accuracy()));
    }
    page.table(table);
    page.text(String.format(Locale.ROOT, "All %,d test digits are moved to the right by so many pixels, in a ring. "
        + "Logits moved: the distance between the ten logits before and after, as a share of their length, on average. "
        + "Moved by %d, %d or any multiple, the last maps are the same ones, turned: their means, and with them the "
        + "logits behind GAP, are what they were. In between the poolings fall on other pixels and GAP's logits move, "
        + "but they come back. Flatten's move further and further, and what it says goes wrong.",
        digits / 4, STEP, 2 * STEP));
    page.remember("One hears that position no longer matters after flatten. It does: every position has weights of its "
            + "own, and a picture that moves meets other weights.",
        "Global pooling is what forgets position: logits behind it do not change when the maps are turned.",
        "Whether that is good depends on the task: a moved 7 is a 7, but where the 7 is, GAP cannot say.");
  }

  /** What a dense layer with the weights of the lesson {@code flatten} makes of a vector, [1, values]. */
  static Tensor logits(Tensor vector) {
    int values = vector.shape().dim(1);
    return Ops.dense(vector, Tensor.of(Shape.of(Anchor.CLASSES, values), Anchor.weights(values)), null);
  }

  private static void addRows(Table table, String what, Tensor before, Tensor after) {
    for (int i = 0; i < before.shape().size(); i++) {
      table.row(what + " " + i, before.data()[i], after.data()[i]);
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static Trainer trained(Layer head, Dataset train, long seed) {
    Trainer trainer = Trainer.of(network(head, seed), Adam.of(2e-3), Loss.sparseCategoricalCrossEntropy().fromLogits());
    trainer.fit(train, Fit.epochs(EPOCHS).batchSize(BATCH).seed(seed).quietly());
    return trainer;
  }
}
