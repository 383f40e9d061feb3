package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Layers and merges as JSON and back: {@code {"type": "conv2d", "filters": 32, "kernel": [3,3], ...}}. The fields are
 * the components of the record, in snake case; a window stands there as kernel, stride, padding and dilation. A layer
 * without fields may be its type alone: {@code "relu"}.
 */
final class LayerCodec {
  private static final List<String> WINDOW = List.of("kernel", "stride", "padding", "dilation");
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final LayerRegistry registry;

  LayerCodec(LayerRegistry registry) {
    this.registry = registry;
  }

  /** The names of the fields a record of this class has in files. */
  static List<String> fields(Class<?> layer) {
    List<String> fields = new ArrayList<>();
    for (RecordComponent component : layer.getRecordComponents()) {
      if (component.getType() == Window2D.class) {
        fields.addAll(WINDOW);
      } else {
        fields.add(Names.snake(component.getName()));
      }
    }
    return fields;
  }

  /** A layer or merge as an object with its type first. */
  ObjectNode write(Part layer) {
    LayerRegistry.Entry<?> entry = registry.entry(layer);
    ObjectNode node = MAPPER.createObjectNode().put("type", entry.type());
    for (RecordComponent component : entry.layer().getRecordComponents()) {
      Object value = get(component, layer);
      if (value instanceof Window2D window) {
        node.set("kernel", pair(window.kernelHeight(), window.kernelWidth()));
        node.set("stride", pair(window.strideHeight(), window.strideWidth()));
        node.set("padding", padding(window.padding()));
        node.set("dilation", pair(window.dilationHeight(), window.dilationWidth()));
      } else {
        node.set(Names.snake(component.getName()), value(value));
      }
    }
    return node;
  }

  private JsonNode value(Object value) {
    if (value instanceof Part layer) {
      ObjectNode node = write(layer);
      return node.size() == 1 ? node.get("type") : node;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = MAPPER.createArrayNode();
      list.forEach(element -> array.add(value(element)));
      return array;
    }
    if (value instanceof Shape shape) {
      ArrayNode array = MAPPER.createArrayNode();
      Arrays.stream(shape.toArray()).forEach(array::add);
      return array;
    }
    if (value instanceof Padding padding) {
      return padding(padding);
    }
    if (value instanceof Initializer initializer) {
      return InitializerCodec.write(initializer);
    }
    return MAPPER.valueToTree(value);
  }

  private static ArrayNode pair(int height, int width) {
    return MAPPER.createArrayNode().add(height).add(width);
  }

  private static JsonNode padding(Padding padding) {
    if (padding instanceof Padding.Explicit p) {
      return MAPPER.createArrayNode().add(p.top()).add(p.bottom()).add(p.left()).add(p.right());
    }
    return MAPPER.valueToTree(padding.toString().toLowerCase(Locale.ROOT));
  }

  /**
   * The layer that a node describes.
   *
   * @param where what errors begin with, {@code layers[3]}
   * @throws IllegalArgumentException if it describes none
   */
  Layer read(JsonNode node, String where) {
    return read(node, Layer.class, where);
  }

  /** The layer or merge of a certain kind that a node describes. */
  <P extends Part> P read(JsonNode node, Class<P> kind, String where) {
    Part part = readPart(node, where);
    if (!kind.isInstance(part)) {
      throw new IllegalArgumentException(where + ": expected " + kind.getSimpleName() + ", got " + part);
    }
    return kind.cast(part);
  }

  private Part readPart(JsonNode node, String where) {
    JsonNode type = node.isString() ? node : node.get("type");
    if (type == null || !type.isString() || !(node.isObject() || node.isString())) {
      throw new IllegalArgumentException(where + ": expected a layer {\"type\": ...}, got " + brief(node));
    }
    LayerRegistry.Entry<?> entry = registry.entry(type.stringValue());
    if (entry == null) {
      throw new IllegalArgumentException(where + ": unknown layer type \"" + type.stringValue() + "\""
          + Names.hint(type.stringValue(), registry.types()) + "; known are " + String.join(", ", registry.types()));
    }
    return read(node, entry, where + " " + entry.type());
  }

