package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * y = f(body(x) + projection(x)) (He and others 2015): layers whose output is added to what came in. Where the body
 * changes the shape, a projection gives the input the same one: usually a convolution with kernel 1 and the body's
 * stride. Parameters: the body's under {@code body}, the projection's under {@code projection}.
 *
 * @param body the layers
 * @param projection what is done to the input before it is added; a stack of no layers for nothing
 * @param activation applied to the sum
 */
public record Residual(Stack body, Stack projection, Activation activation) implements Layer {
  /** Checks that nothing is missing. */
  public Residual {
    Settings.present("residual", "a body", body);
    Settings.present("residual", "a projection", projection);
    Settings.present("residual", "an activation", activation);
  }

  /** A body whose output has its input's shape, without activation. */
  public static Residual of(Layer... body) {
    return of(Stack.of(body));
  }

  /** {@link #of(Layer...)} for a stack. */
  public static Residual of(Stack body) {
    return new Residual(body, Stack.of(), Activation.LINEAR);
  }

  /** This block with these layers between the input and the sum. */
  public Residual withProjection(Layer... layers) {
    return new Residual(body, Stack.of(layers), activation);
  }

  /** This block with an activation behind the sum. */
  public Residual withActivation(Activation other) {
    return new Residual(body, projection, other);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    List<ParameterSpec> specs = new ArrayList<>();
    body.parameters(input).forEach(spec -> specs.add(spec.in("body")));
    projection.parameters(input).forEach(spec -> specs.add(spec.in("projection")));
    return specs;
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return join(body.forward(input, parameters.scope("body"), pass),
        projection.forward(input, parameters.scope("projection"), pass));
  }

  /** Shape by shape, so that deeply nested blocks are not walked again and again. */
  @Override
  public Shape outputShape(Shape input) {
    return join(Tensor.symbolic(body.outputShape(input).prepend(1)),
        Tensor.symbolic(projection.outputShape(input).prepend(1))).shape().dropFirst();
  }

  private Tensor join(Tensor longWay, Tensor shortWay) {
    if (!longWay.shape().equals(shortWay.shape())) {
      throw new ShapeException("residual: expected the same shape from both ways, got " + longWay.shape().dropFirst()
          + " from the body and " + shortWay.shape().dropFirst() + (projection.layers().isEmpty()
          ? " from the input; a projection such as Conv2D.of(channels, 1).withStride(stride) gives it the body's shape"
          : " from the projection"));
    }
    return activation.forward(Ops.add(longWay, shortWay), null, Pass.inference());
  }

  @Override
  public String toString() {
    return "Residual.of(" + body.list() + ")"
        + (projection.layers().isEmpty() ? "" : ".withProjection(" + projection.list() + ")")
        + Settings.wither(activation);
  }
}
