package dev.fovea.data;

import dev.fovea.core.Shape;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads one IDX file, see {@link Idx}, and keeps count of the bytes so that an error can say where it is. */
final class IdxReader {
  /** The longest array that every JVM can make. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final int SMALLEST_PIECE = 4096;
  private static final int UNSIGNED_BYTE = 0x08;

  private final Path path;
  private final InputStream in;
  private final boolean packed;
  private long position;

  private IdxReader(Path path, InputStream in, boolean packed) {
    this.path = path;
    this.in = in;
    this.packed = packed;
  }

  static IdxArray read(Path path) throws IOException {
    long fileSize = Files.size(path);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      boolean packed = isGzip(file);
      try (InputStream in = packed ? new GZIPInputStream(file, 1 << 16) : file) {
        return new IdxReader(path, in, packed).read(fileSize);
      } catch (ZipException | EOFException e) {
        throw broken(path, e);
      }
    }
  }

  /** By the first two bytes (RFC 1952), which stay in the stream. */
  private static boolean isGzip(InputStream file) throws IOException {
    file.mark(2);
    int magic = file.read() | file.read() << 8;
    file.reset();
    return magic == GZIPInputStream.GZIP_MAGIC;
  }

  private static IdxException broken(Path path, IOException cause) {
    String problem = cause instanceof EOFException ? "the file ends too early" : cause.getMessage();
    return new IdxException(path, "the gzip stream is broken: " + problem, cause);
  }

  private IdxArray read(long fileSize) throws IOException {
    Shape shape = shape(magic());
    long promised = shape.elements();
    if (promised > LONGEST_ARRAY) {
      throw error(4, "the header promises " + shape.crossed() + " = " + promised + " bytes, at most " + LONGEST_ARRAY
          + " fit one Java array");
    }
    long start = position;
    // The header may lie, so it does not say how much to allocate: the file's own size does, which is enough at once
    // unless the file is packed, and the array grows while bytes keep coming.
    byte[] bytes = new byte[(int) Math.min(promised, Math.max(fileSize, SMALLEST_PIECE))];
    int read = fill(bytes, 0);
    while (read == bytes.length && read < promised) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(promised, 2L * read));
      read = fill(bytes, read);
    }
    if (read < promised) {
      throw error(position, "the file ends too early: the header promises " + shape.crossed() + " = " + promised
          + " bytes from byte " + start + " on, got " + read);
    }
    if (fill(new byte[1], 0) > 0) {
      throw error(start + promised, "expected the end of the file after the " + shape.crossed() + " = " + promised
          + " bytes that the header promises, but more bytes follow");
    }
    return new IdxArray(shape, bytes);
  }

  /** Checks the first four bytes and returns the number of axes. */
  private int magic() throws IOException {
    byte[] magic = new byte[4];
    int read = fill(magic, 0);
    if (read < magic.length) {
      throw error(position, "the file ends too early: expected the 4 bytes an IDX file begins with, got " + read);
    }
    if (magic[0] != 0 || magic[1] != 0) {
      throw error(0, String.format("expected an IDX file, which begins with the bytes 00 00, got %02x %02x",
          magic[0], magic[1]));
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw error(2, String.format("expected elements of type 08 (unsigned byte), got %02x (%s)",
          magic[2], typeName(magic[2])));
    }
    if (magic[3] == 0) {
      throw error(3, "expected at least one axis, got 0");
    }
    return magic[3] & 0xff;
  }

  private static String typeName(int type) {
    return switch (type) {
      case 0x09 -> "signed byte";
      case 0x0b -> "16-bit integer";
      case 0x0c -> "32-bit integer";
      case 0x0d -> "32-bit float";
      case 0x0e -> "64-bit float";
      default -> "no type of IDX";
    };
  }

  private Shape shape(int axes) throws IOException {
    byte[] header = new byte[4 * axes];
    if (fill(header, 0) < header.length) {
      throw error(position, "the file ends too early: expected the lengths of " + axes + " axes from byte 4 on, "
          + header.length + " bytes, got " + (position - 4));
    }
    int[] lengths = new int[axes];
    long elements = 1;
    for (int axis = 0; axis < axes; axis++) {
      long length = 0;
      for (int i = 0; i < 4; i++) {
        length = length << 8 | header[4 * axis + i] & 0xff;
      }
      if (length == 0) {
        throw error(4 + 4L * axis, "axis " + axis + " has length 0: the file holds no samples");
      }
      if (length > LONGEST_ARRAY || Math.multiplyHigh(elements, length) != 0 || elements * length < 0) {
        throw error(4 + 4L * axis, "axis " + axis + " has length " + length + ", at most " + LONGEST_ARRAY
            + " bytes fit one Java array");
      }
      lengths[axis] = (int) length;
      elements *= length;
    }
    return Shape.of(lengths);
  }

  /** Reads until the array is full or the file ends; returns how far it is filled. */
  private int fill(byte[] bytes, int from) throws IOException {
    try {
      int read = in.readNBytes(bytes, from, bytes.length - from);
      position += read;
      return from + read;
    } catch (ZipException | EOFException e) {
      throw broken(path, e);
    }
  }

  private IdxException error(long place, String problem) {
    return new IdxException(path, "at byte " + place + (packed ? " of the unpacked data: " : ": ") + problem);
  }
}
