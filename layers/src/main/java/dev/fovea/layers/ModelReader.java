package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads model files. Weights are read number by number into arrays that grow with what is really there, whatever the
 * file claims; a model is made when everything has been read and checked, so that none is ever half loaded.
 */
final class ModelReader {
  /** Levels of nesting. */
  static final int DEEPEST = 100;
  /** How Jackson's message on repeated names begins. */
  private static final String TWICE = "Duplicate Object property ";
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      // Read as numbers, so that they are refused by the name of the weight.
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .build()).build();

  private final Path file;
  private final JsonParser json;
  private final ModelTokens tokens;
  private final LayerCodec codec;
  private boolean known;
  private boolean versioned;
  private Shape input;
  private Metadata metadata = Metadata.none();
  private List<Layer> layers;
  private List<GraphFile.Entry> inputs;
  private List<GraphFile.Entry> nodes;
  private String output;
  private final Map<String, StoredWeight> weights = new LinkedHashMap<>();

  private ModelReader(Path file, JsonParser json, LayerRegistry registry) {
    this.file = file;
    this.json = json;
    this.tokens = new ModelTokens(file, json);
    this.codec = new LayerCodec(registry);
  }

  /**
   * Reads a model of this class.
   *
   * @throws ModelFormatException if the file is not a whole and sound model, or one of another class
   */
  static <M extends Model> M read(Path file, LayerRegistry registry, Class<M> kind) throws IOException {
    try (var in = ModelInput.open(file); JsonParser json = MAPPER.createParser(in)) {
      Model model = new ModelReader(file, json, registry).read();
      if (!kind.isInstance(model)) {
        String got = model.getClass().getSimpleName();
        throw new ModelFormatException(file + ": expected a " + kind.getSimpleName() + ", got a " + got + "; " + got
            + ".load reads it, and Model.load reads either");
      }
      return kind.cast(model);
    } catch (JacksonIOException e) {
      throw unreadable(file, e.getCause());
    } catch (UnexpectedEndOfInputException e) {
      throw new ModelFormatException(
          ModelTokens.place(file, e.getLocation()) + "the file ends too early; it was cut off", e);
    } catch (JacksonException e) {
      throw new ModelFormatException(
          ModelTokens.place(file, e.getLocation()) + "not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private Model read() throws IOException {
    try {
      readFile();
    } catch (StreamConstraintsException e) {
      boolean nesting = e.getOriginalMessage().startsWith("Document nesting depth");
      throw new ModelFormatException(ModelTokens.place(file, json.currentLocation()) + (nesting
          ? "expected at most " + DEEPEST + " levels of nesting, got more"
          : "beyond all measure: " + e.getOriginalMessage()), e);
    } catch (StreamReadException e) {
      if (e.getOriginalMessage().startsWith(TWICE)) {
        throw new ModelFormatException(ModelTokens.place(file, json.currentLocation()) + "expected each name once, got "
            + e.getOriginalMessage().substring(TWICE.length()) + " again", e);
      }
      throw e;
    }
    return model();
  }

  private static IOException unreadable(Path file, IOException e) {
    if (e instanceof EOFException) {
      return new ModelFormatException(file + ": the file ends too early; it was cut off", e);
    }
    return e instanceof ZipException
        ? new ModelFormatException(file + ": damaged gzip data: " + e.getMessage(), e) : e;
  }

  private void readFile() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw tokens.wrong("expected a Fovea model {\"format\": \"fovea-model\", ...}, got " + tokens.got());
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      readField(field);
    }
    if (json.nextToken() != null) {
      throw tokens.wrong("expected the end of the file behind the model, got " + tokens.got());
    }
    require(known, "format");
    require(versioned, "version");
    if (nodes == null) {
      require(input != null, "input");
      require(layers != null, "layers\" or \"nodes");
      refuse(inputs != null, "inputs", "layers");
      refuse(output != null, "output", "layers");
    } else {
      require(inputs != null, "inputs");
      require(output != null, "output");
      refuse(input != null, "input", "nodes");
      refuse(layers != null, "layers", "nodes");
    }
  }

  private void refuse(boolean there, String field, String kind) throws IOException {
    if (there) {
      throw new ModelFormatException(file + ": expected no field \"" + field + "\" beside \"" + kind + "\"");
    }
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
          throw tokens.wrong("expected the format \"fovea-model\", got " + tokens.got());
        }
        known = true;
      }
      case "version" -> {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || !json.getString().equals("1")) {
          throw tokens.wrong("expected version 1, the newest this Fovea reads, got " + tokens.got());
        }
        versioned = true;
      }
      case "input" -> input = tokens.readShape("input");
      case "metadata" -> metadata = readMetadata();
      case "layers" -> layers = readList("layers", codec::read);
      case "inputs" -> inputs = readList("inputs", GraphFile::readInput);
      case "nodes" -> nodes = readList("nodes", (node, where) -> GraphFile.readNode(node, codec, where));
      case "output" -> {
        tokens.expect(JsonToken.VALUE_STRING, "output: expected the name of a node");
        output = json.getString();
      }
      case "weights" -> readWeights();
      default -> throw tokens.wrong(known ? "unknown field \"" + field + "\""
          : "expected a Fovea model {\"format\": \"fovea-model\", ...}, got a field \"" + field + "\"");
    }
  }

  private Metadata readMetadata() throws IOException {
    tokens.expect(JsonToken.START_OBJECT, "metadata: expected an object");
    Metadata read = Metadata.none();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("classes")) {
        read = read.withClasses(tokens.readTexts("metadata: classes"));
      } else {
        tokens.expect(JsonToken.VALUE_STRING, "metadata: " + name + ": expected a text");
        read = read.with(name, json.getString());
      }
    }
    return read;
  }

  private <T> List<T> readList(String field, BiFunction<JsonNode, String, T> reader) throws IOException {
    tokens.expect(JsonToken.START_ARRAY, field + ": expected a list");
    List<T> read = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String place = ModelTokens.place(file, json.currentTokenLocation());
      JsonNode node = json.readValueAsTree();
      try {
        read.add(reader.apply(node, field + "[" + read.size() + "]"));
      } catch (IllegalArgumentException e) {
        throw new ModelFormatException(place + e.getMessage(), e);
      }
    }
    return read;
  }

  private void readWeights() throws IOException {
    tokens.expect(JsonToken.START_OBJECT, "weights: expected an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      weights.put(name, StoredWeight.read(tokens, name));
    }
  }

  private Model model() throws IOException {
    if (nodes == null && layers.isEmpty()) {
      throw new ModelFormatException(file + ": layers: expected at least one, got none");
    }
    Network network;
    try {
      network = nodes == null ? Network.row(input, layers) : GraphFile.network(inputs, nodes, output);
    } catch (ShapeException e) {
      throw new ModelFormatException(file + ": the layers do not fit each other: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file + ": " + e.getMessage(), e);
    }
    requireWeights(network.specs());
    Map<String, float[]> values = new LinkedHashMap<>();
    weights.forEach((name, weight) -> values.put(name, weight.values()));
    return nodes == null ? Sequential.over(network, values, metadata) : Graph.over(network, values, metadata);
  }

  private void requireWeights(List<ParameterSpec> specs) throws IOException {
    Map<String, StoredWeight> extra = new LinkedHashMap<>(weights);
    List<String> faults = new ArrayList<>();
    for (ParameterSpec spec : specs) {
      StoredWeight weight = extra.remove(spec.name());
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
