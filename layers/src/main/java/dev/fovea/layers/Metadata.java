package dev.fovea.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model file says about itself besides its layers: the names of the classes, and free texts such as an author or
 * the accuracy it reached.
 *
 * @param classes the names of the classes in the order of the outputs; empty if there are none
 * @param texts free texts by name, in the order they were added
 */
public record Metadata(List<String> classes, Map<String, String> texts) {
  /** Copies what it is given. */
  public Metadata {
    classes = List.copyOf(classes);
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    if (texts.containsKey("classes")) {
      throw new IllegalArgumentException("metadata: \"classes\" is the list of classes, got a text of that name");
    }
    if (texts.containsKey(null) || texts.containsValue(null)) {
      throw new IllegalArgumentException("metadata: expected names and texts, got null in " + texts);
    }
  }

  /** Nothing. */
  public static Metadata none() {
    return new Metadata(List.of(), Map.of());
  }

  /** The names of the classes, in the order of the outputs. */
  public static Metadata classes(String... names) {
    return new Metadata(List.of(names), Map.of());
  }

  /** This and the names of the classes. */
  public Metadata withClasses(List<String> names) {
    return new Metadata(names, texts);
  }

  /** This and a text. */
  public Metadata with(String name, String text) {
    Map<String, String> more = new LinkedHashMap<>(texts);
    more.put(name, text);
    return new Metadata(new ArrayList<>(classes), more);
  }
}
