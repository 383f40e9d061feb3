package dev.fovea.core;

import java.util.Locale;
import java.util.function.Function;

/**
 * Compares the gradient an operation computes with the one its values show.
 *
 * <p>For a function y = f(x1, x2, ...) and a fixed random vector r of y's shape, the gradient of r.y with respect to
 * each element x is set against the central difference (r.y(x + h) - r.y(x - h)) / 2h, summed in double precision
 * over the step as float32 really took it. The error is relative to the largest gradient of that input.
 *
 * <pre>{@code
 * GradientCheck.of(in -> Ops.conv2d(in[0], in[1], in[2], Window2D.of(3)), x, w, b).step(0.5f).run().orThrow(1e-5);
 * }</pre>
 *
 * <p>A function that is linear in each input by itself (convolution, dense, average pooling) has an exact central
 * difference: take a step of 0.5 and expect 1e-5. Smooth ones: 1e-2 and 1e-3. For relu and max pooling draw inputs
 * that stay further than the step from every kink.
 */
public final class GradientCheck {
  private static final int DEFAULT_SAMPLES = 400;

  private final Function<Tensor[], Tensor> function;
  private final Tensor[] inputs;
  private float step = 1e-2f;
  private int samples = DEFAULT_SAMPLES;
  private long seed = 1;

  private GradientCheck(Function<Tensor[], Tensor> function, Tensor[] inputs) {
    this.function = function;
    this.inputs = inputs;
  }

  /**
   * A check of this function at these inputs. Gradients of the inputs that {@link Tensor#withGrad() want one} are
   * checked. The function is called many times and must return the same values for the same inputs each time.
   */
  public static GradientCheck of(Function<Tensor[], Tensor> function, Tensor... inputs) {
    return new GradientCheck(function, inputs.clone());
  }

  /** The step h; 0.01 if not set. */
  public GradientCheck step(float step) {
    this.step = step;
    return this;
  }

  /** How many elements of each input are checked, at evenly spread places; 400 if not set. */
  public GradientCheck samples(int samples) {
    this.samples = samples;
    return this;
  }

  /** The seed of the random vector r; 1 if not set. */
  public GradientCheck seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** Runs the check. The inputs come out as they went in; their gradients are overwritten. */
  public Report run() {
    for (Tensor input : inputs) {
      input.zeroGrad();
    }
    Tensor y = function.apply(inputs);
    Tensor r = Tensor.normal(y.shape(), new RandomSource(seed));
    Tape.apply(new ProjectOp(), y, r).backward();
    Report worst = new Report(0, "nothing was checked", 0, 0);
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].wantsGrad()) {
        Report report = check(i, r);
        worst = Double.isNaN(report.error) || report.error >= worst.error ? report : worst;
        if (Double.isNaN(worst.error)) {
          break;
        }
      }
    }
    return worst;
  }

  private Report check(int i, Tensor r) {
    Tensor x = inputs[i];
    Tensor gradient = x.gradient();
    if (gradient == null) {
      return new Report(Double.NaN, "input " + i + " " + x.shape() + " got no gradient", Double.NaN, Double.NaN);
    }
    int size = x.shape().size();
    int count = Math.min(size, samples);
    double[] numeric = new double[count];
    int[] place = new int[count];
    double largest = 1e-12;
    for (int s = 0; s < count; s++) {
      place[s] = (int) ((long) s * size / count);
      numeric[s] = difference(x, place[s], r);
      largest = Math.max(largest, Math.max(Math.abs(numeric[s]), Math.abs(gradient.data()[place[s]])));
    }
    Report worst = new Report(0, "input " + i + " " + x.shape(), 0, 0);
    for (int s = 0; s < count; s++) {
      double analytic = gradient.data()[place[s]];
      double error = Math.abs(analytic - numeric[s]) / largest;
      if (Double.isNaN(error) || error >= worst.error) {
        worst = new Report(error, "input " + i + " " + x.shape() + ", element " + place[s], analytic, numeric[s]);
        if (Double.isNaN(error)) {
          break;
        }
      }
    }
    return worst;
  }

  private double difference(Tensor x, int element, Tensor r) {
    float[] data = x.data();
    float kept = data[element];
    float above = kept + step;
    float below = kept - step;
    data[element] = above;
    Tensor high = function.apply(inputs);
    data[element] = below;
    Tensor low = function.apply(inputs);
    data[element] = kept;
    double sum = 0;
    for (int j = 0; j < r.shape().size(); j++) {
      sum += r.data()[j] * ((double) high.data()[j] - low.data()[j]);
    }
    return sum / ((double) above - below);
  }

  /**
   * The worst disagreement found.
   *
   * @param error the difference relative to the largest gradient of that input, or NaN
   * @param where the input and the element
   * @param analytic what {@code backward} computed there
   * @param numeric what the central difference says
   */
  public record Report(double error, String where, double analytic, double numeric) {
    /** Whether the worst error is at most this. */
    public boolean within(double tolerance) {
      return error <= tolerance;
    }

    /**
     * Returns if the worst error is at most this.
     *
     * @throws AssertionError otherwise, saying where and by how much
     */
    public void orThrow(double tolerance) {
      if (!within(tolerance)) {
        throw new AssertionError(this + ", tolerance " + tolerance);
      }
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT,
          "gradient check: %s: backward says %.7g, the values say %.7g, relative error %.2g",
          where, analytic, numeric, error);
    }
  }

  /** s = sum of y * r; the gradient goes to y alone. */
  private static final class ProjectOp implements Op {
    @Override
    public Shape infer(Shape... in) {
      return Shape.scalar();
    }

    @Override
    public void forward(Tensor[] in, Tensor out) {
      double sum = 0;
      for (int i = 0; i < in[0].shape().size(); i++) {
        sum += (double) in[0].data()[i] * in[1].data()[i];
      }
      out.data()[0] = (float) sum;
    }

    @Override
    public void backward(Tensor[] in, Tensor out) {
      float[] dy = in[0].grad();
      for (int i = 0; i < in[0].shape().size(); i++) {
        dy[i] += out.grad()[0] * in[1].data()[i];
      }
    }
  }
}
