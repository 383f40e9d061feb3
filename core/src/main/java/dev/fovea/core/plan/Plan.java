package dev.fovea.core.plan;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A computation recorded once, on tensors without data, and run as often as one likes without allocating an array.
 *
 * <pre>{@code
 * Tensor x = Tensor.symbolic(Shape.of(64, 1, 28, 28)), labels = Tensor.symbolic(Shape.of(64));
 * Tensor loss = Ops.crossEntropyFromLogits(network(x), labels);
 * Plan plan = Plan.training(List.of(x, labels), loss, List.of());
 * plan.forward(batch.x(), batch.y());
 * plan.backward();      // gradients of the parameters; the loss is loss.item()
 * }</pre>
 *
 * <p>Before anything runs, passes over the recorded graph make it fast, each a file of its own: {@link
 * BatchNormalizationFolding}, {@link ActivationFusion}, {@link MomentsFusion}, {@link Convolutions} (algorithms, and
 * pooling along with them), {@link MemoryFormats}, {@link ConvolutionPairs}, {@link FirstWriters}, {@link Views},
 * {@link Lives} and {@link Buffers}. {@link #toString} prints what was decided and why. The numbers are those of eager
 * execution, within the bounds that {@link dev.fovea.core.kernels.conv.choice.ConvChoice} states.
 *
 * <p>A plan belongs to one thread at a time, and so do the recorded tensors, which it binds to its arrays.
 */
public final class Plan {
  private final Recording recording;
  private final boolean[] differentiated;
  private final FirstWriters writers;
  private final Views views;
  private final Lives lives;
  private final Buffers buffers;
  private boolean bound;

  private Plan(Recording recorded, PlanSettings settings) {
    recording = rewritten(recorded, settings);
    differentiated = recording.differentiated();
    writers = new FirstWriters(recording, differentiated);
    views = new Views(recording);
    lives = new Lives(recording, differentiated, writers, views);
    buffers = new Buffers(lives.all());
  }

  private static Recording rewritten(Recording recorded, PlanSettings settings) {
    Recording fused = MomentsFusion.apply(ActivationFusion.apply(BatchNormalizationFolding.apply(recorded)));
    return settings.blocked()
        ? ConvolutionPairs.apply(MemoryFormats.apply(Convolutions.apply(fused, settings.convolution()))) : fused;
  }

  /**
   * A plan that computes the outputs from the input, forward only, with {@link PlanSettings#standard()}.
   *
   * @throws IllegalArgumentException if the outputs depend on another tensor without data
   */
  public static Plan inference(Tensor input, Tensor... outputs) {
    return inference(List.of(input), outputs);
  }

  /**
   * A plan that computes the outputs from several inputs, forward only, with {@link PlanSettings#standard()}.
   *
   * @throws IllegalArgumentException if the outputs depend on another tensor without data
   */
  public static Plan inference(List<Tensor> inputs, Tensor... outputs) {
    return inference(inputs, List.of(outputs), PlanSettings.standard());
  }

  /**
   * The same with other settings.
   *
   * @throws IllegalArgumentException if the outputs depend on another tensor without data
   */
  public static Plan inference(List<Tensor> inputs, List<Tensor> outputs, PlanSettings settings) {
    return new Plan(Recording.of(inputs, null, outputs), settings);
  }

  /**
   * A plan for training steps, with {@link PlanSettings#standard()}: computes the loss and the outputs from the inputs,
   * and the gradient of the loss.
   *
   * @throws ShapeException if the loss is not one value
   * @throws IllegalArgumentException if something depends on another tensor without data
   */
  public static Plan training(List<Tensor> inputs, Tensor loss, List<Tensor> outputs) {
    return training(inputs, loss, outputs, PlanSettings.standard());
  }

  /**
   * The same with other settings.
   *
   * @throws ShapeException if the loss is not one value
   * @throws IllegalArgumentException if something depends on another tensor without data
   */
  public static Plan training(List<Tensor> inputs, Tensor loss, List<Tensor> outputs, PlanSettings settings) {
    if (loss.shape().elements() != 1) {
      throw new ShapeException("plan: the loss must be one value, got shape " + loss.shape());
    }
    return new Plan(Recording.of(inputs, loss, outputs), settings);
  }

  /**
   * Binds the inputs to the arrays of these values (nothing is copied) and computes. Afterwards the outputs and the
   * loss can be read, until the next call.
   *
   * @throws ShapeException if a value has another shape than the input it stands for
   */
  public void forward(Tensor... values) {
    bind(values);
    for (int i = 0; i < differentiated.length; i++) {
      forward(i);
    }
  }

  private void forward(int i) {
    if (!views.is(i)) {
      Step step = recording.steps().get(i);
      step.op().forward(step.inputs(), step.output());
    }
  }

  /**
   * Differentiates the loss that {@link #forward} has just computed. Gradients are added to what the parameters hold.
   *
   * @throws IllegalStateException if the plan was made for inference
   */
  public void backward() {
    seed();
    for (int i = differentiated.length - 1; i >= 0; i--) {
      if (differentiated[i]) {
        backward(i);
      }
    }
  }

  private void backward(int i) {
    Step step = recording.steps().get(i);
    if (views.is(i)) {
      // The gradient is in place: it only has to be said, or the next step would take it for rubbish.
      step.inputs()[0].claimGrad();
    } else {
      step.op().backward(step.inputs(), step.output());
    }
  }

  private void seed() {
    if (!recording.isTraining()) {
      throw new IllegalStateException("plan: made for inference, it has no backward");
    }
    for (Step step : recording.steps()) {
      step.output().zeroGrad();
    }
    recording.loss().grad()[0] = 1f;
  }

  /**
   * Runs everything once more, looking at each result: where did the first value rise that is not a finite number?
   * Gradients of the parameters are rubbish afterwards. Random sources must stand where they stood before the step in
   * question.
   */
  public Optional<NonFinite> firstNonFinite(Tensor... values) {
    bind(values);
    for (Tensor input : recording.inputs()) {
      if (!finite(input.data(), input.length())) {
        return Optional.of(new NonFinite("the input", "the values that came in"));
      }
    }
    for (int i = 0; i < differentiated.length; i++) {
      forward(i);
      Step step = recording.steps().get(i);
      if (!finite(step.output().data(), step.output().length())) {
        return Optional.of(new NonFinite(step.place(), "the output of " + step.op().name()));
      }
    }
    return recording.isTraining() ? firstNonFiniteGradient() : Optional.empty();
  }

  private Optional<NonFinite> firstNonFiniteGradient() {
    seed();
    for (int i = differentiated.length - 1; i >= 0; i--) {
      Step step = recording.steps().get(i);
      if (differentiated[i]) {
        backward(i);
        for (Tensor input : step.inputs()) {
          if (input.hasGradient() && !finite(input.grad(), input.length())) {
            return Optional.of(new NonFinite(step.place(), "the gradient through " + step.op().name()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean finite(float[] values, int size) {
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where a value that is not a finite number was found first.
   *
   * @param layer the name of the layer, or "the input" or "the loss"
   * @param what the value
   */
  public record NonFinite(String layer, String what) {}

  /**
   * What a step needs at its peak beside the parameters, their gradients and the inputs: known before anything runs.
   * Working arrays that one operation after another uses are counted for each of them, tables and single tiles of a few
   * kilobytes are not.
   */
  public long peakBytes() {
    return buffers.bytes()
        + recording.steps().stream().mapToLong(step -> step.op().keptBytes(format(step), step.shapes())).sum();
  }

  /** The format that an operation computes in: global pooling gives plain values, and takes blocks. */
  private static MemoryFormat format(Step step) {
    return step.inputs()[0].format();
  }

  /**
   * A line for each operation: what it computes, for which layer, in which format and array, where its gradient lies
   * and who writes it first, how it is computed and why; at the end the peak.
   */
  @Override
  public String toString() {
    List<PlanTable.Line> lines = new ArrayList<>();
    for (int i = 0; i < differentiated.length; i++) {
      Step step = recording.steps().get(i);
      int value = buffers.slot(lives.value(i));
      int gradient = differentiated[i] ? buffers.slot(lives.gradient(i)) : -1;
      lines.add(new PlanTable.Line(i, step, views.is(i), value, gradient, writers.of(step.output())));
    }
    return PlanTable.print(lines) + String.format(Locale.ROOT, "%d operations, %d arrays, peak %,d bytes",
        lines.size(), buffers.count(), peakBytes());
  }

  private void bind(Tensor... values) {
    List<Tensor> inputs = recording.inputs();
    if (values.length != inputs.size()) {
      throw new IllegalArgumentException("plan: expected " + inputs.size() + " inputs, got " + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      if (!values[i].shape().equals(inputs.get(i).shape())) {
        throw new ShapeException(
            "plan: input " + i + " expects " + inputs.get(i).shape() + ", got " + values[i].shape());
      }
      inputs.get(i).bind(values[i].data());
    }
    if (!bound) {
      for (int i = 0; i < differentiated.length; i++) {
        Tensor output = recording.steps().get(i).output();
        output.bind(buffers.array(lives.value(i)));
        if (differentiated[i]) {
          output.bindGrad(buffers.array(lives.gradient(i)));
        }
      }
      bound = true;
    }
  }
}
