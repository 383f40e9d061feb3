package dev.fovea.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What every operation must keep, whatever it computes: the inferred shape is the computed one; gradients agree with
 * the values, are added and never assigned, and start anew where the array holds rubbish; unwanted gradients are not
 * touched; inputs come out as they went in; arrays longer than the tensor are no trouble; a second run of the same
 * instance gives the same bits.
 */
public final class OpContract {
  private final Supplier<Op> op;
  private final Tensor[] inputs;
  private float step = 1e-2f;
  private double tolerance = 1e-3;
  private boolean drawsAnew;

  private OpContract(Supplier<Op> op, Tensor[] inputs) {
    this.op = op;
    this.inputs = inputs;
  }

  /** The contract of this op at these inputs; those that want a gradient are differentiated. */
  public static OpContract of(Supplier<Op> op, Tensor... inputs) {
    return new OpContract(op, inputs);
  }

  /** For an op that is linear in each input by itself: the central difference is exact for any step. */
  public OpContract linear() {
    return step(0.5f, 1e-5);
  }

  /** The step of the gradient check and its tolerance. */
  public OpContract step(float step, double tolerance) {
    this.step = step;
    this.tolerance = tolerance;
    return this;
  }

  /** For an op that draws random numbers at each forward: only a new one, seeded alike, gives the same bits again. */
  public OpContract drawsAnew() {
    drawsAnew = true;
    return this;
  }

  /** Asserts all of it. */
  public void holds() {
    infersItsShape();
    GradientCheck.of(in -> Tape.apply(op.get(), in), inputs).step(step).run().orThrow(tolerance);
    addsNeverAssigns();
    leavesTheUnwantedAlone();
    runsInLongDirtyArrays();
  }

  private Shape[] shapes() {
    return Arrays.stream(inputs).map(Tensor::shape).toArray(Shape[]::new);
  }

  private void infersItsShape() {
    Tensor[] symbolic = Arrays.stream(inputs).map(t -> Tensor.symbolic(t.shape())).toArray(Tensor[]::new);
    Tensor y = Tape.apply(op.get(), symbolic);
    assertThat(y.hasData()).isFalse();
    assertThat(y.shape()).isEqualTo(op.get().infer(shapes())).isEqualTo(Tape.apply(op.get(), inputs).shape());
  }

  private void addsNeverAssigns() {
    float[][] once = gradients(null);
    float[][] onTop = gradients(3f);
    for (int i = 0; i < inputs.length; i++) {
      for (int j = 0; once[i] != null && j < once[i].length; j++) {
        float scale = Math.max(1f, Math.abs(once[i][j]));
        assertThat(onTop[i][j]).as("input %d, element %d: a gradient of 3 was there before", i, j)
            .isCloseTo(once[i][j] + 3f, org.assertj.core.data.Offset.offset(1e-4f * scale));
      }
    }
  }

  /** The gradients of the inputs after one backward pass on gradients that held {@code before} (or nothing). */
  private float[][] gradients(Float before) {
    Op instance = op.get();
    Tensor y = Tape.apply(instance, inputs);
    for (Tensor input : inputs) {
      input.zeroGrad();
      if (before != null && input.wantsGrad()) {
        Arrays.fill(input.grad(), before);
      }
    }
    float[][] kept = Arrays.stream(inputs).map(Tensor::toArray).toArray(float[][]::new);
    fillGradient(y);
    instance.backward(inputs, y);
    float[][] gradients = new float[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      assertThat(inputs[i].toArray()).as("input %d after backward", i).isEqualTo(kept[i]);
      gradients[i] = inputs[i].wantsGrad() ? inputs[i].gradient().toArray() : null;
    }
    return gradients;
  }

  private static void fillGradient(Tensor y) {
    float[] random = Tensor.normal(y.shape(), new RandomSource(5)).toArray();
    System.arraycopy(random, 0, y.grad(), 0, random.length);
  }

  private void leavesTheUnwantedAlone() {
    Tensor[] plain = Arrays.stream(inputs).map(Tensor::detach).toArray(Tensor[]::new);
    Op instance = op.get();
    Tensor y = Tape.apply(instance, plain);
    fillGradient(y);
    instance.backward(plain, y);
    for (int i = 0; i < plain.length; i++) {
      assertThat(plain[i].gradient()).as("input %d wants no gradient", i).isNull();
    }
  }

  /** As in a plan: arrays are shared, hence longer than the tensor and full of what was there before. */
  private void runsInLongDirtyArrays() {
    float[][] expected = gradients(null);
    float[] value = Tape.apply(op.get(), inputs).toArray();
    Tensor[] in = new Tensor[inputs.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = Tensor.symbolic(inputs[i].shape());
      if (inputs[i].wantsGrad()) {
        in[i].withGrad();
      }
      in[i].bind(dirty(inputs[i].toArray()));
    }
    Op instance = op.get();
    Tensor y = Tensor.symbolic(instance.infer(shapes()));
    for (int run = 0; run < 2; run++) {
      instance = run > 0 && drawsAnew ? op.get() : instance;
      y.bind(dirty(new float[0], y.shape().size()));
      y.bindGrad(dirty(new float[0], y.shape().size()));
      for (Tensor input : in) {
        input.bindGrad(dirty(new float[0], input.shape().size()));
      }
      instance.forward(in, y);
      assertThat(y.toArray()).as("value in a longer array, run %d", run).isEqualTo(value);
      fillGradient(y);
      instance.backward(in, y);
      for (int i = 0; i < in.length; i++) {
        if (expected[i] != null) {
          assertThat(in[i].gradient().toArray()).as("gradient %d in a longer array, run %d", i, run)
              .isEqualTo(expected[i]);
        }
      }
    }
  }

  private static float[] dirty(float[] values) {
    return dirty(values, values.length);
  }

  private static float[] dirty(float[] values, int size) {
    float[] longer = new float[size + 7];
    Arrays.fill(longer, Float.NaN);
    System.arraycopy(values, 0, longer, 0, values.length);
    return longer;
  }
}
