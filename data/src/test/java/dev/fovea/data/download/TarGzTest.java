package dev.fovea.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarGzTest {
  @TempDir
  private Path dir;

  /** An entry of a tar file: 'type' 0 is a file, 5 a folder. */
  static byte[] entry(String name, char type, byte[] content) {
    byte[] entry = new byte[512 + (content.length + 511) / 512 * 512];
    put(entry, 0, name);
    put(entry, 124, String.format("%011o", content.length));
    put(entry, 148, "        ");
    entry[156] = (byte) type;
    put(entry, 257, "ustar");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += entry[i] & 0xff;
    }
    put(entry, 148, String.format("%06o\0 ", sum));
    System.arraycopy(content, 0, entry, 512, content.length);
    return entry;
  }

  static byte[] tarGz(byte[]... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      for (byte[] entry : entries) {
        zip.write(entry);
      }
      zip.write(new byte[1024]);
    }
    return bytes.toByteArray();
  }

  private static void put(byte[] entry, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, entry, at, bytes.length);
  }

  private Path archive(byte[] bytes) throws IOException {
    return Files.write(dir.resolve("a.tar.gz"), bytes);
  }

  private void assertNothingLeft() {
    assertThat(dir.resolve("box")).doesNotExist();
    assertThat(dir.resolve("box.part")).doesNotExist();
  }

  @Test
  void unpacksAFolder() throws IOException {
    byte[] big = new byte[100_000];
    Arrays.fill(big, (byte) 7);
    Path archive = archive(tarGz(entry("box/", '5', new byte[0]), entry("other/x", '0', new byte[513]),
        entry("box/big", '0', big), entry("box/in/small", '\0', new byte[] {1, 2})));
    Files.createDirectories(dir.resolve("box.part"));
    Files.writeString(dir.resolve("box.part/old"), "left by a program that was killed");
    Path box = TarGz.unpack(archive, "box");
    assertThat(box).isEqualTo(dir.resolve("box"));
    assertThat(box.resolve("big")).hasBinaryContent(big);
    assertThat(box.resolve("in/small")).hasBinaryContent(new byte[] {1, 2});
    assertThat(box.resolve("old")).doesNotExist();
    assertThat(dir.resolve("box.part")).doesNotExist();
    Files.delete(archive);
    assertThat(TarGz.unpack(archive, "box")).isEqualTo(box);
  }

  @Test
  void refusesAnArchiveThatEndsTooEarly() throws IOException {
    byte[] whole = tarGz(entry("box/a", '0', new byte[5000]));
    Path archive = archive(Arrays.copyOf(whole, whole.length - 30));
    assertThatThrownBy(() -> TarGz.unpack(archive, "box")).isInstanceOf(IOException.class)
        .hasMessage(archive + ": the archive is broken: it ends too early");
    assertNothingLeft();
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    Path archive = archive("no archive at all".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TarGz.unpack(archive, "box"))
        .hasMessage(archive + ": the archive is broken: Not in GZIP format");
    assertNothingLeft();
  }

  @Test
  void refusesABrokenHeader() throws IOException {
    byte[] entry = entry("box/a", '0', new byte[5]);
    entry[2] ^= 1;
    Path archive = archive(tarGz(entry));
    assertThatThrownBy(() -> TarGz.unpack(archive, "box"))
        .hasMessage(archive + ": the archive is broken: a header's checksum does not fit");
    assertNothingLeft();
  }

  @Test
  void refusesANumberThatIsNone() throws IOException {
    byte[] entry = entry("box/a", '0', new byte[5]);
    put(entry, 148, "wrong");
    Path archive = archive(tarGz(entry));
    assertThatThrownBy(() -> TarGz.unpack(archive, "box")).isInstanceOf(IOException.class)
        .hasMessageStartingWith(archive + ": the archive is broken: expected an octal number, got 'wrong");
  }

  @Test
  void refusesToLeaveTheFolder() throws IOException {
    Path archive = archive(tarGz(entry("box/../../evil", '0', new byte[5])));
    assertThatThrownBy(() -> TarGz.unpack(archive, "box"))
        .hasMessage(archive + ": the archive is broken: it holds a file named 'box/../../evil'");
    assertNothingLeft();
  }

  @Test
  void refusesAnArchiveOfOtherThings() throws IOException {
    Path archive = archive(tarGz(entry("other/a", '0', new byte[5])));
    assertThatThrownBy(() -> TarGz.unpack(archive, "box"))
        .hasMessage(archive + ": expected files under box/, found none");
    assertNothingLeft();
  }
}
