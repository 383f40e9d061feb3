package dev.fovea.layers;

import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.ActivationOp;
import dev.fovea.core.ops.ReluOp;
import java.util.Optional;
import java.util.function.Function;

/**
 * A function of what a layer computes: a setting of other layers, {@code Dense.of(10).withActivation(SOFTMAX)}, and a layer
 * of its own, {@code Sequential.of(shape, seed, Dense.of(10), SOFTMAX)}. To be imported statically.
 *
 * <p>Those that work element by element run inside the convolution or the product they follow, where their slope can be told
 * from their output.
 */
public sealed interface Activation extends Layer {
  /** y = x. */
  Activation LINEAR = new Linear();
  /** y = max(x, 0). */
  Activation RELU = new Relu();

  /** A new operation that computes this, if it goes element by element; empty for softmax, log-softmax and linear. */
  default Optional<ActivationOp> elementwise() {
    return Optional.empty();
  }

  @Override
  default Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return elementwise().map(op -> Tape.apply(op, input)).orElse(input);
  }

  /**
   * Applies this behind a product, inside it where that can be.
   *
   * @param product computes the product and ends in the operation it is given, which may be {@code null}
   */
  default Tensor behind(Function<ActivationOp, Tensor> product) {
    Optional<ActivationOp> op = elementwise();
    return op.isPresent() ? product.apply(op.get()) : forward(product.apply(null), null, Pass.inference());
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
}
