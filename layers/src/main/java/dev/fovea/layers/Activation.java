package dev.fovea.layers;

import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.ActivationOp;
import dev.fovea.core.ops.EluOp;
import dev.fovea.core.ops.GeluOp;
import dev.fovea.core.ops.LeakyReluOp;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.ReluOp;
import dev.fovea.core.ops.SeluOp;
import dev.fovea.core.ops.SigmoidOp;
import dev.fovea.core.ops.SiluOp;
import dev.fovea.core.ops.SoftplusOp;
import dev.fovea.core.ops.TanhOp;
import java.util.Optional;

/**
 * A function of what a layer computes: a setting of other layers, {@code Dense.of(10).withActivation(SOFTMAX)}, and a
 * layer of its own, {@code Sequential.of(shape, seed, Dense.of(10), SOFTMAX)}. To be imported statically.
 *
 * <p>In a plan, those that work element by element run inside the convolution or the product they follow, where their
 * slope can be told from their output.
 */
public sealed interface Activation extends Layer {
  /** y = x. */
  Activation LINEAR = new Linear();
  /** y = max(x, 0). */
  Activation RELU = new Relu();
  /**
   * Scaled exponential linear units, with the constants that keep mean 0 and variance 1 (Klambauer and others 2017).
   */
  Activation SELU = new Selu();
  /**
   * y = x times the normal distribution function of x, exactly (by erf, as PyTorch and Keras do unless told otherwise).
   */
  Activation GELU = new Gelu();
  /** y = x sigmoid(x), also called swish. */
  Activation SILU = new Silu();
  /** y = 1 / (1 + exp(-x)). */
  Activation SIGMOID = new Sigmoid();
  /** y = tanh(x). */
  Activation TANH = new Tanh();
  /** y = log(1 + exp(x)). */
  Activation SOFTPLUS = new Softplus();
  /**
   * y = exp(x) / sum of exp(x) over the channels, axis 1 of {@code [N, F]} and {@code [N, C, H, W]} alike:
   * probabilities.
   */
  Activation SOFTMAX = new Softmax();
  /** The logarithm of {@link #SOFTMAX}, without the loss of precision of taking it afterwards. */
  Activation LOG_SOFTMAX = new LogSoftmax();

  /** y = x where x is above 0, else slope * x. Keras' default slope is 0.3, PyTorch's 0.01. */
  static Activation leakyRelu(double slope) {
    return new LeakyRelu(slope);
  }

  /** y = x where x is above 0, else alpha (exp(x) - 1). The usual alpha is 1. */
  static Activation elu(double alpha) {
    return new Elu(alpha);
  }

  /** A new operation that computes this, if it goes element by element; empty for softmax, log-softmax and linear. */
  default Optional<ActivationOp> elementwise() {
    return Optional.empty();
  }

  @Override
  default Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return elementwise().map(op -> Tape.apply(op, input)).orElse(input);
  }

  /** {@link Activation#LINEAR}. */
  record Linear() implements Activation {
    @Override
    public String toString() {
      return "LINEAR";
    }
  }

  /** {@link Activation#RELU}. */
  record Relu() implements Activation {
    @Override
    public Optional<ActivationOp> elementwise() {
      return Optional.of(new ReluOp());
    }

    @Override
    public String toString() {
      return "RELU";
    }
  }

  /**
   * {@link Activation#leakyRelu}.
   *
   * @param slope the factor below 0
   */
  record LeakyRelu(double slope) implements Activation {
    /** Checks that the slope is not negative: the gradient is told from the output's sign. */
    public LeakyRelu {
      Settings.finite("leaky_relu", "slope", slope);
      if (slope < 0) {
        throw new IllegalArgumentException("leaky_relu: slope must be at least 0, got " + slope);
      }
    }

    @Override
    public Optional<ActivationOp> elementwise() {
      return Optional.of(new LeakyReluOp((float) slope));
    }

    @Override
    public String toString() {
      return "Activation.leakyRelu(" + slope + ")";
    }
  }

  /**
   * {@link Activation#elu}.
   *
   * @param alpha what -y approaches far below 0
   */
  record Elu(double alpha) implements Activation {
    /** Checks that alpha is not negative: the gradient is told from the output's sign. */
    public Elu {
      Settings.finite("elu", "alpha", alpha);
      if (alpha < 0) {
        throw new IllegalArgumentException("elu: alpha must be at least 0, got " + alpha);
      }
    }

    @Override
    public Optional<ActivationOp> elementwise() {
      return Optional.of(new EluOp((float) alpha));
    }

    @Override
    public String toString() {
      return "Activation.elu(" + alpha + ")";
    }
  }

  /** {@link Activation#SELU}. */
  record Selu() implements Activation {
    @Override
    public Optional<ActivationOp> elementwise() {
      return Optional.of(new SeluOp());
    }

    @Override
    public String toString() {
      return "SELU";
    }
  }

  /** {@link Activation#GELU}. */
  record Gelu() implements Activation {
    @Override
    public Optional<ActivationOp> elementwise() {
      return Optional.of(new GeluOp());
    }

    @Override
    public String toString() {
      return "GELU";
    }
  }

  /** {@link Activation#SILU}. */
  record Silu() implements Activation {
    @Override
    public Optional<ActivationOp> elementwise() {
      return Optional.of(new SiluOp());
    }

    @Override
    public String toString() {
      return "SILU";
    }
  }

  /** {@link Activation#SIGMOID}. */
  record Sigmoid() implements Activation {
    @Override
    public Optional<ActivationOp> elementwise() {
      return Optional.of(new SigmoidOp());
    }

    @Override
    public String toString() {
      return "SIGMOID";
    }
  }

  /** {@link Activation#TANH}. */
  record Tanh() implements Activation {
    @Override
    public Optional<ActivationOp> elementwise() {
      return Optional.of(new TanhOp());
    }

    @Override
    public String toString() {
      return "TANH";
    }
  }

  /** {@link Activation#SOFTPLUS}. */
  record Softplus() implements Activation {
    @Override
    public Optional<ActivationOp> elementwise() {
      return Optional.of(new SoftplusOp());
    }

    @Override
    public String toString() {
      return "SOFTPLUS";
    }
  }

  /** {@link Activation#SOFTMAX}. */
  record Softmax() implements Activation {
    @Override
    public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
      return Ops.softmax(input);
    }

    @Override
    public String toString() {
      return "SOFTMAX";
    }
  }

  /** {@link Activation#LOG_SOFTMAX}. */
  record LogSoftmax() implements Activation {
    @Override
    public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
      return Ops.logSoftmax(input);
    }

    @Override
    public String toString() {
      return "LOG_SOFTMAX";
    }
  }
}
