package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  @TempDir
  private Path dir;

  @Test
  void readsPicturesAndLabels() throws IOException {
    IdxArray images = Idx.images(write("images", idx(new int[] {2, 1, 3}, 0, 1, 127, 128, 254, 255)));
    assertThat(images.shape()).isEqualTo(Shape.of(2, 1, 3));
    assertThat(images.bytes()).containsExactly(0, 1, 127, -128, -2, -1);
    assertThat(images.get(1, 0, 0)).isEqualTo(128);
    assertThat(images).hasToString("IdxArray[2, 1, 3]");
    assertThat(Idx.labels(write("labels", idx(new int[] {3}, 7, 0, 255)))).containsExactly(7, 0, 255);
  }

  @Test
  void readsAnyRank() throws IOException {
    assertThat(Idx.read(write("rank-5", idx(new int[] {1, 2, 1, 2, 1}, 1, 2, 3, 4))).shape())
        .isEqualTo(Shape.of(1, 2, 1, 2, 1));
    int[] ones = new int[255];
    Arrays.fill(ones, 1);
    assertThat(Idx.read(write("rank-255", idx(ones, 9))).bytes()).containsExactly(9);
  }

  @Test
  void tellsGzipByItsFirstBytes() throws IOException {
    byte[] content = idx(new int[] {4}, 1, 2, 3, 4);
    assertThat(Idx.labels(write("packed-without-suffix", gzip(content)))).containsExactly(1, 2, 3, 4);
    assertThat(Idx.labels(write("plain-with-suffix.gz", content))).containsExactly(1, 2, 3, 4);
  }

  @Test
  void readsWhatIsLongerThanAPiece() throws IOException {
    byte[] values = new byte[1_000_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i * 31 >> 4);
    }
    byte[] content = idx(new int[] {1000, 1000}, values);
    assertThat(Idx.read(write("plain", content)).bytes()).isEqualTo(values);
    assertThat(Idx.read(write("packed", gzip(content))).bytes()).isEqualTo(values);
  }

  @Test
  void makesADataset() throws IOException {
    Path images = write("images", idx(new int[] {2, 1, 2}, 0, 255, 51, 0));
    ArrayDataset data = Idx.dataset(images, write("labels", idx(new int[] {2}, 1, 0)), List.of("a", "b"));
    assertThat(data.sampleShape()).isEqualTo(Shape.of(1, 1, 2));
    assertThat(data.sample(1).toArray()).containsExactly(0.2f, 0);
    assertThat(data.label(0)).isEqualTo(1);
    assertThat(data.classNames()).containsExactly("a", "b");
  }

  @Test
  void refusesWhatIsNoIdx() throws IOException {
    refused("empty", new byte[0],
        "at byte 0: the file ends too early: expected the 4 bytes an IDX file begins with, got 0");
    refused("short", new byte[] {0, 0, 8},
        "at byte 3: the file ends too early: expected the 4 bytes an IDX file begins with, got 3");
    refused("png", new byte[] {(byte) 0x89, 'P', 'N', 'G'},
        "at byte 0: expected an IDX file, which begins with the bytes 00 00, got 89 50");
    refused("second", new byte[] {0, 1, 8, 1},
        "at byte 0: expected an IDX file, which begins with the bytes 00 00, got 00 01");
    refused("rank-0", new byte[] {0, 0, 8, 0, 5}, "at byte 3: expected at least one axis, got 0");
  }

  @Test
  void refusesOtherElementTypes() throws IOException {
    String[] names = {"signed byte", null, "16-bit integer", "32-bit integer", "32-bit float", "64-bit float"};
    for (int type = 0x09; type <= 0x0e; type++) {
      String name = names[type - 0x09] == null ? "no type of IDX" : names[type - 0x09];
      refused("type", new byte[] {0, 0, (byte) type, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0},
          String.format("at byte 2: expected elements of type 08 (unsigned byte), got %02x (%s)", type, name));
    }
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    refused("header", Arrays.copyOf(idx(new int[] {2, 1, 3}), 10),
        "at byte 10: the file ends too early: expected the lengths of 3 axes from byte 4 on, 12 bytes, got 6");
    refused("data", idx(new int[] {2, 1, 3}, 1, 2, 3, 4, 5),
        "at byte 21: the file ends too early: the header promises 2x1x3 = 6 bytes from byte 16 on, got 5");
    refused("none", idx(new int[] {3}),
        "at byte 8: the file ends too early: the header promises 3 = 3 bytes from byte 8 on, got 0");
    refused("packed", gzip(idx(new int[] {5000}, new byte[4999])), "at byte 5007 of the unpacked data: "
        + "the file ends too early: the header promises 5000 = 5000 bytes from byte 8 on, got 4999");
  }

  @Test
  void refusesWhatFollowsTheData() throws IOException {
    byte[] longer = idx(new int[] {2}, 1, 2, 3);
    refused("plain", longer,
        "at byte 10: expected the end of the file after the 2 = 2 bytes that the header promises, "
            + "but more bytes follow");
    refused("packed", gzip(longer), "at byte 10 of the unpacked data: expected the end of the file "
        + "after the 2 = 2 bytes that the header promises, but more bytes follow");
  }

  @Test
  void refusesAbsurdHeaders() throws IOException {
    byte[] promises = idx(new int[] {1 << 20, 1 << 10, 1 << 10}, 1, 2, 3);
    refused("plain", promises, "at byte 4: "
        + "the header promises 1048576x1024x1024 = 1099511627776 bytes, at most 2147483639 fit one Java array");
    refused("packed", gzip(promises), "at byte 4 of the unpacked data: "
        + "the header promises 1048576x1024x1024 = 1099511627776 bytes, at most 2147483639 fit one Java array");
    refused("one-axis", idx(new int[] {-1}, 1),
        "at byte 4: axis 0 has length 4294967295, at most 2147483639 bytes fit one Java array");
    refused("overflow", idx(new int[] {1 << 30, 1 << 30, 8}, 1),
        "at byte 12: axis 2 has length 8, at most 2147483639 bytes fit one Java array");
    refused("zero", idx(new int[] {0, 28, 28}), "at byte 4: axis 0 has length 0: the file holds no samples");
    refused("flat", idx(new int[] {3, 28, 0}), "at byte 12: axis 2 has length 0: the file holds no samples");
  }

  @Test
  void believesNoHeaderThatFitsAnArrayEither() throws IOException {
    byte[] lies = idx(new int[] {2_147_483_639}, new byte[10_000]);
    String problem = "the file ends too early: "
        + "the header promises 2147483639 = 2147483639 bytes from byte 8 on, got 10000";
    long before = allocated();
    refused("plain", lies, "at byte 10008: " + problem);
    refused("packed", gzip(lies), "at byte 10008 of the unpacked data: " + problem);
    assertThat(allocated() - before).as("bytes allocated").isLessThan(50_000_000L);
  }

  @Test
  void refusesAnotherRank() throws IOException {
    Path labels = write("labels", idx(new int[] {2}, 1, 2));
    assertThatThrownBy(() -> Idx.images(labels)).isInstanceOf(IdxException.class)
        .hasMessage(labels + ": at byte 3: expected pictures [N, H, W], got [2]");
    Path images = write("images", idx(new int[] {1, 1, 2}, 1, 2));
    assertThatThrownBy(() -> Idx.labels(images)).isInstanceOf(IdxException.class)
        .hasMessage(images + ": at byte 3: expected labels [N], got [1, 1, 2]");
  }

  @Test
  void refusesFilesThatDoNotBelongTogether() throws IOException {
    Path images = write("images", idx(new int[] {2, 1, 2}, 0, 255, 51, 0));
    Path three = write("three", idx(new int[] {3}, 1, 0, 1));
    assertThatThrownBy(() -> Idx.dataset(images, three, List.of("a", "b"))).isInstanceOf(IdxException.class)
        .hasMessage(three + ": expected as many labels as there are pictures in " + images + ", which is 2, got 3");
    Path high = write("high", idx(new int[] {2}, 1, 2));
    assertThatThrownBy(() -> Idx.dataset(images, high, List.of("a", "b"))).isInstanceOf(IdxException.class)
        .hasMessage(high + ": the label of sample 1: expected 0..1 (2 classes), got 2");
  }

  @Test
  void passesOnThatAFileIsMissing() {
    Path missing = dir.resolve("missing");
    assertThatThrownBy(() -> Idx.read(missing)).isInstanceOf(NoSuchFileException.class).hasMessage(missing.toString());
  }

  private void refused(String name, byte[] content, String problem) throws IOException {
    Path path = write(name, content);
    assertThatThrownBy(() -> Idx.read(path)).isInstanceOfSatisfying(IdxException.class,
        e -> assertThat(e.path()).isEqualTo(path)).hasMessage(path + ": " + problem);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(dir.resolve(name), content);
  }

  static byte[] idx(int[] lengths, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return idx(lengths, bytes);
  }

  static byte[] idx(int[] lengths, byte[] values) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * lengths.length + values.length);
    file.put((byte) 0).put((byte) 0).put((byte) 8).put((byte) lengths.length);
    for (int length : lengths) {
      file.putInt(length);
    }
    return file.put(values).array();
  }

  @Test
  void refusesABrokenGzipStream() throws IOException {
    byte[] whole = gzip(idx(new int[] {5000}, new byte[5000]));
    refused("packed", Arrays.copyOf(whole, whole.length - 9),
        "the gzip stream is broken: the file ends too early");
    refused("packed", Arrays.copyOf(whole, 5), "the gzip stream is broken: the file ends too early");
    whole[whole.length - 6] ^= 1;
    refused("packed", whole, "the gzip stream is broken: Corrupt GZIP trailer");
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }
}
