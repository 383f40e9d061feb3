package dev.fovea.examples.lessons;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
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
import dev.fovea.train.Evaluation;
import dev.fovea.train.Fit;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.util.Locale;
import java.util.Set;

/** Networks that were trained on pictures of 32x32 meet pictures of 64x64. */
final class InputSizeLesson implements Lesson {
  static final int SIDE = 32;
  static final int LARGER = 64;
  private static final int EPOCHS = 3;
  private static final int BATCH = 32;
  private static final int COLUMNS = 76;

  private final int digits;

  /** As it is shown. */
  InputSizeLesson() {
    this(3_000);
  }

  /** Trained with so many digits, and tested with a quarter of them. */
  InputSizeLesson(int digits) {
    this.digits = digits;
  }

  @Override
  public String name() {
    return "input-size";
  }

  @Override
  public String title() {
    return "Larger pictures than those trained on: what the heads take";
  }

  @Override
  public Set<String> options() {
    return Set.of("--seed");
  }

  static Trainer trained(Layer head, Dataset train, long seed) {
    Sequential model = Sequential.of(Shape.of(1, SIDE, SIDE), seed,
        Conv2D.of(16, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(64, 3).withActivation(RELU), head, Dense.of(10).withActivation(SOFTMAX));
    Trainer trainer = Trainer.of(model, Adam.of(2e-3), Loss.sparseCategoricalCrossEntropy());
    trainer.fit(train, Fit.epochs(EPOCHS).batchSize(BATCH).seed(seed).quietly());
    return trainer;
  }

  /** What a network says to pictures it cannot take. */
  static String refusal(Trainer trainer, Dataset pictures) {
    try {
      trainer.evaluate(pictures);
    } catch (ShapeException refused) {
      return refused.getMessage();
    }
    throw new IllegalStateException("input-size: expected pictures " + pictures.sampleShape() + " to be refused");
  }

  @Override
  public void show(Page page) {
    long seed = page.options().seed();
    Dataset train = Rearranged.framed(Digits.generate(digits, seed), SIDE);
    Dataset test = Rearranged.framed(Digits.generate(digits / 4, ~seed), SIDE);
    page.heading("Two networks for 32x32");
    page.text(String.format(Locale.ROOT, "The same three convolutions with both heads, each trained for %d epochs on "
        + "%,d generated digits in a frame of %dx%d.", EPOCHS, digits, SIDE, SIDE));
    Trainer flatten = trained(Flatten.of(), train, seed);
    Trainer pooled = trained(GlobalAveragePooling.of(), train, seed);
    page.code(flatten.model().summary());
    page.code(pooled.model().summary());

    page.heading("They meet 64x64");
    Dataset enlarged = Rearranged.enlarged(test, LARGER / SIDE);
    Dataset framed = Rearranged.framed(test, LARGER);
    page.text("Behind flatten each weight belongs to one value, and pictures of 64x64 bring more values than there are "
        + "weights. The whole error:");
    page.code(Prose.wrapped(refusal(flatten, enlarged), COLUMNS));
    page.text("The convolutions have no objection: a kernel of 3x3 slides over maps of any size. And global average "
        + "pooling gives one mean for each map, however large the map is. So the other network takes them:");
    Table table = Table.of("test pictures", "flatten head", "GAP head");
    table.row("32x32, as trained", percent(flatten.evaluate(test)), percent(pooled.evaluate(test)));
    table.row("64x64, each pixel four times", "refused", percent(pooled.evaluate(enlarged)));
    table.row("64x64, more ground around the digit", "refused", percent(pooled.evaluate(framed)));
    page.table(table);
    page.text("Accepted is not understood. The weights were found for strokes of a certain width and for digits that "
        + "fill the picture. Enlarged, a stroke is twice as wide, and the first kernels do not see both its sides at "
        + "once. With more ground around it the digit is the same, but three quarters of every mean now come "
        + "from nothing.");
    page.remember("Flatten + dense takes the picture size it was built for and no other. GAP + dense takes any.",
        "Taking a size is not being good at it: test at the sizes that will come, and train with them.",
        "A flatten network wants its pictures resized before they go in; the error says to what.");
  }

  private static String percent(Evaluation evaluation) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * evaluation.accuracy());
  }
}
