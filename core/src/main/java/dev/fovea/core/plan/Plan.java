package dev.fovea.core.plan;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * <p>The ops run one by one, in the order they were recorded, in the plain format. Values and gradients whose lives
 * do not overlap share arrays; how long they live follows from what each op says its {@code backward} reads. A plan
 * belongs to one thread at a time, and so do the recorded tensors, which it binds to its arrays.
 */
public final class Plan {
  private final List<Tensor> inputs;
  private final Tensor loss;
  private final List<Tensor> steps;
  private final boolean[] differentiated;
  private final Buffers buffers;
  private final int[] valueLife;
  private final int[] gradLife;
  private final long keptBytes;
  private boolean bound;

  private Plan(List<Tensor> inputs, Tensor loss, List<Tensor> outputs) {
    this.inputs = List.copyOf(inputs);
    this.loss = loss;
    List<Tensor> ends = new ArrayList<>(outputs);
    if (loss != null) {
      ends.add(0, loss);
    }
    this.steps = Tape.order(ends.toArray(Tensor[]::new));
    this.differentiated = differentiated();
    this.valueLife = new int[steps.size()];
    this.gradLife = new int[steps.size()];
    requireInputs();
    this.buffers = new Buffers(lives(ends));
    this.keptBytes = steps.stream().mapToLong(t -> t.op().keptBytes(shapes(t.inputs()))).sum();
  }

  /**
   * A plan that computes the outputs from the input, forward only.
   *
   * @throws IllegalArgumentException if the outputs depend on another tensor without data
   */
  public static Plan inference(Tensor input, Tensor... outputs) {
    return inference(List.of(input), outputs);
  }

  /**
   * A plan that computes the outputs from several inputs, forward only.
   *
   * @throws IllegalArgumentException if the outputs depend on another tensor without data
   */
  public static Plan inference(List<Tensor> inputs, Tensor... outputs) {
    return new Plan(inputs, null, List.of(outputs));
  }

  /**
   * A plan for training steps: computes the loss and the outputs from the inputs, and the gradient of the loss.
   *
   * @throws ShapeException if the loss is not one value
   * @throws IllegalArgumentException if something depends on another tensor without data
   */
  public static Plan training(List<Tensor> inputs, Tensor loss, List<Tensor> outputs) {
    if (loss.shape().elements() != 1) {
      throw new ShapeException("plan: the loss must be one value, got shape " + loss.shape());
    }
    return new Plan(inputs, loss, outputs);
  }

  /**
   * Binds the inputs to the arrays of these values (nothing is copied) and computes. Afterwards the outputs and the
   * loss can be read, until the next call.
   *
   * @throws ShapeException if a value has another shape than the input it stands for
   */
  public void forward(Tensor... values) {
    bind(values);
    for (Tensor step : steps) {
      step.op().forward(step.inputs(), step);
    }
  }

