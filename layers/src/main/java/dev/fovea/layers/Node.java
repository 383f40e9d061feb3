package dev.fovea.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A layer in its place in a model, under a name of its own.
 *
 * @param name unique in the model: {@code conv2d}, {@code conv2d_1}
 * @param layer the settings
 */
public record Node(String name, Layer layer) {
  /** The layers in this order under the names Keras would give them: the second {@code conv2d} is {@code conv2d_1}. */
  static List<Node> name(List<Layer> layers) {
    Set<String> taken = new HashSet<>();
    Map<String, Integer> uses = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Layer layer : layers) {
      String type = layer.name();
      String name;
      do {
        // Counted, not sought from 1 on: thousands of layers would take the square of the time.
        int before = uses.merge(type, 1, Integer::sum) - 1;
        name = before == 0 ? type : type + "_" + before;
      } while (!taken.add(name));
      nodes.add(new Node(name, layer));
    }
    return List.copyOf(nodes);
  }
}
