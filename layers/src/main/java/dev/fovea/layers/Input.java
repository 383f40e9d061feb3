package dev.fovea.layers;

import dev.fovea.core.Shape;

/**
 * Where samples come into a model.
 *
 * @param shape the shape of one sample: {@code [C, H, W]} for pictures
 */
public record Input(Shape shape) implements Part {
  /** Checks that nothing is missing. */
  public Input {
    Settings.present("input", "a sample's shape", shape);
  }
}
