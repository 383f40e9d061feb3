package dev.fovea.layers;

import dev.fovea.core.Shape;
import java.io.IOException;
import tools.jackson.core.JsonToken;

/** A weight as a model file has it: {@code {"shape": [...], "checksum": "...", "data": [...]}}. */
record StoredWeight(Shape shape, float[] values) {
  /**
   * Reads one, number by number, and checks it against its own shape and checksum.
   *
   * @param name what errors begin with
   */
  static StoredWeight read(ModelTokens tokens, String name) throws IOException {
    tokens.expect(JsonToken.START_OBJECT, name + ": expected an object");
    Shape shape = null;
    String checksum = null;
    float[] values = null;
    while (tokens.json.nextToken() != JsonToken.END_OBJECT) {
      String field = tokens.json.currentName();
      tokens.json.nextToken();
      switch (field) {
        case "shape" -> shape = tokens.readShape(name + ": shape");
        case "checksum" -> {
          tokens.expect(JsonToken.VALUE_STRING, name + ": checksum: expected a text");
          checksum = tokens.json.getString();
        }
        case "data" -> values = readFloats(tokens, name, shape);
        default -> throw tokens.wrong(name + ": unknown field \"" + field + "\"");
      }
    }
    if (shape == null || checksum == null || values == null) {
      throw tokens.wrong(name + ": expected shape, checksum and data, got "
          + (shape == null ? "no shape" : checksum == null ? "no checksum" : "no data"));
    }
    if (values.length != shape.elements()) {
      throw tokens.wrong(name + ": expected " + shape.elements() + " numbers for the shape " + shape + ", got "
          + values.length);
    }
    if (!checksum.equals(Checksum.of(values, values.length))) {
      throw tokens.wrong(name + ": expected the checksum " + checksum + ", got " + Checksum.of(values, values.length)
          + " from the data; the file was changed or damaged");
    }
    return new StoredWeight(shape, values);
  }

  /** The numbers of a list; what the shape promises only bounds how far the array grows ahead. */
  private static float[] readFloats(ModelTokens tokens, String name, Shape shape) throws IOException {
    tokens.expect(JsonToken.START_ARRAY, name + ": data: expected a list of numbers");
    GrowingFloats floats = new GrowingFloats(shape == null ? Long.MAX_VALUE : shape.elements());
    for (JsonToken token = tokens.json.nextToken(); token != JsonToken.END_ARRAY; token = tokens.json.nextToken()) {
      if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
        throw tokens.wrong(name + ": expected a number, got " + tokens.got());
      }
      float value = tokens.json.getFloatValue();
      if (!Float.isFinite(value)) {
        throw tokens.wrong(name + ": expected finite numbers in the range of a float, got " + tokens.got());
      }
      if (!floats.add(value)) {
        throw tokens.wrong(name + ": expected " + shape.elements() + " numbers for the shape " + shape + ", got more");
      }
    }
    return floats.toArray();
  }
}
