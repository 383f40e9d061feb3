package dev.fovea.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What an operation that takes the blocked format must keep: values and gradients are those of the plain format;
 * gradients are added where something has been written, and start anew where not; whatever finite values the padding
 * channels hold, the real ones do not feel it and the padding stays finite; the number of threads changes no bit.
 */
public final class BlockedContract {
  /** Numbers of channels worth trying: less than a block, a block, one more, some. */
  public static final int[] CHANNELS = {1, 3, 16, 17, 40};

  private static final float RUBBISH = -3e5f;

  private final Supplier<Op> op;
  private final Tensor[] inputs;
  private double tolerance = 1e-6;

  private BlockedContract(Supplier<Op> op, Tensor[] inputs) {
    this.op = op;
    this.inputs = inputs;
  }

  /** The contract of this op, which must draw the same each time it is made, at these inputs. */
  public static BlockedContract of(Supplier<Op> op, Tensor... inputs) {
    return new BlockedContract(op, inputs);
  }

  /** How far results may be from those of the plain format, relative to a value above 1. */
  public BlockedContract tolerance(double tolerance) {
    this.tolerance = tolerance;
    return this;
  }

  /** Asserts all of it. */
  public void holds() {
    assertThat(op.get().takes(MemoryFormat.BLOCKED, shapes())).as("takes blocks").isTrue();
    for (Float before : new Float[] {null, 3f}) {
      Run plain = run(MemoryFormat.PLAIN, before);
      Run blocked = run(MemoryFormat.BLOCKED, before);
      plain.near(blocked);
      int threads = Parallel.threads();
      Parallel.limit(1);
      try {
        blocked.sameBits(run(MemoryFormat.BLOCKED, before));
      } finally {
        Parallel.limit(threads);
      }
    }
  }

  private Shape[] shapes() {
    return Arrays.stream(inputs).map(Tensor::shape).toArray(Shape[]::new);
  }

  /** One run forward and back, on gradients that held {@code before} (or nothing). */
  private Run run(MemoryFormat format, Float before) {
    Op instance = op.get();
    Tensor[] in = new Tensor[inputs.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = empty(inputs[i].shape(), format);
      in[i].bind(array(in[i], inputs[i].toArray(), RUBBISH));
      if (inputs[i].wantsGrad()) {
        in[i].withGrad();
        in[i].bindGrad(array(in[i], new float[0], Float.NaN));
        if (before != null) {
          Arrays.fill(in[i].grad(), 0, in[i].length(), before);
        }
      }
    }
    Tensor out = empty(instance.infer(shapes()), format);
    out.bind(array(out, new float[0], Float.NaN));
    instance.forward(in, out);
    out.bindGrad(array(out, Tensor.normal(out.shape(), new RandomSource(5)).toArray(), RUBBISH));
    out.claimGrad();
    instance.backward(in, out);
    return new Run(in, out);
  }

  private static Tensor empty(Shape shape, MemoryFormat format) {
    Tensor tensor = Tensor.symbolic(shape);
    if (MemoryFormat.isPictures(shape)) {
      tensor.format(format);
    }
    return tensor;
  }

  /** These values where the tensor keeps them, a filling in the padding, NaN behind the end. */
  private static float[] array(Tensor tensor, float[] values, float filling) {
    float[] array = new float[tensor.length() + 7];
    Arrays.fill(array, 0, tensor.length(), filling);
    Arrays.fill(array, tensor.length(), array.length, Float.NaN);
    for (int i = 0; i < values.length; i++) {
      array[offset(tensor, i)] = values[i];
    }
    return array;
  }

  /** Where the element that comes at this place in logical order lies. */
  private static int offset(Tensor tensor, int element) {
    int[] index = new int[tensor.shape().rank()];
    int left = element;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = left % tensor.shape().dim(axis);
      left /= tensor.shape().dim(axis);
    }
    return tensor.format().offset(tensor.shape(), index);
  }

  /** What came out of a run. */
  private final class Run {
    private final float[] value;
    private final float[][] gradients;

    private Run(Tensor[] in, Tensor out) {
      value = out.toArray();
      finite("value", out, out.data());
      gradients = new float[in.length][];
      for (int i = 0; i < in.length; i++) {
        if (in[i].wantsGrad() && in[i].hasGradient()) {
          gradients[i] = in[i].gradient().toArray();
          finite("gradient " + i, in[i], in[i].grad());
        }
      }
    }

    private void finite(String what, Tensor tensor, float[] array) {
      for (int i = 0; i < tensor.length(); i++) {
        assertThat(Float.isFinite(array[i])).as("%s, place %d of %s is finite", what, i, tensor.shape()).isTrue();
      }
      for (int i = tensor.length(); i < array.length; i++) {
        assertThat(array[i]).as("%s, behind the end of %s", what, tensor.shape()).isNaN();
      }
    }

    private void near(Run other) {
      near("value", value, other.value);
      for (int i = 0; i < gradients.length; i++) {
        assertThat(gradients[i] == null).isEqualTo(other.gradients[i] == null);
        if (gradients[i] != null) {
          near("gradient " + i, gradients[i], other.gradients[i]);
        }
      }
    }

    private void near(String what, float[] expected, float[] actual) {
      for (int i = 0; i < expected.length; i++) {
        double scale = Math.max(1, Math.abs(expected[i]));
        assertThat((double) actual[i]).as("%s, element %d", what, i)
            .isCloseTo(expected[i], within(tolerance * scale));
      }
    }

    private void sameBits(Run other) {
      assertThat(other.value).as("value on one thread").isEqualTo(value);
      assertThat(other.gradients).as("gradients on one thread").isDeepEqualTo(gradients);
    }
  }
}
