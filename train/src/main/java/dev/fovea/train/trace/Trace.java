package dev.fovea.train.trace;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.io.AtomicFile;
import dev.fovea.layers.Graph;
import dev.fovea.layers.Model;
import dev.fovea.layers.Pass;
import dev.fovea.train.Loss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One sample on its way through a model and, with a loss, back: every layer's input, output and parameters, and the
 * gradient at each of them. To be read, printed as a table, and written as a page for the browser.
 *
 * <pre>{@code
 * Trace trace = Trace.of(model, sample, Loss.sparseCategoricalCrossEntropy(), 3);
 * System.out.println(trace);
 * Tensor gradient = trace.layer("flatten").input().gradient();
 * trace.writeHtml(Path.of("trace.html"));
 * }</pre>
 *
 * <p>The model runs eagerly, operation by operation, as in inference: dropout drops nothing, batch normalization goes
 * by its running statistics. A trace is a copy: training on changes nothing in it, and it changes nothing in the model,
 * not even the gradients its parameters hold.
 */
public final class Trace {
  private final List<TracedInput> inputs;
  private final List<TracedLayer> layers;
  private final boolean backward;
  private final float loss;
  private final String goal;
  private final List<String> classes;

  private Trace(List<TracedInput> inputs, List<TracedLayer> layers, boolean backward, float loss, String goal,
      List<String> classes) {
    this.inputs = List.copyOf(inputs);
    this.layers = List.copyOf(layers);
    this.backward = backward;
    this.loss = loss;
    this.goal = goal;
    this.classes = List.copyOf(classes);
  }

  /**
   * Forward only.
   *
   * @param model anything with layers
   * @param sample one sample {@code [C, H, W]}, or a batch of one
   * @throws ShapeException if the sample does not fit the model
   */
  public static Trace of(Model model, Tensor sample) {
    return run(model, List.of(batch(model, sample)), null, null);
  }

  /**
   * {@link #of(Model, Tensor)} for a graph of several inputs.
   *
   * @param graph the model
   * @param samples one sample for each input, in the order of the graph's inputs
   */
  public static Trace of(Graph graph, List<Tensor> samples) {
    return run(graph, samples.stream().map(Trace::batch).toList(), null, null);
  }

  /**
   * Forward, then backward from the loss for this class.
   *
   * @throws ShapeException if the sample or the label does not fit
   * @throws IllegalArgumentException if the loss does not go with the model, or there is no such class
   */
  public static Trace of(Model model, Tensor sample, Loss loss, int label) {
    return of(model, sample, loss, Tensor.scalar(label));
  }

  /**
   * Forward, then backward from the loss for this target.
   *
   * @param model anything with layers
   * @param sample one sample {@code [C, H, W]}, or a batch of one
   * @param loss what would be made small
   * @param target what the model should have given: one sample's, {@code []} for a label
   * @throws ShapeException if the sample or the target does not fit
   * @throws IllegalArgumentException if the loss does not go with the model
   */
  public static Trace of(Model model, Tensor sample, Loss loss, Tensor target) {
    requireGoal(loss, target);
    return run(model, List.of(batch(model, sample)), loss, target);
  }

  /** {@link #of(Model, Tensor, Loss, Tensor)} for a graph of several inputs: one sample for each, in their order. */
  public static Trace of(Graph graph, List<Tensor> samples, Loss loss, Tensor target) {
    requireGoal(loss, target);
    return run(graph, samples.stream().map(Trace::batch).toList(), loss, target);
  }

  private static void requireGoal(Loss loss, Tensor target) {
    if (loss == null || target == null) {
      throw new IllegalArgumentException("trace: expected a loss and a target, got " + loss + " and " + target
          + "; Trace.of(model, sample) goes forward only");
    }
  }

