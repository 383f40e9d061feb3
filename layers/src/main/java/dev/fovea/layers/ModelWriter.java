package dev.fovea.layers;

import dev.fovea.core.Parameter;
import dev.fovea.core.io.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes model files, number by number: what is in memory beside the model does not depend on its size. */
final class ModelWriter {
  static final String FORMAT = "fovea-model";
  static final int VERSION = 1;
  /**
   * The fast writer gives the shortest digits that read back to the same bits, which {@link Float#toString} does not on
   * JDK 17.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
  /** The model and its list of layers. */
  private static final int LEVELS_ABOVE = 2;

  private ModelWriter() {}

  static void write(Model model, LayerRegistry registry, Path file) throws IOException {
    LayerCodec codec = new LayerCodec(registry);
    List<ObjectNode> nodes = model.nodes().stream()
        .map(node -> model instanceof Graph ? GraphFile.write(node, codec) : codec.write(node.part())).toList();
    for (int i = 0; i < nodes.size(); i++) {
      requireReadable(model.nodes().get(i), LEVELS_ABOVE + levels(nodes.get(i)));
    }
    model.parameters().forEach(ModelWriter::requireFinite);
    AtomicFile.replace(file, out -> write(model, nodes, out));
  }

  /** Blocks in blocks in blocks: what goes deeper than the reader follows is not written in the first place. */
  private static void requireReadable(Node node, int levels) {
    if (levels > ModelReader.DEEPEST) {
      throw new IllegalArgumentException("save: " + node.name() + ": expected at most " + ModelReader.DEEPEST
          + " levels of nesting in the file, got " + levels + "; put fewer blocks into each other");
    }
  }

  private static int levels(JsonNode node) {
    int deepest = 0;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, levels(child));
    }
    return node.isContainer() ? 1 + deepest : 0;
  }

  private static void requireFinite(Parameter parameter) {
    float[] values = parameter.data();
    for (int i = 0; i < parameter.shape().size(); i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("save: " + parameter.name() + " " + parameter.shape()
            + ": expected finite numbers, got " + values[i] + " at element " + i);
      }
    }
  }

  private static void write(Model model, List<ObjectNode> nodes, OutputStream out) throws IOException {
    try (JsonGenerator json = MAPPER.writer().with(new ModelFileStyle()).without(StreamWriteFeature.AUTO_CLOSE_TARGET)
        .createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("format", FORMAT);
      json.writeNumberProperty("version", VERSION);
      boolean graph = model instanceof Graph;
      if (graph) {
        writeList(json, "inputs", model.inputs().stream().map(GraphFile::write).toList());
      } else {
        json.writeName("input");
        writeIntegers(json, model.inputShape().toArray());
      }
      writeMetadata(json, model.metadata());
      writeList(json, graph ? "nodes" : "layers", nodes);
      if (graph) {
        json.writeStringProperty("output", model.nodes().get(nodes.size() - 1).name());
      }
      json.writeObjectPropertyStart("weights");
      model.parameters().forEach(parameter -> writeWeight(json, parameter));
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  private static void writeList(JsonGenerator json, String name, List<ObjectNode> nodes) {
    json.writeArrayPropertyStart(name);
    nodes.forEach(json::writeTree);
    json.writeEndArray();
  }

  private static void writeMetadata(JsonGenerator json, Metadata metadata) {
    json.writeObjectPropertyStart("metadata");
    if (!metadata.classes().isEmpty()) {
      json.writeArrayPropertyStart("classes");
      metadata.classes().forEach(json::writeString);
      json.writeEndArray();
    }
    metadata.texts().forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private static void writeWeight(JsonGenerator json, Parameter parameter) {
    float[] values = parameter.data();
    int size = parameter.shape().size();
    json.writeObjectPropertyStart(parameter.name());
    json.writeName("shape");
    writeIntegers(json, parameter.shape().toArray());
    json.writeStringProperty("checksum", Checksum.of(values, size));
    json.writeArrayPropertyStart("data");
    for (int i = 0; i < size; i++) {
      json.writeNumber(values[i]);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeIntegers(JsonGenerator json, int[] values) {
    json.writeStartArray();
    for (int value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }
}
