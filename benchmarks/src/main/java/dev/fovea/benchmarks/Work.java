package dev.fovea.benchmarks;

import dev.fovea.core.Shape;
import dev.fovea.layers.Layer;
import dev.fovea.layers.ParameterSpec;
import dev.fovea.layers.Residual;
import java.util.List;

/**
 * The multiply-adds of one sample in the convolutions and dense layers of a network, counted as a direct computation
 * would need them.
 *
 * @param forward of the way forward
 * @param first the first layer's share of it
 */
public record Work(long forward, long first) {
  /** What these layers do to one sample. */
  public static Work of(Shape sample, List<Layer> layers) {
    long all = 0;
    long first = 0;
    Shape shape = sample;
    for (Layer layer : layers) {
      long some = multiplyAdds(layer, shape);
      first = all == 0 ? some : first;
      all += some;
      shape = layer.outputShape(shape);
    }
    return new Work(all, first);
  }

  /**
   * Operations of a training step, for one sample: each layer's value and its two gradients are as much work; the
   * first layer's input needs none.
   */
  public double trainingOperations() {
    return 2.0 * (3 * forward - first);
  }

  private static long multiplyAdds(Layer layer, Shape input) {
    if (layer instanceof Residual block) {
      return of(input, block.body().layers()).forward + of(input, block.projection().layers()).forward;
    }
    Shape output = layer.outputShape(input);
    long places = output.rank() == 3 ? (long) output.dim(1) * output.dim(2) : 1;
    return layer.parameters(input).stream().map(ParameterSpec::shape).filter(weight -> weight.rank() > 1)
        .mapToLong(weight -> weight.elements() * places).sum();
  }
}