  private static Trace run(Model model, List<Tensor> batches, Loss loss, Tensor target) {
    batches.forEach(Tensor::withGrad);
    Recorder recorder = new Recorder(model);
    Pass pass = Pass.inference().observedBy(recorder);
    Tensor output = model instanceof Graph graph ? graph.forward(batches, pass) : model.forward(batches.get(0), pass);
    float value = Float.NaN;
    if (loss != null) {
      loss.requirePrediction(output);
      loss.requireTarget(output.shape().dropFirst(), target.shape());
      Tensor lossTensor = loss.apply(output, Tensor.wrap(target.shape().prepend(1), target.toArray()));
      value = lossTensor.item();
      HeldGradients held = new HeldGradients(recorder.parameters());
      try {
        lossTensor.backward();
        recorder.copyGradients();
      } finally {
        held.giveBack();
      }
    }
    String goal = loss == null ? "" : loss + (target.shape().rank() == 0 ? ", label " + label(target) : "");
    List<TracedInput> inputs = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      inputs.add(new TracedInput(model.inputs().get(i).name(), recorder.copy(batches.get(i))));
    }
    return new Trace(inputs, recorder.layers(), loss != null, value, goal, model.metadata().classes());
  }

  private static String label(Tensor target) {
    float label = target.item();
    return label == Math.rint(label) ? Long.toString((long) label) : Float.toString(label);
  }

  private static Tensor batch(Model model, Tensor sample) {
    Shape expected = model.inputShape();
    Shape shape = sample.shape();
    boolean batchOfOne = shape.rank() == expected.rank() + 1 && shape.dim(0) == 1;
    if (!batchOfOne && shape.rank() != expected.rank()) {
      throw new ShapeException("trace: expected one sample " + expected + ", got " + shape);
    }
    return batchOfOne ? Tensor.wrap(shape, sample.toArray()) : batch(sample);
  }

  private static Tensor batch(Tensor sample) {
    return Tensor.wrap(sample.shape().prepend(1), sample.toArray());
  }

  /** What came in: one sample, or one for each input of a graph. */
  public List<TracedInput> inputs() {
    return inputs;
  }

  /** The sample; the first, if the model takes several inputs. */
  public TracedTensor sample() {
    return inputs.get(0).tensor();
  }

  /** What each layer did, in the order in which they ran. */
  public List<TracedLayer> layers() {
    return layers;
  }

  /**
   * What the layer of this name did.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  public TracedLayer layer(String name) {
    return layers.stream().filter(layer -> layer.name().equals(name)).findFirst().orElseThrow(
        () -> new IllegalArgumentException("trace: expected one of "
            + layers.stream().map(TracedLayer::name).toList() + ", got \"" + name + "\""));
  }

  /** What the model gave. */
  public TracedTensor output() {
    return layers.get(layers.size() - 1).output();
  }

  /** Whether there are gradients: the trace was made with a loss. */
  public boolean hasGradients() {
    return backward;
  }

  /** The loss; NaN if the trace went forward only. */
  public float loss() {
    return loss;
  }

  /** Elements of all parameters; those of a layer that is used several times count once. */
  public long parameterCount() {
    return layers.stream().flatMap(layer -> layer.parameters().stream())
        .collect(Collectors.toMap(TracedParameter::name, p -> p.tensor().shape().elements(), (a, b) -> a))
        .values().stream().mapToLong(Long::longValue).sum();
  }

  /** Which loss was taken and for which label, in words; empty if the trace went forward only. */
  String goal() {
    return goal;
  }

  /** The names of the classes, if the model knows them. */
  List<String> classes() {
    return classes;
  }

  /** One line in words: what went where. */
  String headline() {
    List<String> parts = new ArrayList<>(List.of("one sample "
        + inputs.stream().map(input -> input.tensor().shape().toString()).collect(Collectors.joining(" and "))
        + " through " + layers.size() + (layers.size() == 1 ? " layer" : " layers"),
        Numbers.grouped(parameterCount()) + " parameters"));
    if (backward) {
      parts.add("loss " + Numbers.text(loss) + " (" + goal + ")");
    }
    return String.join(", ", parts);
  }

  /**
   * The layers in aligned columns: types, shapes, counts, and the numbers themselves, or their range where they are
   * many; below each value its gradient. Operations inside a layer, and its parameters, are indented.
   */
  public String table() {
    return TraceTable.of(this);
  }

  /** {@link #writeHtml(Path, String)} under a title of our own. */
  public void writeHtml(Path file) throws IOException {
    writeHtml(file, "Trace");
  }

  /**
   * Writes a page for the browser that needs nothing but itself: each tensor as a heat map, forward and backward side
   * by side, and where a value comes from at a touch. The page stays below 5 MiB; of what is larger it shows a summary
   * and a sample, and says so. The file is replaced at once or not at all.
   *
   * @param file the page, by custom {@code .html}
   * @param title what stands above it
   * @throws IOException if that is not possible, saying why
   */
  public void writeHtml(Path file, String title) throws IOException {
    byte[] page = html(title).getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(file, out -> out.write(page));
  }

  /** The page that {@link #writeHtml(Path, String)} writes. */
  public String html(String title) {
    return TracePage.of(this, title);
  }

  /** {@link #table()}. */
  @Override
  public String toString() {
    return table();
  }
}
