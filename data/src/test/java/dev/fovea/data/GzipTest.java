package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.RandomSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipTest {
  private static final int HEADER = 10;
  private static final int TRAILER = 8;

  private final byte[] content = noise(200_000);

  @TempDir
  private Path dir;

  @Test
  void unpacks() throws IOException {
    assertThat(unpack(IdxTest.gzip(content))).isEqualTo(content);
    assertThat(unpack(IdxTest.gzip(new byte[0]))).isEmpty();
    assertThat(unpack(IdxTest.gzip(new byte[1_000_000]))).isEqualTo(new byte[1_000_000]);
    try (Gzip gzip = new Gzip(new ByteArrayInputStream(IdxTest.gzip(new byte[] {-1, 2})))) {
      assertThat(new int[] {gzip.read(), gzip.read(), gzip.read()}).containsExactly(255, 2, -1);
    }
  }

  @Test
  void unpacksSeveralMembers() throws IOException {
    byte[] twice = join(IdxTest.gzip(content), IdxTest.gzip(new byte[0]), IdxTest.gzip(content));
    assertThat(unpack(twice)).isEqualTo(join(content, content));
  }

  @Test
  void skipsTheOptionalPartsOfTheHeader() throws IOException {
    byte[] plain = IdxTest.gzip(content);
    byte[] header = Arrays.copyOf(plain, HEADER);
    header[3] = 2 | 4 | 8 | 16;
    byte[] optional = {3, 0, 'x', 'y', 'z', 'n', 'a', 'm', 'e', 0, 'n', 'o', 't', 'e', 0, 1, 2};
    assertThat(unpack(join(header, optional, Arrays.copyOfRange(plain, HEADER, plain.length)))).isEqualTo(content);
  }

  @Test
  void refusesWhatFollowsTheLastMember() {
    refuses(bytes -> join(bytes, new byte[] {1, 2, 3}), ZipException.class, 2,
        ": expected the end of the file or another gzip member");
  }

  @Test
  void refusesBrokenStreams() {
    refuses(bytes -> changed(bytes, bytes.length - TRAILER), ZipException.class, -4,
        ": the checksum does not agree with the unpacked data");
    refuses(bytes -> changed(bytes, bytes.length - 1), ZipException.class, 0,
        ": the length does not agree with the unpacked data");
    refuses(bytes -> Arrays.copyOf(bytes, bytes.length - 1), EOFException.class, -1,
        ": the file ends in the middle of it");
    refuses(bytes -> Arrays.copyOf(bytes, 5000), EOFException.class, "at byte 5000: the file ends in the middle of it");
    refuses(bytes -> Arrays.copyOf(bytes, 5), EOFException.class, "at byte 5: the file ends in the middle of it");
    refuses(bytes -> changed(bytes, 2), ZipException.class, "before byte 3: expected compression method 8 (deflate)");
    refuses(bytes -> {
      bytes[3] = (byte) 0x80;
      return bytes;
    }, ZipException.class, "before byte 4: expected the reserved flags to be 0");
    refuses(bytes -> {
      bytes[HEADER] = 7; // a last block of the reserved type 3
      return bytes;
    }, ZipException.class, "before byte 11: invalid block type");
  }

  @Test
  void theReaderOfIdxSaysSo() throws IOException {
    byte[] packed = IdxTest.gzip(IdxTest.idx(new int[] {content.length}, content));
    Path path = Files.write(dir.resolve("broken"), Arrays.copyOf(packed, 5000));
    assertThatThrownBy(() -> Idx.read(path)).isInstanceOf(IdxException.class)
        .hasMessage(path + ": the gzip stream is broken: at byte 5000: the file ends in the middle of it");
    Path more = Files.write(dir.resolve("more"), join(packed, new byte[] {1, 2}));
    assertThatThrownBy(() -> Idx.read(more)).isInstanceOf(IdxException.class)
        .hasMessage(more + ": the gzip stream is broken: before byte " + (packed.length + 2)
            + ": expected the end of the file or another gzip member");
  }

  private interface Change {
    byte[] of(byte[] bytes);
  }

  private void refuses(Change change, Class<? extends IOException> type, int afterTheEnd, String problem) {
    refuses(change, type, (type == EOFException.class ? "at byte " : "before byte ")
        + (packed().length + afterTheEnd) + problem);
  }

  private void refuses(Change change, Class<? extends IOException> type, String message) {
    byte[] broken = change.of(packed());
    assertThatThrownBy(() -> unpack(broken)).isInstanceOf(type).hasMessage(message);
  }

  private byte[] packed() {
    try {
      return IdxTest.gzip(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] changed(byte[] bytes, int place) {
    bytes[place] ^= 1;
    return bytes;
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    try (Gzip gzip = new Gzip(new ByteArrayInputStream(packed))) {
      return gzip.readAllBytes();
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  /** Bytes of which a third is random: they pack to something longer than one buffer. */
  private static byte[] noise(int length) {
    RandomSource random = new RandomSource(1);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = i % 3 == 0 ? (byte) random.bits() : (byte) i;
    }
    return bytes;
  }
}
