package dev.fovea.data.numpy;

import dev.fovea.core.io.AtomicFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * NumPy's file of one array ({@code .npy}, format 1.0 to 3.0).
 *
 * <pre>{@code
 * Tensor weights = Npy.read(Path.of("weights.npy")).tensor();
 * Npy.write(Path.of("scores.npy"), NpyArray.of(trainer.predict(test)));
 * }</pre>
 *
 * <p>Either order of bytes and of axes is read; what is written is little-endian and row-major, byte for byte as NumPy
 * writes it. Python objects and records with fields are refused.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  /** Where the elements begin is a multiple of this, as in NumPy. */
  private static final int ALIGNMENT = 64;
  /** Digits for which NumPy leaves room, so that an array can grow in its place. */
  private static final int GROWTH = 21;
  private static final int PIECE = 1 << 16;

  private Npy() {}

  /**
   * Reads a file.
   *
   * @throws NumpyException if it is no such file, or a broken one
   * @throws IOException if it cannot be read
   */
  public static NpyArray read(Path file) throws IOException {
    long size = Files.size(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), PIECE)) {
      return read(file.toString(), in, size);
    }
  }

  /**
   * Reads an array from a stream, to its end.
   *
   * @param name what errors call it
   */
  public static NpyArray read(String name, InputStream in) throws IOException {
    return read(name, in, PIECE);
  }

  static NpyArray read(String name, InputStream in, long likelySize) throws IOException {
    return new NpyReader(name, in).read(likelySize);
  }

  /**
   * Writes a file.
   *
   * @throws IOException if that is not possible; what was there before is then as it was
   */
  public static void write(Path file, NpyArray array) throws IOException {
    AtomicFile.replace(file, out -> write(out, array));
  }

  /** Writes an array into a stream, which is flushed and stays open. */
  public static void write(OutputStream stream, NpyArray array) throws IOException {
    BufferedOutputStream out = new BufferedOutputStream(stream, PIECE);
    out.write(header(array));
    byte[] bytes = new byte[PIECE];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    NpyType type = array.type();
    int most = PIECE / type.bytes;
    int size = array.shape().size();
    for (int from = 0; from < size; from += Math.min(most, size - from)) {
      int count = Math.min(most, size - from);
      type.put(array.values(), from, count, buffer.clear());
      out.write(bytes, 0, count * type.bytes);
    }
    out.flush();
  }

  /** How many bytes {@link #write} writes. */
  static long length(NpyArray array) {
    return header(array).length + array.shape().elements() * array.type().bytes;
  }

  private static byte[] header(NpyArray array) {
    String text = new NpyHeader(array.type(), ByteOrder.LITTLE_ENDIAN, false, array.shape()).text();
    if (array.shape().rank() > 0) {
      text += " ".repeat(GROWTH - Integer.toString(array.shape().dim(0)).length());
    }
    int blanks = ALIGNMENT - (MAGIC.length + 4 + text.length() + 1) % ALIGNMENT;
    text += " ".repeat(blanks % ALIGNMENT) + "\n";
    ByteBuffer header = ByteBuffer.allocate(MAGIC.length + 4 + text.length()).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
    return header.put(text.getBytes(StandardCharsets.US_ASCII)).array();
  }

  /** Whether these are the bytes that a file begins with. */
  static boolean isMagic(byte[] bytes) {
    return Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }
}
