package dev.fovea.layers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over the bits of floats, little-endian, four bytes each: what {@code numpy.float32(...).tobytes()} gives. */
final class Checksum {
  private static final int FLOATS_AT_A_TIME = 1 << 13;

  private Checksum() {}

  /** The checksum of the first {@code size} values, in hexadecimal. */
  static String of(float[] values, int size) {
    MessageDigest digest = sha256();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * FLOATS_AT_A_TIME).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < size; from += FLOATS_AT_A_TIME) {
      int count = Math.min(FLOATS_AT_A_TIME, size - from);
      bytes.clear();
      bytes.asFloatBuffer().put(values, from, count);
      bytes.limit(Float.BYTES * count);
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
