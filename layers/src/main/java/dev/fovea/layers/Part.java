package dev.fovea.layers;

/**
 * What stands at a node of a model: a {@link Layer}, which takes one input, a {@link Merge}, which takes several, or
 * an {@link Input}, which takes none. Immutable settings, all of them.
 */
public sealed interface Part permits Layer, Merge, Input {
  /**
   * The name of this part's nodes in a model and of its type in files: the class in snake case, {@code max_pooling2d}.
   */
  default String name() {
    return Names.snake(getClass().getSimpleName());
  }
}
