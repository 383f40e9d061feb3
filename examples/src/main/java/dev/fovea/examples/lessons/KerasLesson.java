package dev.fovea.examples.lessons;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Model;
import dev.fovea.optim.Sgd;
import dev.fovea.train.StepResult;
import dev.fovea.train.Targets;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Models known from Keras: their summaries, a training step of each, the way through JSON, many predictions. */
final class KerasLesson implements Lesson {
  private static final int BATCH = 256;
  private static final double RATE = 1e-3;
  /** As in the summaries. */
  private static final double MB = 0x1p20;

  private final int pictures;

  /** As it is shown. */
  KerasLesson() {
    this(60_000);
  }

  /** With so many pictures to predict. */
  KerasLesson(int pictures) {
    this.pictures = pictures;
  }

  @Override
  public String name() {
    return "keras";
  }

  @Override
  public String title() {
    return "Models known from Keras: counted, trained a step, saved, asked";
  }

  @Override
  public void show(Page page) throws IOException {
    page.heading("Two heads on the same convolutions");
    Model flatten = KerasModels.flattenHead();
    Model average = KerasModels.averageHead();
    page.text("Shapes are channels first: what Keras calls (224, 224, 3) is [3, 224, 224] here. The counts are the "
        + "same. Non-trainable are the running means and variances of batch normalization.");
    page.code(flatten.summary());
    page.code(average.summary());
    page.text(String.format(Locale.ROOT, "The same convolutions with another head: %,d parameters against %,d, %.0f "
            + "times as many. Nearly all stand in one matrix, that of the dense layer behind flatten.",
        flatten.parameterCount(), average.parameterCount(),
        flatten.parameterCount() / (double) average.parameterCount()));

    page.heading("VGG, counted only");
    Model head = KerasModels.vggHead();
    Model whole = KerasModels.vgg16();
    page.text(String.format(Locale.ROOT, "The head of a VGG network behind maps of 7x7x512, and VGG-16 whole. As "
            + "float32 the latter's parameters take %.0f MB. Counting took none of that: a model's parameters follow "
            + "from the shapes, and are made when they are first needed.",
        whole.parameterCount() * (double) Float.BYTES / MB));
    page.code(head.summary());
    page.code(whole.summary());
    page.text(String.format(Locale.ROOT, "%.0f %% of VGG-16's parameters are in its head.",
        100.0 * head.parameterCount() / whole.parameterCount()));

    page.heading("From maps to classes without flatten");
    page.text("Three graphs: layers are applied to nodes, and the last one adds two branches.");
    for (Model model : List.of(KerasModels.averagePooled(), KerasModels.maxPooled(), KerasModels.residualBlock())) {
      page.code(model.summary());
    }

    page.heading("With flatten");
    for (Model model : List.of(KerasModels.mnistConvnet(), KerasModels.smallConvnet(), KerasModels.denseOnly())) {
      page.code(model.summary());
    }
    Model alone = KerasModels.flattenAlone();
    Tensor batch = Tensor.zeros(alone.inputShape().prepend(32));
    page.text("Flatten alone, of a batch of 32 with 16 maps of 8x8 (in Keras (32, 8, 8, 16), channels last): "
        + batch.shape() + " becomes " + alone.predict(batch).shape() + ".");

    showSteps(page);
    showPredictions(page);
    page.remember("A parameter count follows from shapes alone; nothing has to be allocated to know it.",
        "In networks with a flatten head, that head holds most of the parameters.",
        "A model that goes through JSON comes back with the same weights to the bit.");
  }

  private static void showSteps(Page page) throws IOException {
    page.heading("A training step of each, and through JSON and back");
    page.text(String.format(Locale.ROOT, "Each model takes one step of gradient descent, rate %s, on two random "
        + "pictures; is written to a file; and is read again. The sigmoid of the last one answers ten yes-or-no "
        + "questions, so its loss is the binary cross-entropy.", RATE));
    Table table = Table.of("model", "parameters", "loss", "gradient", "JSON MB", "read back");
    for (KerasModels.Known known : KerasModels.trained()) {
      StepResult step = step(known);
      Saved saved = throughJson(known.model());
      table.row(known.name(), known.model().parameterCount(), step.loss(), step.gradientNorm(),
          String.format(Locale.ROOT, "%.2f", saved.bytes() / MB),
          same(known.model(), saved.model()) ? "to the bit" : "differs");
    }
    page.table(table);
  }

  /** One step on two random pictures of the first two classes. */
  static StepResult step(KerasModels.Known known) {
    int classes = known.model().outputShape().dim(0);
    Tensor answers = Tensor.zeros(Shape.of(2, classes));
    answers.data()[0] = 1;
    answers.data()[classes + 1] = 1;
    Tensor y = known.loss().targets() == Targets.LABELS ? Tensor.vector(0, 1) : answers;
    return Trainer.of(known.model(), Sgd.of(RATE), known.loss()).step(pictures(known.model().inputShape(), 0, 2), y);
  }

  /**
   * A model as it came back from its file.
   *
   * @param model what was read
   * @param bytes how large the file was
   */
  record Saved(Model model, long bytes) {}

  static Saved throughJson(Model model) throws IOException {
    Path file = Files.createTempFile("fovea-lesson", ".json");
    try {
      model.save(file);
      return new Saved(Model.load(file), Files.size(file));
    } finally {
      Files.delete(file);
    }
  }

  static boolean same(Model model, Model other) {
    return model.nodes().equals(other.nodes()) && IntStream.range(0, model.parameters().size()).allMatch(i ->
        Arrays.equals(model.parameters().get(i).data(), other.parameters().get(i).data()));
  }

  /** Random grey values 0..1 as pictures of a shape, from picture number {@code first} on. */
  static Tensor pictures(Shape picture, int first, int count) {
    Tensor x = Tensor.zeros(picture.prepend(count));
    RandomSource random = RandomSource.of(1, first);
    for (int i = 0; i < x.shape().size(); i++) {
      x.data()[i] = (float) random.uniform();
    }
    return x;
  }

  private void showPredictions(Page page) {
    page.heading("Many pictures");
    Model model = KerasModels.mnistConvnet();
    long start = System.nanoTime();
    Tensor output = predict(page, model, pictures);
    double seconds = (System.nanoTime() - start) / 1e9;
    page.text(String.format(Locale.ROOT, "The MNIST convnet on %,d random pictures of 28x28, made and asked in batches "
            + "of %d: the output is %s. It took %.1f seconds, %,.0f pictures a second. All the pictures at once would "
            + "take %.0f MB, a batch takes %.1f MB.", pictures, BATCH, output.shape(), seconds, pictures / seconds,
        bytes(model.inputShape().prepend(pictures)) / MB, bytes(model.inputShape().prepend(BATCH)) / MB));
  }

  /** What a model says of so many random pictures, [N, classes]; batch by batch, with a bar where somebody watches. */
  static Tensor predict(Page page, Model model, int count) {
    Tensor all = Tensor.zeros(model.outputShape().prepend(count));
    try (Bar bar = page.bar("predicting", count)) {
      for (int first = 0; first < count; first += BATCH) {
        Tensor some = model.predict(pictures(model.inputShape(), first, Math.min(BATCH, count - first)));
        System.arraycopy(some.data(), 0, all.data(), first * model.outputShape().size(), some.shape().size());
        bar.stepTo(first + some.shape().dim(0));
      }
    }
    return all;
  }

  private static double bytes(Shape shape) {
    return shape.elements() * (double) Float.BYTES;
  }
}