  private <L extends Part> L read(JsonNode node, LayerRegistry.Entry<L> entry, String where) {
    List<String> known = fields(entry.layer());
    for (String field : node.propertyNames()) {
      if (!field.equals("type") && !known.contains(field)) {
        throw new IllegalArgumentException(where + ": unknown field \"" + field + "\"; known are " + known);
      }
    }
    RecordComponent[] components = entry.layer().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object usual = entry.prototype() == null ? null : get(components[i], entry.prototype());
      String field = Names.snake(components[i].getName());
      if (components[i].getType() == Window2D.class) {
        values[i] = window(node, (Window2D) usual, where);
      } else if (node.has(field)) {
        values[i] = value(node.get(field), components[i].getGenericType(), where + ": " + field);
      } else if (entry.prototype() == null || entry.required().contains(field)) {
        throw new IllegalArgumentException(where + ": expected a field \"" + field + "\"");
      } else {
        values[i] = usual;
      }
    }
    return make(entry.layer(), components, values, where);
  }

  private Object value(JsonNode node, Type type, String where) {
    Class<?> raw = type instanceof Class<?> plain ? plain
        : type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object.class;
    if (Part.class.isAssignableFrom(raw)) {
      return read(node, raw.asSubclass(Part.class), where);
    }
    if (raw == List.class && type instanceof ParameterizedType generic) {
      List<Object> list = new ArrayList<>();
      for (JsonNode element : expect(node.isArray(), node, "a list", where)) {
        list.add(value(element, generic.getActualTypeArguments()[0], where + "[" + list.size() + "]"));
      }
      return list;
    }
    if (raw == int.class || raw == Integer.class) {
      return integer(node, where);
    }
    if (raw == double.class || raw == Double.class) {
      return expect(node.isNumber(), node, "a number", where).doubleValue();
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return expect(node.isBoolean(), node, "true or false", where).booleanValue();
    }
    if (raw == Shape.class) {
      return shape(node, where);
    }
    if (raw == Padding.class) {
      return padding(node, where);
    }
    if (raw == Initializer.class) {
      return InitializerCodec.read(node, where);
    }
    try {
      return MAPPER.treeToValue(node, MAPPER.constructType(type));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(where + ": " + e.getOriginalMessage(), e);
    }
  }

  /**
   * A window; without a stride, that of the usual one, or the kernel where the usual one has the kernel for its stride.
   */
  private static Window2D window(JsonNode node, Window2D usual, String where) {
    if (!node.has("kernel")) {
      throw new IllegalArgumentException(where + ": expected a field \"kernel\"");
    }
    int[] kernel = pair(node, "kernel", where);
    boolean steps = usual != null && usual.strideHeight() == usual.kernelHeight();
    int[] stride = node.has("stride") ? pair(node, "stride", where) : steps ? kernel : new int[] {1, 1};
    int[] dilation = node.has("dilation") ? pair(node, "dilation", where) : new int[] {1, 1};
    Padding padding = node.has("padding") ? padding(node.get("padding"), where + ": padding") : Padding.VALID;
    try {
      return new Window2D(kernel[0], kernel[1], stride[0], stride[1], dilation[0], dilation[1], padding);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  private static int[] pair(JsonNode node, String field, String where) {
    int[] numbers = integers(node.get(field), where + ": " + field);
    expect(numbers.length == 2, node.get(field), "height and width", where + ": " + field);
    return numbers;
  }

  private static Padding padding(JsonNode node, String where) {
    if (node.isArray()) {
      int[] sides = integers(node, where);
      expect(sides.length == 4, node, "top, bottom, left and right", where);
      return Padding.of(sides[0], sides[1], sides[2], sides[3]);
    }
    String rule = node.isString() ? node.stringValue() : "";
    expect(rule.equals("valid") || rule.equals("same"), node, "\"valid\", \"same\" or four numbers", where);
    return rule.equals("same") ? Padding.SAME : Padding.VALID;
  }

  static int[] integers(JsonNode node, String where) {
    int[] numbers = new int[expect(node.isArray(), node, "a list of whole numbers", where).size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = integer(node.get(i), where);
    }
    return numbers;
  }

  static Shape shape(JsonNode node, String where) {
    int[] lengths = integers(node, where);
    try {
      return Shape.of(lengths);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + e.getMessage().substring("shape".length()), e);
    }
  }

  private static int integer(JsonNode node, String where) {
    return expect(node.isIntegralNumber() && node.canConvertToInt(), node, "a whole number up to 2147483647", where)
        .intValue();
  }

  static JsonNode expect(boolean holds, JsonNode node, String what, String where) {
    if (!holds) {
      throw new IllegalArgumentException(where + ": expected " + what + ", got " + brief(node));
    }
    return node;
  }

  private static String brief(JsonNode node) {
    String text = node.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private static Object get(RecordComponent component, Object holder) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(holder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + component + " of " + holder, e);
    }
  }

  private static <L> L make(Class<L> layer, RecordComponent[] components, Object[] values, String where) {
    try {
      var constructor = layer.getDeclaredConstructor(
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(where + ": " + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(where + ": cannot make a " + layer.getName(), e);
    }
  }
}
