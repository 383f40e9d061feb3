package dev.fovea.data.numpy;

import dev.fovea.core.Shape;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands before an array's elements: {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }}, a
 * dictionary as Python writes it, blanks behind it.
 *
 * @param type what the elements are
 * @param order which byte of an element comes first
 * @param fortran whether the first axis moves fastest
 * @param shape the lengths of the axes
 */
record NpyHeader(NpyType type, ByteOrder order, boolean fortran, Shape shape) {
  /** The longest array that every JVM can make. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Reads the text of a header; errors say the place in it. */
  static NpyHeader parse(String file, String text) throws NumpyException {
    return new Parser(file, text).header();
  }

  /** The text of a header without the blanks behind it. */
  String text() {
    StringBuilder axes = new StringBuilder();
    for (int axis = 0; axis < shape.rank(); axis++) {
      axes.append(axis == 0 ? "" : " ").append(shape.dim(axis)).append(axis == 0 || axis < shape.rank() - 1 ? "," : "");
    }
    return "{'descr': '" + type.description() + "', 'fortran_order': False, 'shape': (" + axes + "), }";
  }

  /** Reads Python's literals as far as headers have them. */
  private static final class Parser {
    private final String file;
    private final String text;
    private int at;

    private Parser(String file, String text) {
      this.file = file;
      this.text = text;
    }

    private NpyHeader header() throws NumpyException {
      String description = null;
      Boolean fortran = null;
      List<Long> lengths = null;
      expect('{');
      while (!next('}')) {
        String key = string();
        expect(':');
        switch (key) {
          case "descr" -> description = description();
          case "fortran_order" -> fortran = bool();
          case "shape" -> lengths = tuple();
          default -> throw error("expected 'descr', 'fortran_order' or 'shape', got '" + key + "'");
        }
        if (!next(',')) {
          expect('}');
          break;
        }
      }
      blanks();
      if (at < text.length()) {
        throw error("expected the end of the header");
      }
      if (description == null || fortran == null || lengths == null) {
        throw new NumpyException(file, "the header lacks " + (description == null ? "'descr'"
            : fortran == null ? "'fortran_order'" : "'shape'"));
      }
      return header(description, fortran, lengths);
    }

    private NpyHeader header(String description, boolean fortran, List<Long> lengths) throws NumpyException {
      char order = description.isEmpty() ? ' ' : description.charAt(0);
      boolean marked = "<>|=".indexOf(order) >= 0;
      String code = marked ? description.substring(1) : description;
      NpyType type = code.equals("?") ? NpyType.BOOL : NpyType.of(code);
      if (type == null) {
        String objects = code.startsWith("O") ? " (Python objects, which only Python can read)" : "";
        throw new NumpyException(file, "expected elements f4, f8, i1, i2, i4, i8, u1 or b1 (bool), got '" + description
            + "'" + objects);
      }
      // '=' is the order of the machine that wrote: little-endian wherever NumPy is common.
      return new NpyHeader(type, order == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, fortran,
          shape(type, lengths));
    }

    private Shape shape(NpyType type, List<Long> lengths) throws NumpyException {
      if (lengths.size() > 64) {
        throw new NumpyException(file, "expected at most 64 axes, as in NumPy, got " + lengths.size());
      }
      long elements = 1;
      int[] axes = new int[lengths.size()];
      for (int axis = 0; axis < axes.length; axis++) {
        long length = lengths.get(axis);
        if (length == 0) {
          throw new NumpyException(file, "axis " + axis + " of " + lengths + " has length 0: there are no elements");
        }
        if (length > LONGEST_ARRAY || elements * length > LONGEST_ARRAY) {
          throw new NumpyException(file, "the header promises an array " + lengths + " of " + type.code + ", at most "
              + LONGEST_ARRAY + " elements fit one Java array");
        }
        axes[axis] = (int) length;
        elements *= length;
      }
      return Shape.of(axes);
    }

    private String description() throws NumpyException {
      blanks();
      if (at < text.length() && text.charAt(at) == '[') {
        throw new NumpyException(file, "expected elements of one type, got records with fields: "
            + text.substring(at).strip());
      }
      return string();
    }

    private String string() throws NumpyException {
      blanks();
      char quote = at < text.length() ? text.charAt(at) : ' ';
      int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
      if (end < 0) {
        throw error("expected a string in quotes");
      }
      String string = text.substring(at + 1, end);
      at = end + 1;
      return string;
    }

    private boolean bool() throws NumpyException {
      blanks();
      for (String word : new String[] {"True", "False"}) {
        if (text.startsWith(word, at)) {
          at += word.length();
          return word.equals("True");
        }
      }
      throw error("expected True or False");
    }

    private List<Long> tuple() throws NumpyException {
      List<Long> numbers = new ArrayList<>();
      expect('(');
      while (!next(')')) {
        numbers.add(number());
        if (!next(',')) {
          expect(')');
          break;
        }
      }
      return numbers;
    }

    private long number() throws NumpyException {
      blanks();
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == start || at - start > 18) {
        at = start;
        throw error("expected the length of an axis");
      }
      long number = Long.parseLong(text.substring(start, at));
      // Python 2 wrote long numbers so.
      next('L');
      return number;
    }

    private void blanks() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private boolean next(char sign) {
      blanks();
      boolean there = at < text.length() && text.charAt(at) == sign;
      at += there ? 1 : 0;
      return there;
    }

    private void expect(char sign) throws NumpyException {
      if (!next(sign)) {
        throw error("expected '" + sign + "'");
      }
    }

    private NumpyException error(String problem) {
      return new NumpyException(file, "at character " + at + " of the header: " + problem + " in: " + text.strip());
    }
  }
}
