package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers in a row as one layer: a block. Parameters: those of the layers, each under its name, {@code conv2d.weight}; a
 * stack of no layers gives back its input.
 *
 * @param layers the layers in their order
 */
public record Stack(List<Layer> layers) implements Layer {
  /** Copies the list. */
  public Stack {
    Settings.present("stack", "layers", layers);
    layers = List.copyOf(layers);
  }

  /** These layers in this order. */
  public static Stack of(Layer... layers) {
    return new Stack(List.of(layers));
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return Network.row(input, layers).specs();
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    Tensor x = input;
    for (Node node : Node.row(layers)) {
      x = node.forward(List.of(x), parameters, pass);
    }
    return x;
  }

  /** Shape by shape, so that deeply nested blocks are not walked again and again. */
  @Override
  public Shape outputShape(Shape input) {
    Shape shape = input;
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
    }
    return shape;
  }

  @Override
  public String toString() {
    return "Stack.of(" + list() + ")";
  }

  String list() {
    return layers.stream().map(Layer::toString).collect(Collectors.joining(", "));
  }
}
