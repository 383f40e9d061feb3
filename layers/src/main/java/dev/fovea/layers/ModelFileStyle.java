package dev.fovea.layers;

import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.TokenStreamContext;

/**
 * How model files are laid out: a line for each field of the file, each layer or node, each weight and each piece of
 * metadata; no spaces in lists, where most of the file is.
 */
final class ModelFileStyle implements PrettyPrinter {
  private static final Set<String> LISTS = Set.of("layers", "inputs", "nodes");

  @Override
  public void writeRootValueSeparator(JsonGenerator json) {
    json.writeRaw('\n');
  }

  @Override
  public void writeStartObject(JsonGenerator json) {
    json.writeRaw('{');
  }

  @Override
  public void beforeObjectEntries(JsonGenerator json) {
    breakLine(json, 0);
  }

  @Override
  public void writeObjectNameValueSeparator(JsonGenerator json) {
    json.writeRaw(": ");
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator json) {
    json.writeRaw(breaks(json.streamWriteContext()) ? "," : ", ");
    breakLine(json, 0);
  }

  @Override
  public void writeEndObject(JsonGenerator json, int entries) {
    if (entries > 0) {
      breakLine(json, -1);
    }
    json.writeRaw('}');
  }

  @Override
  public void writeStartArray(JsonGenerator json) {
    json.writeRaw('[');
  }

  @Override
  public void beforeArrayValues(JsonGenerator json) {
    breakLine(json, 0);
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator json) {
    json.writeRaw(',');
    breakLine(json, 0);
  }

  @Override
  public void writeEndArray(JsonGenerator json, int values) {
    if (values > 0) {
      breakLine(json, -1);
    }
    json.writeRaw(']');
  }

  private static void breakLine(JsonGenerator json, int outward) {
    TokenStreamContext context = json.streamWriteContext();
    if (breaks(context)) {
      json.writeRaw("\n" + "  ".repeat(context.getNestingDepth() + outward));
    }
  }

  /** The file itself; the objects in it; the lists of layers or nodes. */
  private static boolean breaks(TokenStreamContext context) {
    return switch (context.getNestingDepth()) {
      case 1 -> true;
      case 2 -> context.inObject() || LISTS.contains(context.getParent().currentName());
      default -> false;
    };
  }
}
