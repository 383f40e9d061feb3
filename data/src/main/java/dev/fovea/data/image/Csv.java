package dev.fovea.data.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values strictly as RFC 4180 says: a field with a comma, a line break or a quote stands in
 * quotes, quotes in it are doubled. In UTF-8, with or without a byte-order mark; lines end in CRLF or LF; empty ones
 * are passed over. An unquoted field may not begin or end with a space, which RFC 4180 counts as part of it and hardly
 * anybody means.
 */
final class Csv {
  private static final int BYTE_ORDER_MARK = 0xfeff;

  private final Path file;
  private final PushbackReader in;
  private int line = 1;

  private Csv(Path file, PushbackReader in) {
    this.file = file;
    this.in = in;
  }

  /**
   * A line of the table.
   *
   * @param line the number of the line it begins in, from 1
   * @param fields the fields
   */
  record Row(int line, List<String> fields) {}

  /**
   * All rows of a file.
   *
   * @throws ImageException if the file is not there or is no such table
   */
  static List<Row> read(Path file) throws IOException {
    try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new Csv(file, new PushbackReader(text)).rows();
    } catch (NoSuchFileException e) {
      throw new ImageException(file, "there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new ImageException(file, "expected a text in UTF-8, got other bytes", e);
    }
  }

  private List<Row> rows() throws IOException {
    int first = in.read();
    if (first != BYTE_ORDER_MARK) {
      unread(first);
    }
    List<Row> rows = new ArrayList<>();
    while (true) {
      int next = in.read();
      if (next < 0) {
        return rows;
      }
      unread(next);
      int begin = line;
      List<String> fields = row();
      if (fields.size() > 1 || !fields.get(0).isEmpty()) {
        rows.add(new Row(begin, fields));
      }
    }
  }

  private List<String> row() throws IOException {
    List<String> fields = new ArrayList<>();
    int end;
    do {
      int first = in.read();
      if (first == '"') {
        fields.add(quoted());
      } else {
        unread(first);
        fields.add(unquoted());
      }
      end = in.read();
    } while (end == ',');
    if (end == '\r') {
      end = in.read();
      if (end != '\n') {
        throw broken("expected the end of the line after a carriage return");
      }
    }
    line++;
    return fields;
  }

  /** A field up to the comma or line break that ends it. */
  private String unquoted() throws IOException {
    StringBuilder field = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != ',' && c != '\r' && c != '\n') {
      if (c == '"') {
        throw broken("a quote in the middle of a field; put the whole field in quotes and double those in it");
      }
      field.append((char) c);
      c = in.read();
    }
    unread(c);
    if (!field.toString().equals(field.toString().strip())) {
      throw broken("the field '" + field + "' begins or ends with a space; remove the space, or put the field in quotes"
          + " if it belongs there");
    }
    return field.toString();
  }

  /** A field behind its first quote, up to behind its last. */
  private String quoted() throws IOException {
    StringBuilder field = new StringBuilder();
    int begin = line;
    while (true) {
      int c = in.read();
      if (c < 0) {
        line = begin;
        throw broken("the quote that begins a field is never closed");
      }
      if (c == '"') {
        c = in.read();
        if (c != '"') {
          if (c >= 0 && c != ',' && c != '\r' && c != '\n') {
            throw broken("expected a comma or the end of the line after a closing quote, got '" + (char) c + "'");
          }
          unread(c);
          return field.toString();
        }
      }
      line += c == '\n' ? 1 : 0;
      field.append((char) c);
    }
  }

  private void unread(int c) throws IOException {
    if (c >= 0) {
      in.unread(c);
    }
  }

  private ImageException broken(String problem) {
    return new ImageException(file, "line " + line + ": " + problem);
  }
}
