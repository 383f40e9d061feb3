package dev.fovea.train.trace;

import java.util.List;

/**
 * The data of the page, as {@code trace.js} reads it: the components are the fields of its JSON.
 *
 * @param inputs what came in
 * @param classes the names of the classes; empty if the model knows none
 * @param backward whether there are gradients
 * @param omitted how many layers in the middle are left out, where there are too many for a page
 * @param omittedAfter how many layers stand before those
 * @param layers the layers
 * @param tensors every tensor, named by its number
 */
record Page(List<Inside> inputs, List<String> classes, boolean backward, int omitted, int omittedAfter,
    List<Layer> layers, List<Values> tensors) {

  /**
   * A layer.
   *
   * @param name its name in the model
   * @param type the class of its settings
   * @param settings the code that makes them
   * @param role what its cells are linked by: {@code flatten}, {@code average} or {@code dense}; empty for nothing
   * @param from the layers its inputs come from
   * @param inputs its inputs' tensors
   * @param output its output's tensor
   * @param inside the operations inside but the last, whose output is the layer's
   * @param parameters its parameters
   * @param count elements of its parameters
   */
  record Layer(String name, String type, String settings, String role, List<String> from, List<Integer> inputs,
      int output, List<Inside> inside, List<Inside> parameters, long count) {}

  /**
   * A tensor under a name.
   *
   * @param name the operation it comes from, the parameter it is, or the input
   * @param tensor its number
   * @param trained whether it can have a gradient
   */
  record Inside(String name, int tensor, boolean trained) {}

  /**
   * A tensor.
   *
   * @param shape its axes' lengths
   * @param axes what an index on each axis is called; for a vector, what a cell is
   * @param drawn which of its values are drawn
   * @param value its values
   * @param gradient the gradient there; {@code null} if there is none
   */
  record Values(List<Integer> shape, List<String> axes, Selection drawn, Field value, Field gradient) {}

  /**
   * Numbers.
   *
   * @param digest all of them, in short
   * @param numbers those that are drawn
   */
  record Field(Digest digest, double[] numbers) {}
}
