package dev.fovea.layers;

import dev.fovea.core.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads model files. Weights are read number by number into arrays that grow with what is really there, whatever the file
 * claims; a model is made when everything has been read and checked, so that none is ever half loaded.
 */
final class ModelReader {
  private static final int DEEPEST = 100;
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .build()).build();

  private final Path file;
  private final JsonParser json;
  private final LayerCodec codec;
  private boolean known;
  private boolean versioned;
  private Shape input;
  private Metadata metadata = Metadata.none();
  private List<Layer> layers;
  private final Map<String, Weight> weights = new LinkedHashMap<>();

  private ModelReader(Path file, JsonParser json, LayerRegistry registry) {
    this.file = file;
    this.json = json;
    this.codec = new LayerCodec(registry);
  }

  /** A weight as the file has it. */
  private record Weight(Shape shape, float[] values) {}

  static Sequential read(Path file, LayerRegistry registry) throws IOException {
    try (var in = ModelInput.open(file); JsonParser json = MAPPER.createParser(in)) {
      ModelReader reader = new ModelReader(file, json, registry);
      reader.readFile();
      return reader.model();
    } catch (JacksonIOException e) {
      throw unreadable(file, e.getCause());
    } catch (UnexpectedEndOfInputException e) {
      throw new ModelFormatException(place(file, e.getLocation()) + "the file ends too early; it was cut off", e);
    } catch (StreamConstraintsException e) {
      throw new ModelFormatException(place(file, e.getLocation()) + "expected at most " + DEEPEST
          + " levels of nesting and texts of a sane length, got more", e);
    } catch (JacksonException e) {
      throw new ModelFormatException(place(file, e.getLocation()) + "not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static IOException unreadable(Path file, IOException e) {
    if (e instanceof EOFException) {
      return new ModelFormatException(file + ": the file ends too early; it was cut off", e);
    }
    return e instanceof ZipException
        ? new ModelFormatException(file + ": damaged gzip data: " + e.getMessage(), e) : e;
  }

  private static String place(Path file, TokenStreamLocation location) {
    return file + (location == null ? ": "
        : ", line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ");
  }

  private ModelFormatException wrong(String message) {
    return new ModelFormatException(place(file, json.currentTokenLocation()) + message);
  }

  private void readFile() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw wrong("expected a Fovea model {\"format\": \"fovea-model\", ...}, got " + got());
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      readField(field);
    }
    if (json.nextToken() != null) {
      throw wrong("expected the end of the file behind the model, got " + got());
    }
    require(known, "format");
    require(versioned, "version");
    require(input != null, "input");
    require(layers != null, "layers");
  }

  private void require(boolean there, String field) throws IOException {
    if (!there) {
      throw new ModelFormatException(file + ": expected a field \"" + field + "\"");
    }
  }

  private void readField(String field) throws IOException {
    switch (field) {
      case "format" -> {
        if (json.currentToken() != JsonToken.VALUE_STRING || !json.getString().equals(ModelWriter.FORMAT)) {
          throw wrong("expected the format \"fovea-model\", got " + got());
        }
        known = true;
      }
      case "version" -> {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || !json.getString().equals("1")) {
          throw wrong("expected version 1, the newest this Fovea reads, got " + got());
        }
        versioned = true;
      }
      case "input" -> input = readShape("input");
      case "metadata" -> metadata = readMetadata();
      case "layers" -> layers = readLayers();
      case "weights" -> readWeights();
      default -> throw wrong(known ? "unknown field \"" + field + "\""
          : "expected a Fovea model {\"format\": \"fovea-model\", ...}, got a field \"" + field + "\"");
    }
  }

  private String got() {
    JsonToken token = json.currentToken();
    if (token == null) {
      return "an empty file";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "\"" + json.getString() + "\"";
      default -> json.getString();
    };
  }

  private Shape readShape(String what) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(what + ": expected a list of axis lengths, got " + got());
    }
    List<Integer> lengths = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getString().length() <= 10;
      long length = whole ? json.getLongValue() : 0;
      if (length < 1 || length > Integer.MAX_VALUE || lengths.size() == 16) {
        throw wrong(what + ": expected at most 16 axis lengths from 1 to 2147483647, got " + got());
      }
      lengths.add((int) length);
    }
    try {
      return Shape.of(lengths.stream().mapToInt(Integer::intValue).toArray());
    } catch (IllegalArgumentException e) {
      throw wrong(what + ": " + e.getMessage());
    }
  }

  private Metadata readMetadata() throws IOException {
    expect(JsonToken.START_OBJECT, "metadata: expected an object");
    Metadata read = Metadata.none();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("classes")) {
        read = read.withClasses(readTexts());
      } else {
        expect(JsonToken.VALUE_STRING, "metadata: " + name + ": expected a text");
        read = read.with(name, json.getString());
      }
    }
    return read;
  }

  private List<String> readTexts() throws IOException {
    expect(JsonToken.START_ARRAY, "metadata: classes: expected a list of texts");
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(JsonToken.VALUE_STRING, "metadata: classes: expected a list of texts");
      texts.add(json.getString());
    }
    return texts;
  }

  private void expect(JsonToken token, String message) throws IOException {
    if (json.currentToken() != token) {
      throw wrong(message + ", got " + got());
    }
  }

  private List<Layer> readLayers() throws IOException {
    expect(JsonToken.START_ARRAY, "layers: expected a list");
    List<Layer> read = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String place = place(file, json.currentTokenLocation());
      JsonNode node = json.readValueAsTree();
      try {
        read.add(codec.read(node, "layers[" + read.size() + "]"));
      } catch (IllegalArgumentException e) {
        throw new ModelFormatException(place + e.getMessage(), e);
      }
    }
    return read;
  }

  private void readWeights() throws IOException {
    expect(JsonToken.START_OBJECT, "weights: expected an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      weights.put(name, readWeight(name));
    }
  }

  private Weight readWeight(String name) throws IOException {
    expect(JsonToken.START_OBJECT, name + ": expected an object");
    Shape shape = null;
    String checksum = null;
    float[] values = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "shape" -> shape = readShape(name + ": shape");
        case "checksum" -> {
          expect(JsonToken.VALUE_STRING, name + ": checksum: expected a text");
          checksum = json.getString();
        }
        case "data" -> values = readFloats(name, shape);
        default -> throw wrong(name + ": unknown field \"" + field + "\"");
      }
    }
    if (shape == null || checksum == null || values == null) {
      throw wrong(name + ": expected shape, checksum and data, got "
          + (shape == null ? "no shape" : checksum == null ? "no checksum" : "no data"));
    }
    if (values.length != shape.elements()) {
      throw wrong(name + ": expected " + shape.elements() + " numbers for the shape " + shape + ", got "
          + values.length);
    }
    if (!checksum.equals(Checksum.of(values, values.length))) {
      throw wrong(name + ": expected the checksum " + checksum + ", got " + Checksum.of(values, values.length)
          + " from the data; the file was changed or damaged");
    }
    return new Weight(shape, values);
  }

  /** The numbers of a list; what the shape promises only bounds how far the array grows ahead. */
  private float[] readFloats(String name, Shape shape) throws IOException {
    expect(JsonToken.START_ARRAY, name + ": data: expected a list of numbers");
    GrowingFloats floats = new GrowingFloats(shape == null ? Long.MAX_VALUE : shape.elements());
    for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
      if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
        throw wrong(name + ": expected a number, got " + got());
      }
      float value = json.getFloatValue();
      if (!Float.isFinite(value)) {
        throw wrong(name + ": expected numbers in the range of a float, got " + got());
      }
      if (!floats.add(value)) {
        throw wrong(name + ": expected " + shape.elements() + " numbers for the shape " + shape + ", got more");
      }
    }
    return floats.toArray();
  }

  private Sequential model() throws IOException {
    if (layers.isEmpty()) {
      throw new ModelFormatException(file + ": layers: expected at least one, got none");
    }
    Chain chain;
    try {
      chain = new Chain(input, layers);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file + ": the layers do not fit each other: " + e.getMessage(), e);
    }
    requireWeights(chain.specs());
    Map<String, float[]> values = new LinkedHashMap<>();
    weights.forEach((name, weight) -> values.put(name, weight.values()));
    return Sequential.over(chain, values, metadata);
  }

  private void requireWeights(List<ParameterSpec> specs) throws IOException {
    Map<String, Weight> extra = new LinkedHashMap<>(weights);
    List<String> faults = new ArrayList<>();
    for (ParameterSpec spec : specs) {
      Weight weight = extra.remove(spec.name());
      if (weight == null) {
        faults.add(spec.name() + ": the layers need " + spec.shape() + ", the file has none");
      } else if (!weight.shape().equals(spec.shape())) {
        faults.add(spec.name() + ": the layers need " + spec.shape() + ", the file has " + weight.shape());
      }
    }
    extra.forEach((name, weight) -> faults.add(name + ": the layers need none, the file has " + weight.shape()));
    if (!faults.isEmpty()) {
      throw new ModelFormatException(
          file + ": the weights do not fit the layers:\n  " + String.join("\n  ", faults));
    }
  }
}
