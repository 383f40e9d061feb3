package dev.fovea.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Initializers as JSON and back: {@code "he_normal"}, {@code {"type": "constant", "value": 0.5}}. */
final class InitializerCodec {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private InitializerCodec() {}

  static JsonNode write(Initializer initializer) {
    for (Initializer named : named()) {
      if (named.equals(initializer)) {
        return MAPPER.valueToTree(name(named));
      }
    }
    if (initializer instanceof Initializer.Constant constant) {
      return MAPPER.createObjectNode().put("type", "constant").put("value", constant.value());
    }
    throw new IllegalArgumentException(
        "save: expected one of Fovea's initializers, got " + initializer + " of " + initializer.getClass());
  }

  static Initializer read(JsonNode node, String where) {
    if (node.isObject() && node.size() == 2 && node.has("value") && node.path("type").asString("").equals("constant")) {
      return Initializer.constant(LayerCodec.expect(
          node.get("value").isNumber(), node.get("value"), "a number", where + ": value").doubleValue());
    }
    for (Initializer named : named()) {
      if (node.isString() && node.stringValue().equals(name(named))) {
        return named;
      }
    }
    List<String> known = named().stream().map(InitializerCodec::name).toList();
    throw new IllegalArgumentException(where + ": expected one of " + String.join(", ", known)
        + " or {\"type\": \"constant\", \"value\": ...}, got " + node);
  }

  private static List<Initializer> named() {
    List<Initializer> named = new ArrayList<>(List.of(Initializer.Scaled.values()));
    named.addAll(List.of(Initializer.ORTHOGONAL, Initializer.ZEROS, Initializer.ONES));
    return named;
  }

  private static String name(Initializer named) {
    return named.toString().toLowerCase(Locale.ROOT);
  }
}
