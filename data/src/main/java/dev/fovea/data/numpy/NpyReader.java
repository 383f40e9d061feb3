package dev.fovea.data.numpy;

import dev.fovea.core.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/** Reads one array, see {@link Npy}, and keeps count of the bytes so that an error can say where it is. */
final class NpyReader {
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int PIECE = 1 << 16;
  /** The magic bytes and the version. */
  private static final int START = 8;

  private final String name;
  private final InputStream in;
  private long position;

  NpyReader(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /** Reads to the end; never makes room for more than twice what the stream holds. */
  NpyArray read(long likelySize) throws IOException {
    NpyHeader header = header();
    NpyType type = header.type();
    int promised = header.shape().size();
    long start = position;
    // The header may lie, so it does not say how much to allocate: the file's size does, and the array grows while
    // bytes keep coming.
    Object values = Array.newInstance(type.component,
        (int) Math.min(promised, Math.max(likelySize, PIECE) / type.bytes));
    byte[] bytes = new byte[PIECE];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
    int have = 0;
    while (have < promised) {
      int want = Math.min(PIECE / type.bytes, promised - have);
      int got = fill(bytes, want * type.bytes);
      if (got < want * type.bytes) {
        throw error(position, "the file ends too early: the header promises " + header.shape().crossed() + " = "
            + promised + " elements of " + type.bytes + (type.bytes == 1 ? " byte" : " bytes") + " from byte " + start
            + " on, got " + (position - start) + " bytes");
      }
      int room = Array.getLength(values);
      if (have + want > room) {
        Object larger = Array.newInstance(type.component, (int) Math.min(promised, Math.max(2L * room, have + want)));
        System.arraycopy(values, 0, larger, 0, have);
        values = larger;
      }
      type.get(buffer.clear(), values, have, want);
      have += want;
    }
    if (fill(bytes, 1) > 0) {
      throw error(position - 1, "expected the end of the file after the " + promised
          + " elements that the header promises, but more bytes follow");
    }
    return header.fortran() ? fromFortran(header, values) : new NpyArray(type, header.shape(), values);
  }

  /** What Fortran calls [a, b, c] is [c, b, a] in row-major order. */
  private static NpyArray fromFortran(NpyHeader header, Object values) {
    int rank = header.shape().rank();
    int[] lengths = new int[rank];
    int[] axes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      lengths[axis] = header.shape().dim(rank - 1 - axis);
      axes[axis] = rank - 1 - axis;
    }
    return new NpyArray(header.type(), Shape.of(lengths), values).transposed(axes);
  }

  private NpyHeader header() throws IOException {
    byte[] start = new byte[START + 4];
    int read = fill(start, START);
    if (read < START) {
      throw error(position, "the file ends too early: expected the 8 bytes an .npy file begins with, got " + read);
    }
    if (!Npy.isMagic(start)) {
      throw error(0, String.format("expected an .npy file, which begins with the bytes 93 4e 55 4d 50 59, got"
          + " %02x %02x %02x %02x %02x %02x", start[0], start[1], start[2], start[3], start[4], start[5]));
    }
    int version = start[6] & 0xff;
    if (version < 1 || version > 3 || start[7] != 0) {
      throw error(6, "expected format 1.0, 2.0 or 3.0, got " + version + "." + (start[7] & 0xff));
    }
    int lengthBytes = version == 1 ? 2 : 4;
    long length = 0;
    if (fill(start, lengthBytes) == lengthBytes) {
      for (int i = lengthBytes - 1; i >= 0; i--) {
        length = length << 8 | start[i] & 0xff;
      }
    }
    if (length > LONGEST_HEADER) {
      throw error(START, "expected a header of at most " + LONGEST_HEADER + " bytes, got " + length);
    }
    byte[] text = new byte[(int) length];
    if (fill(text, text.length) < text.length || length == 0) {
      throw error(position, "the file ends too early: the header of " + length + " bytes is not whole");
    }
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return NpyHeader.parse(name, new String(text, charset));
  }

  /** Reads so many bytes unless the stream ends before; returns how many. */
  private int fill(byte[] bytes, int count) throws IOException {
    try {
      int read = in.readNBytes(bytes, 0, count);
      position += read;
      return read;
    } catch (ZipException | EOFException e) {
      throw new NumpyException(name, "the packed data are broken: "
          + (e instanceof EOFException ? "they end too early" : e.getMessage()), e);
    }
  }

  private NumpyException error(long place, String problem) {
    return new NumpyException(name, "at byte " + place + ": " + problem);
  }
}
