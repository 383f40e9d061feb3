package dev.fovea.layers;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** The tokens of a model file: what it reads most often, and errors that name the file, the line and the column. */
final class ModelTokens {
  private static final int MOST_AXES = 16;
  /** Digits of the longest axis there can be. */
  private static final int MOST_DIGITS = 10;

  final JsonParser json;
  private final Path file;

  ModelTokens(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /** What errors begin with: the file, and the place in it where that is known. */
  static String place(Path file, TokenStreamLocation location) {
    return file + (location == null ? ": "
        : ", line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ");
  }

  /** An error at the token just read. */
  ModelFormatException wrong(String message) {
    return new ModelFormatException(place(file, json.currentTokenLocation()) + message);
  }

  /** The token just read, as errors quote it. */
  String got() {
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

  /** Refuses any other token than this. */
  void expect(JsonToken token, String message) throws IOException {
    if (json.currentToken() != token) {
      throw wrong(message + ", got " + got());
    }
  }

  /** A list of axis lengths. */
  Shape readShape(String what) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(what + ": expected a list of axis lengths, got " + got());
    }
    List<Integer> lengths = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getString().length() <= MOST_DIGITS;
      long length = whole ? json.getLongValue() : 0;
      if (length < 1 || length > Integer.MAX_VALUE || lengths.size() == MOST_AXES) {
        throw wrong(what + ": expected at most " + MOST_AXES + " axis lengths from 1 to 2147483647, got " + got());
      }
      lengths.add((int) length);
    }
    try {
      return Shape.of(lengths.stream().mapToInt(Integer::intValue).toArray());
    } catch (IllegalArgumentException e) {
      throw wrong(what + e.getMessage().substring("shape".length()));
    }
  }

  /** A list of texts. */
  List<String> readTexts(String what) throws IOException {
    expect(JsonToken.START_ARRAY, what + ": expected a list of texts");
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(JsonToken.VALUE_STRING, what + ": expected a list of texts");
      texts.add(json.getString());
    }
    return texts;
  }
}
