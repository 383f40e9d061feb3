package dev.fovea.examples.lessons;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.Sequential;
import dev.fovea.train.Loss;
import dev.fovea.train.trace.Trace;
import dev.fovea.train.trace.TracedLayer;
import dev.fovea.train.trace.TracedTensor;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** The same two maps through global average pooling and a dense layer, and back. */
final class GapLesson implements Lesson {
  @Override
  public String name() {
    return "gap";
  }

  @Override
  public String title() {
    return "Global average pooling: one number a map, spread evenly back";
  }

  @Override
  public Set<String> options() {
    return Set.of("--plot");
  }

  @Override
  public void show(Page page) throws IOException {
    Sequential model = Anchor.model(GlobalAveragePooling.of());
    Tensor label = Tensor.vector(Anchor.LABEL);
    Trace trace = Trace.of(model, Anchor.maps(), Loss.sparseCategoricalCrossEntropy(), Anchor.LABEL);
    TracedTensor maps = trace.sample();
    TracedTensor pooled = trace.layers().get(0).output();
    TracedLayer dense = trace.layer("dense");
    TracedTensor logits = dense.steps().get(0).output();
    int[] lengths = maps.shape().toArray();
    int cells = lengths[1] * lengths[2];

    page.text("Flatten keeps each pixel and pays for it: every pixel of every map gets a weight of its own for each "
        + "class. Global average pooling (GAP) keeps one number a map, its mean: how much of what the map looks for "
        + "is in the picture, wherever it is.");
    page.code(model.summary());
    page.text("%d parameters, where flatten with the same dense layer has %d.",
        model.parameterCount(), Anchor.model(Flatten.of()).parameterCount());

    page.heading("Forward: each map becomes its mean");
    page.tensor("Two maps", maps.value());
    Table means = Table.of("map", "mean", "written out");
    for (int map = 0; map < lengths[0]; map++) {
      Tensor values = Ops.slice(maps.value(), 0, map, map + 1);
      StringBuilder sum = new StringBuilder("(");
      for (float value : values.toArray()) {
        sum.append(sum.length() == 1 ? "" : " + ").append(value);
      }
      means.row(map, pooled.value().get(map),
          sum.append(String.format(Locale.ROOT, ") / %d = %.1f / %d", cells, Ops.sum(values).item(), cells)));
    }
    page.table(means);

    page.heading("Forward: the means become scores and probabilities");
    page.tensor("The weights W, a row for each class, a column for each map (in a notebook: `np.random.seed(42)`, "
        + "`np.random.randn(3, 2) * 0.5`; the bias is 0)", dense.parameter("weight").tensor().value());
    Table scores = Table.of("class", "logit z", "probability p", "gradient at z", "finite difference");
    Tensor logitSlope = FiniteDifference.of(
        z -> Ops.crossEntropyFromLogits(Ops.reshape(z, 1, -1), label), Tensor.vector(logits.value().toArray()));
    for (int k = 0; k < Anchor.CLASSES; k++) {
      scores.row(k, logits.value().get(k), trace.output().value().get(k), logits.gradient().get(k), logitSlope.get(k));
    }
    page.table(scores);
    page.text("The answer is class %d. Say class %d is right: the loss is -ln(%.4f), %.4f, and its gradient at the "
        + "logits is p, less 1 for the right class.", trace.output().value().argMax(), Anchor.LABEL,
        trace.output().value().get(Anchor.LABEL), trace.loss());

    page.heading("Backward: a share for each pixel");
    page.text("The dense layer hands back one gradient a map, W^T dz. The mean divides by %d, so each of the %d "
        + "pixels gets 1/%d of it, and all get the same: moving any of them moves the mean alike.", cells,
        cells, cells);
    Tensor slope = FiniteDifference.of(x -> loss(model, x, label), Anchor.maps());
    Table shares = Table.of("map", "gradient at the mean", "divided by " + cells, "finite difference at its pixels");
    for (int map = 0; map < lengths[0]; map++) {
      StringBuilder atPixels = new StringBuilder();
      for (float value : Ops.slice(slope, 0, map, map + 1).toArray()) {
        atPixels.append(atPixels.isEmpty() ? "" : "  ").append(Table.decimals(value));
      }
      shares.row(map, pooled.gradient().get(map), pooled.gradient().get(map) / cells, atPixels);
    }
    page.table(shares);
    page.tensor("Gradient at the maps", maps.gradient());
    page.picture("Values on their way into the means, gradients on their way back",
        ThereAndBack.of(maps.value(), pooled.value(), maps.gradient(), pooled.gradient()));

    page.heading("What no longer matters: where");
    page.text("The pixels of each map may change places as they like: the means stay, and with them every score. "
        + "Behind flatten each pixel has its own weights, and the scores move.");
    Tensor turned = turned(Anchor.maps());
    page.tensor("The maps, each turned by half", turned);
    Table heads = Table.of("head", "maps", "logit 0", "logit 1", "logit 2");
    Sequential flatten = Anchor.model(Flatten.of());
    row(heads, "gap", "as they are", model, Anchor.maps());
    row(heads, "gap", "turned", model, turned);
    row(heads, "flatten", "as they are", flatten, Anchor.maps());
    row(heads, "flatten", "turned", flatten, turned);
    page.table(heads);

    page.heading("The whole of it, to be touched");
    page.trace("Two maps through global average pooling and dense, and back", trace);
    page.remember(
        "GAP gives one number a map, so the dense layer behind it has " + model.parameterCount()
            + " parameters for any size of picture.",
        "On the way back the gradient of a mean is shared out: each pixel gets the same, 1/(height x width) of it.",
        "Where in a map something is no longer counts; how much of it there is does.");
  }

  private static Tensor loss(Sequential model, Tensor maps, Tensor label) {
    return Loss.sparseCategoricalCrossEntropy()
        .apply(model.predict(Tensor.wrap(maps.shape().prepend(1), maps.data())), label);
  }

  /** Each map upside down and mirrored: its pixels in the opposite order. */
  private static Tensor turned(Tensor maps) {
    Shape shape = maps.shape();
    int cells = shape.dim(1) * shape.dim(2);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = maps.data()[i / cells * cells + cells - 1 - i % cells];
    }
    return Tensor.wrap(shape, values);
  }

  private static void row(Table table, String head, String what, Sequential model, Tensor maps) {
    Tensor logits = Trace.of(model, maps).layer("dense").steps().get(0).output().value();
    table.row(head, what, logits.get(0), logits.get(1), logits.get(2));
  }
}