  /**
   * Differentiates the loss that {@link #forward} has just computed. Gradients are added to what the parameters hold.
   *
   * @throws IllegalStateException if the plan was made for inference
   */
  public void backward() {
    seed();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (differentiated[i]) {
        steps.get(i).op().backward(steps.get(i).inputs(), steps.get(i));
      }
    }
  }

  private void seed() {
    if (loss == null) {
      throw new IllegalStateException("plan: made for inference, it has no backward");
    }
    for (Tensor step : steps) {
      step.zeroGrad();
    }
    loss.grad()[0] = 1f;
  }

  /**
   * Runs everything once more, looking at each result: where did the first value rise that is not a finite number?
   * Gradients of the parameters are rubbish afterwards. Random sources must stand where they stood before the step in
   * question.
   */
  public Optional<NonFinite> firstNonFinite(Tensor... values) {
    bind(values);
    for (Tensor input : inputs) {
      if (!finite(input.data(), input.shape().size())) {
        return Optional.of(new NonFinite("the input", "the values that came in"));
      }
    }
    for (Tensor step : steps) {
      step.op().forward(step.inputs(), step);
      if (!finite(step.data(), step.shape().size())) {
        return Optional.of(new NonFinite(place(step), "the output of " + step.op().name()));
      }
    }
    return loss == null ? Optional.empty() : firstNonFiniteGradient();
  }

  private Optional<NonFinite> firstNonFiniteGradient() {
    seed();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Tensor step = steps.get(i);
      if (differentiated[i]) {
        step.op().backward(step.inputs(), step);
        for (Tensor input : step.inputs()) {
          if (input.wantsGrad() && !finite(input.grad(), input.shape().size())) {
            return Optional.of(new NonFinite(place(step), "the gradient through " + step.op().name()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String place(Tensor step) {
    return step.label() == null ? "the loss" : step.label();
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
   */
  public long peakBytes() {
    return buffers.bytes() + keptBytes;
  }

  /** A line for each operation: what it computes, in which array, and the peak. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      Tensor step = steps.get(i);
      text.append(String.format(Locale.ROOT, "%4d  %-28s %-24s value in %d%s%n", i, step.op().name(), step.shape(),
          buffers.slot(valueLife[i]), differentiated[i] ? ", gradient in " + buffers.slot(gradLife[i]) : ""));
    }
    return text.append(String.format(Locale.ROOT, "%d operations, %d arrays, peak %,d bytes", steps.size(),
        buffers.count(), peakBytes())).toString();
  }

  private void bind(Tensor... values) {
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
      for (int i = 0; i < steps.size(); i++) {
        steps.get(i).bind(buffers.array(valueLife[i]));
        if (differentiated[i]) {
          steps.get(i).bindGrad(buffers.array(gradLife[i]));
        }
      }
      bound = true;
    }
  }

  private void requireInputs() {
    Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(inputs);
    for (Tensor step : steps) {
      for (Tensor input : step.inputs()) {
        if (input.op() == null && !input.hasData() && !known.contains(input)) {
          throw new IllegalArgumentException(
              "plan: " + step.op().name() + " reads " + input + ", which has no data and is not among the inputs");
        }
      }
    }
  }

  /**
   * Which steps take part in the backward pass: the loss depends on them, and they on something that wants a
   * gradient.
   */
  private boolean[] differentiated() {
    boolean[] marks = new boolean[steps.size()];
    if (loss != null) {
      Set<Tensor> behind = Collections.newSetFromMap(new IdentityHashMap<>());
      behind.addAll(Tape.order(loss));
      for (int i = 0; i < marks.length; i++) {
        marks[i] = steps.get(i).wantsGrad() && behind.contains(steps.get(i));
      }
    }
    return marks;
  }

  /** Step i computes its value at moment i and its inputs' gradients at moment 2n - 1 - i. */
  private List<Buffers.Life> lives(List<Tensor> ends) {
    int n = steps.size();
    Map<Tensor, Integer> index = new IdentityHashMap<>();
    int[] lastRead = new int[n];
    int[] firstGrad = new int[n];
    Arrays.fill(firstGrad, 2 * n);
    for (int i = 0; i < n; i++) {
      Tensor step = steps.get(i);
      index.put(step, i);
      lastRead[i] = differentiated[i] && step.op().backwardReadsOutput() ? 2 * n - 1 - i : i;
      for (int k = 0; k < step.inputs().length; k++) {
        Integer from = index.get(step.inputs()[k]);
        if (from != null) {
          boolean again = differentiated[i] && step.op().backwardReads(k);
          lastRead[from] = Math.max(lastRead[from], again ? 2 * n - 1 - i : i);
          firstGrad[from] = differentiated[i] ? Math.min(firstGrad[from], 2 * n - 1 - i) : firstGrad[from];
        }
      }
    }
    for (Tensor end : ends) {
      Integer i = index.get(end);
      if (i != null) {
        lastRead[i] = 2 * n;
        firstGrad[i] = end == loss ? n : firstGrad[i];
      }
    }
    List<Buffers.Life> lives = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int size = steps.get(i).shape().size();
      valueLife[i] = lives.size();
      lives.add(new Buffers.Life(size, i, lastRead[i]));
      if (differentiated[i]) {
        gradLife[i] = lives.size();
        lives.add(new Buffers.Life(size, firstGrad[i], 2 * n - 1 - i));
      }
    }
    return lives;
  }

  private static Shape[] shapes(Tensor[] tensors) {
    return Arrays.stream(tensors).map(Tensor::shape).toArray(Shape[]::new);
  }
}
