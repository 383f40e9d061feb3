package dev.fovea.examples.lessons;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.train.Loss;
import dev.fovea.train.trace.Trace;
import dev.fovea.train.trace.TracedLayer;
import dev.fovea.train.trace.TracedTensor;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/** Two maps through flatten and a dense layer, and the gradient of the loss all the way back into the maps. */
final class FlattenLesson implements Lesson {
  @Override
  public String name() {
    return "flatten";
  }

  @Override
  public String title() {
    return "Flatten: how values go forward, and how gradients come back";
  }

  @Override
  public Set<String> options() {
    return Set.of("--plot");
  }

  @Override
  public void show(Page page) throws IOException {
    Sequential model = Anchor.model(Flatten.of());
    Tensor label = Tensor.vector(Anchor.LABEL);
    Trace trace = Trace.of(model, Anchor.maps(), Loss.sparseCategoricalCrossEntropy(), Anchor.LABEL);
    TracedTensor maps = trace.sample();
    TracedTensor flat = trace.layer("flatten").output();
    TracedLayer dense = trace.layer("dense");
    TracedTensor logits = dense.steps().get(0).output();
    Tensor weight = dense.parameter("weight").tensor().value();
    Tensor bias = dense.parameter("bias").tensor().value();

    page.text("Convolutions and pooling leave maps; a classifier needs one number for each class. Flatten stands "
        + "between: it writes the maps into one long vector, which a dense layer can multiply by its weights. Here "
        + "are two maps of 2x2 and three classes, small enough to follow each number.");
    page.code(model.summary());

    page.heading("Forward: the maps become a vector");
    page.tensor("Two maps", maps.value());
    page.tensor("Flattened: map by map, in each map row by row", flat.value());
    page.text("Not one number has changed; only the shape has. What the vector no longer says is who was whose "
        + "neighbour.");

    page.heading("Forward: the vector becomes scores, the scores probabilities");
    page.tensor("The weights W, a row for each class, a column for each number of the vector (in a notebook: "
        + "`np.random.seed(42)`, `np.random.randn(3, 8) * 0.5`; the bias is 0)", weight);
    page.text("The score (the logit) of a class is its row times the vector: z = W x + b. That of class 0, written "
        + "out:");
    page.code(product(weight, flat.value(), logits.value().get(0)));
    page.text("Softmax turns scores into probabilities: p_k = e^z_k / (e^z_0 + e^z_1 + e^z_2).");
    Table scores = Table.of("class", "logit z", "probability p");
    for (int k = 0; k < Anchor.CLASSES; k++) {
      scores.row(k, logits.value().get(k), trace.output().value().get(k));
    }
    page.table(scores);
    page.text("The largest is that of class %d: this is what the network answers.", trace.output().value().argMax());

    page.heading("Backward: from the loss to the scores");
    page.text("Say class %d is right. The loss is minus the logarithm of its probability, -ln(%.4f): %.4f. The "
        + "gradient tells for each number how fast the loss would grow if that number grew. At the logits it is p - "
        + "1 for the right class and p for the others. To check it without any theory, each logit is moved a little "
        + "up and a little down and the loss computed again: the finite difference.",
        Anchor.LABEL, trace.output().value().get(Anchor.LABEL), trace.loss());
    Tensor logitSlope = FiniteDifference.of(
        z -> Ops.crossEntropyFromLogits(Ops.reshape(z, 1, Anchor.CLASSES), label), copy(logits.value()));
    Table atLogits = Table.of("class", "p", "wanted", "gradient", "finite difference");
    for (int k = 0; k < Anchor.CLASSES; k++) {
      atLogits.row(k, trace.output().value().get(k), k == Anchor.LABEL ? 1 : 0, logits.gradient().get(k),
          logitSlope.get(k));
    }
    page.table(atLogits);

    page.heading("Backward: through the dense layer to the vector");
    page.text("Each number of the vector went into all three logits, so its gradient is the sum of what comes back "
        + "from them, each times the weight in between: dx = W^T dz.");
    Tensor flatSlope = FiniteDifference.of(x -> Ops.crossEntropyFromLogits(
        Ops.dense(Ops.reshape(x, 1, -1), weight, bias), label), copy(flat.value()));
    Table atFlat = Table.of("flat cell", "came from", "value", "gradient", "finite difference");
    int[] lengths = maps.shape().toArray();
    for (int i = 0; i < flat.shape().size(); i++) {
      int row = i / lengths[2] % lengths[1];
      String pixel = "map " + i / (lengths[1] * lengths[2]) + ", row " + row + ", column " + i % lengths[2];
      atFlat.row(i, pixel, flat.value().get(i), flat.gradient().get(i), flatSlope.get(i));
    }
    page.table(atFlat);

    page.heading("Backward: flatten folds the gradient into maps again");
    page.text("Flatten computed nothing, so there is nothing to differentiate: the gradient of each flat cell goes "
        + "back to the pixel that the cell came from. The vector is cut where the maps begin, and cut into rows.");
    Tensor mapSlope = FiniteDifference.of(x -> loss(model, x, label), Anchor.maps());
    page.tensor("Gradient at the maps", maps.gradient());
    page.tensor("By finite differences, through the whole network", mapSlope);
    page.picture("Values on their way into the vector, gradients on their way back",
        ThereAndBack.of(maps.value(), flat.value(), maps.gradient(), flat.gradient()));

    page.heading("Backward: what the weights learn from it");
    page.text("The gradient of a weight is what came forward to it times what comes back: dW = dz x^T. The rows are "
        + "multiples of the vector. A training step goes against the gradient: the row of the right class, where it "
        + "is below 0, grows, and the others shrink.");
    TracedTensor weights = dense.parameter("weight").tensor();
    TracedTensor biases = dense.parameter("bias").tensor();
    page.tensor("Gradient at W", weights.gradient());
    page.tensor("Gradient at b, the same as at the logits", biases.gradient());
    Tensor weightSlope = FiniteDifference.of(w -> loss(model, Anchor.maps(), label), model.parameter("dense.weight"));
    Tensor biasSlope = FiniteDifference.of(b -> loss(model, Anchor.maps(), label), model.parameter("dense.bias"));
    Table agreement = Table.of("gradient at", "numbers", "largest difference from the finite difference");
    difference(agreement, "logits", logits.gradient(), logitSlope);
    difference(agreement, "vector", flat.gradient(), flatSlope);
    difference(agreement, "maps", maps.gradient(), mapSlope);
    difference(agreement, "weights", weights.gradient(), weightSlope);
    difference(agreement, "bias", biases.gradient(), biasSlope);
    page.table(agreement);

    page.heading("The whole of it, to be touched");
    page.trace("Two maps through flatten and dense, and back", trace);
    page.remember(
        "Flatten changes the shape and no number: " + maps.shape() + " becomes " + flat.shape() + ", channel by "
            + "channel, row by row.",
        "On the way back it changes the shape again: each flat cell's gradient goes to the one pixel it came from.",
        "The dense layer behind it has a weight for each pixel of each map and each class; here "
            + trace.parameterCount() + " parameters with the bias.",
        "A gradient is no article of faith: move a number, compute the loss again, compare.");
  }

  private static Tensor loss(Sequential model, Tensor maps, Tensor label) {
    return Loss.sparseCategoricalCrossEntropy().apply(model.predict(Ops.reshape(maps, 1, 2, 2, 2)), label);
  }

  private static Tensor copy(Tensor tensor) {
    return Tensor.of(tensor.shape(), tensor.toArray());
  }

  /** The first row of W times x, term by term. */
  private static String product(Tensor weight, Tensor x, float sum) {
    StringJoiner terms = new StringJoiner("\n    + ", "z_0 = ", String.format(Locale.ROOT, "\n    = %7.4f", sum));
    for (int i = 0; i < x.shape().size(); i++) {
      terms.add(String.format(Locale.ROOT, "%7.4f * %.1f", weight.get(0, i), x.get(i)));
    }
    return terms.toString();
  }

  private static void difference(Table table, String where, Tensor gradient, Tensor slope) {
    table.row(where, gradient.shape().size(),
        String.format(Locale.ROOT, "%.1e", FiniteDifference.furthest(gradient, slope)));
  }
}
