package dev.fovea.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks a gzip file (RFC 1952) of one or more members, strictly to its last byte. {@link
 * java.util.zip.GZIPInputStream} is not enough: it passes over whatever follows the last member, and does not say where
 * a stream is broken.
 */
final class Gzip extends InputStream {
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream file;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int filled;
  private long before;
  private boolean inMember;

  /** Unpacks this file from its first byte on, and closes it when closed. */
  Gzip(InputStream file) {
    this.file = file;
  }

  /** Whether these are the first bytes of a gzip file; the stream must support marks and is left where it was. */
  static boolean begins(InputStream file) throws IOException {
    file.mark(2);
    int magic = file.read() | file.read() << 8;
    file.reset();
    return magic == MAGIC;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (length > 0) {
      if (!inMember && !header()) {
        return -1;
      }
      if (inflater.finished()) {
        trailer();
      } else {
        int count = inflate(bytes, offset, length);
        if (count > 0) {
          checksum.update(bytes, offset, count);
          return count;
        }
      }
    }
    return 0;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    if (inflater.needsInput()) {
      require();
      inflater.setInput(buffer, next, filled - next);
      next = filled;
    }
    try {
      int count = inflater.inflate(bytes, offset, length);
      if (inflater.needsDictionary()) {
        throw error("expected a stream without a preset dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      next = filled - inflater.getRemaining();
      throw error(e.getMessage());
    }
  }

  /** Reads the header of the next member; {@code false} if the file ends here. */
  private boolean header() throws IOException {
    if (!more()) {
      return false;
    }
    if (number(2) != MAGIC) {
      throw error("expected the end of the file or another gzip member");
    }
    if (number(1) != DEFLATE) {
      throw error("expected compression method 8 (deflate)");
    }
    int flags = (int) number(1);
    if ((flags & RESERVED) != 0) {
      throw error("expected the reserved flags to be 0");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip((int) number(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    checksum.reset();
    inMember = true;
    return true;
  }

  private void trailer() throws IOException {
    next = filled - inflater.getRemaining();
    if (number(4) != checksum.getValue()) {
      throw error("the checksum does not agree with the unpacked data");
    }
    if (number(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw error("the length does not agree with the unpacked data");
    }
    inMember = false;
  }

  /** A little-endian number. */
  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      require();
      number |= (buffer[next++] & 0xffL) << 8 * i;
    }
    return number;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      number(1);
    }
  }

  private void skipText() throws IOException {
    long character;
    do {
      character = number(1);
    } while (character != 0);
  }

  private void require() throws IOException {
    if (!more()) {
      throw new EOFException("at byte " + position() + ": the file ends in the middle of it");
    }
  }

  /** Whether there is another byte in the buffer, which is filled anew if it was empty. */
  private boolean more() throws IOException {
    if (next == filled) {
      before += filled;
      next = 0;
      filled = Math.max(0, file.read(buffer, 0, buffer.length));
    }
    return filled > 0;
  }

  private long position() {
    return before + next;
  }

  private ZipException error(String problem) {
    return new ZipException("before byte " + position() + ": " + problem);
  }

  /** Frees what unpacking needed and closes the file. */
  @Override
  public void close() throws IOException {
    inflater.end();
    file.close();
  }
}
