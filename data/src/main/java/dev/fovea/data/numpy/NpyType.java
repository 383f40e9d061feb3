package dev.fovea.data.numpy;

import java.nio.ByteBuffer;

/** What the elements of an array are. */
public enum NpyType {
  /** float32, held as {@code float[]}. */
  F4("f4", float.class, 4),
  /** float64, held as {@code double[]}. */
  F8("f8", double.class, 8),
  /** int8, held as {@code byte[]}. */
  I1("i1", byte.class, 1),
  /** int16, held as {@code short[]}. */
  I2("i2", short.class, 2),
  /** int32, held as {@code int[]}. */
  I4("i4", int.class, 4),
  /** int64, held as {@code long[]}. */
  I8("i8", long.class, 8),
  /** uint8, held as {@code byte[]}. */
  U1("u1", byte.class, 1),
  /** bool, held as {@code byte[]} of 0 and 1. */
  BOOL("b1", byte.class, 1);

  final String code;
  final Class<?> component;
  final int bytes;

  NpyType(String code, Class<?> component, int bytes) {
    this.code = code;
    this.component = component;
    this.bytes = bytes;
  }

  /** How NumPy writes it in a file that is little-endian. */
  String description() {
    return (bytes == 1 ? "|" : "<") + code;
  }

  /** The type of this code, without the sign for the order of bytes; {@code null} if there is none here. */
  static NpyType of(String code) {
    for (NpyType type : values()) {
      if (type.code.equals(code)) {
        return type;
      }
    }
    return null;
  }

  /** Moves {@code count} elements out of the buffer into an array of this type. */
  void get(ByteBuffer from, Object to, int offset, int count) {
    switch (this) {
      case F4 -> from.asFloatBuffer().get((float[]) to, offset, count);
      case F8 -> from.asDoubleBuffer().get((double[]) to, offset, count);
      case I2 -> from.asShortBuffer().get((short[]) to, offset, count);
      case I4 -> from.asIntBuffer().get((int[]) to, offset, count);
      case I8 -> from.asLongBuffer().get((long[]) to, offset, count);
      default -> from.get((byte[]) to, offset, count);
    }
  }

  /** Moves {@code count} elements of an array of this type to the start of the buffer. */
  void put(Object from, int offset, int count, ByteBuffer to) {
    switch (this) {
      case F4 -> to.asFloatBuffer().put((float[]) from, offset, count);
      case F8 -> to.asDoubleBuffer().put((double[]) from, offset, count);
      case I2 -> to.asShortBuffer().put((short[]) from, offset, count);
      case I4 -> to.asIntBuffer().put((int[]) from, offset, count);
      case I8 -> to.asLongBuffer().put((long[]) from, offset, count);
      default -> to.put((byte[]) from, offset, count);
    }
  }

  /** One element as a double: exact but for the largest of 64-bit integers. */
  double toDouble(Object values, int index) {
    return switch (this) {
      case F4 -> ((float[]) values)[index];
      case F8 -> ((double[]) values)[index];
      case I1 -> ((byte[]) values)[index];
      case I2 -> ((short[]) values)[index];
      case I4 -> ((int[]) values)[index];
      case I8 -> ((long[]) values)[index];
      case U1, BOOL -> ((byte[]) values)[index] & 0xff;
    };
  }
}
