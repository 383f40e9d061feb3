package dev.fovea.data.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
  /** {@code numpy.save(f, numpy.array([[1, 2, 3], [4, 5, 6]], '<i2'))}, NumPy 2.4.6. */
  private static final String SAVED = "934e554d5059010076007b276465736372273a20273c6932272c2027666f727472616e5f6f726465"
      + "72273a2046616c73652c20277368617065273a2028322c2033292c207d" + "20".repeat(58) + "0a"
      + "010002000300040005000600";

  @TempDir
  private Path dir;

  @Test
  void writesWhatNumpyWrites() throws IOException {
    NpyArray array = NpyArray.of(Shape.of(2, 3), new short[] {1, 2, 3, 4, 5, 6});
    assertThat(HexFormat.of().formatHex(bytes(array))).isEqualTo(SAVED);
    NpyArray read = read(HexFormat.of().parseHex(SAVED));
    assertThat(read).hasToString("i2 [2, 3]");
    assertThat(read.ints()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void everyTypeInEitherOrderOfBytes() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      String sign = order == ByteOrder.BIG_ENDIAN ? ">" : "<";
      ByteBuffer data = ByteBuffer.allocate(16).order(order);
      assertThat(read(file(sign + "f4", "(2,)", data.clear().putFloat(1.5f).putFloat(-2.25e-20f), 8)).floats())
          .containsExactly(1.5f, -2.25e-20f);
      assertThat(read(file(sign + "f8", "(2,)", data.clear().putDouble(0.1).putDouble(1e300), 16)).doubles())
          .containsExactly(0.1, 1e300);
      assertThat(read(file(sign + "i2", "(2,)", data.clear().putShort((short) -2).putShort((short) 30_000), 4)).ints())
          .containsExactly(-2, 30_000);
      assertThat(read(file(sign + "i4", "(2,)", data.clear().putInt(-2).putInt(1 << 30), 8)).ints())
          .containsExactly(-2, 1 << 30);
      assertThat(read(file(sign + "i8", "(2,)", data.clear().putLong(-2).putLong(1L << 40), 16)).doubles())
          .containsExactly(-2, 1L << 40);
    }
    byte[] raw = {0, 1, -1, 127, -128, 0, 0, 0, 0, 0, 0, 0};
    assertThat(read(file("|u1", "(5,)", ByteBuffer.wrap(raw), 5)).ints()).containsExactly(0, 1, 255, 127, 128);
    assertThat(read(file("|i1", "(5,)", ByteBuffer.wrap(raw), 5)).ints()).containsExactly(0, 1, -1, 127, -128);
    assertThat(read(file("|b1", "(2,)", ByteBuffer.wrap(raw), 2)).floats()).containsExactly(0, 1);
    assertThat(read(file("?", "(2,)", ByteBuffer.wrap(raw), 2)).type()).isEqualTo(NpyType.BOOL);
    assertThat(read(file("=i2", "()", ByteBuffer.wrap(raw), 2)).ints()).containsExactly(256);
  }

  @Test
  void eitherOrderOfAxes() throws IOException {
    byte[] elements = new byte[24];
    for (int i = 0; i < 24; i++) {
      elements[i] = (byte) i;
    }
    NpyArray array = read(header(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }", elements));
    assertThat(array.shape()).isEqualTo(Shape.of(2, 3, 4));
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 3; b++) {
        for (int c = 0; c < 4; c++) {
          assertThat(array.bytes()[(a * 3 + b) * 4 + c]).isEqualTo((byte) (a + 2 * b + 6 * c));
        }
      }
    }
  }

  @Test
  void otherFormatsAndSpellings() throws IOException {
    byte[] one = {7};
    for (int version = 1; version <= 3; version++) {
      assertThat(read(header(version, "{\"shape\":(1L,),'fortran_order':False,'descr':'u1'}\n", one)).ints())
          .containsExactly(7);
    }
  }

  @Test
  void comesBack() throws IOException {
    NpyArray[] arrays = {
      NpyArray.of(Shape.of(3), new float[] {Float.NaN, -0.0f, Float.MIN_VALUE}),
      NpyArray.of(Shape.of(1, 2), new double[] {Math.PI, Double.NEGATIVE_INFINITY}),
      NpyArray.of(Shape.of(2), new short[] {-1, 1}), NpyArray.of(Shape.scalar(), new int[] {42}),
      NpyArray.of(Shape.of(1, 1, 1, 1, 1, 1), new long[] {Long.MIN_VALUE}),
      NpyArray.of(Shape.of(2), new boolean[] {true, false}),
      NpyArray.ofSigned(Shape.of(1), new byte[] {-1}), NpyArray.ofUnsigned(Shape.of(1), new byte[] {-1}),
      NpyArray.of(Shape.of(100_003), new float[100_003])
    };
    for (NpyArray array : arrays) {
      byte[] bytes = bytes(array);
      assertThat(bytes.length).isEqualTo((int) Npy.length(array));
      assertThat((bytes.length - array.shape().size() * array.type().bytes) % 64).isZero();
      NpyArray back = read(bytes);
      assertThat(back).hasToString(array.toString());
      assertThat(bytes(back)).isEqualTo(bytes);
      Path file = dir.resolve("array.npy");
      Npy.write(file, array);
      assertThat(bytes(Npy.read(file))).isEqualTo(bytes);
    }
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).as("nothing is left beside it").hasSize(1);
    }
  }

  @Test
  void refusesBrokenFiles() {
    byte[] whole = HexFormat.of().parseHex(SAVED);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut)).as("cut at " + length).isInstanceOf(NumpyException.class)
          .hasMessageStartingWith("test: at byte " + cut.length + ": the file ends too early: ");
    }
    refused(Arrays.copyOf(whole, 3), "at byte 3: the file ends too early: expected the 8 bytes an .npy file begins"
        + " with, got 3");
    refused(Arrays.copyOf(whole, whole.length - 1), "at byte 139: the file ends too early: the header promises 2x3 = 6"
        + " elements of 2 bytes from byte 128 on, got 11 bytes");
    refused(Arrays.copyOf(whole, 100), "at byte 100: the file ends too early: the header of 118 bytes is not whole");
    refused(Arrays.copyOf(whole, whole.length + 1), "at byte 140: expected the end of the file after the 6 elements"
        + " that the header promises, but more bytes follow");
    refused("PNG, not NumPy".getBytes(StandardCharsets.US_ASCII),
        "at byte 0: expected an .npy file, which begins with the bytes 93 4e 55 4d 50 59, got 50 4e 47 2c 20 6e");
    whole[6] = 4;
    refused(whole, "at byte 6: expected format 1.0, 2.0 or 3.0, got 4.0");
  }

  @Test
  void refusesWhatItCannotHold() {
    refused("'|O'", "(1,)", "expected elements f4, f8, i1, i2, i4, i8, u1 or b1 (bool), got '|O' (Python objects, which"
        + " only Python can read)");
    refused("'<f2'", "(1,)", "expected elements f4, f8, i1, i2, i4, i8, u1 or b1 (bool), got '<f2'");
    refused("''", "(1,)", "expected elements f4, f8, i1, i2, i4, i8, u1 or b1 (bool), got ''");
    refused("[('x', '<f4')]", "(1,)", "expected elements of one type, got records with fields: [('x', '<f4')],"
        + " 'fortran_order': False, 'shape': (1,), }");
    refused("'<f4'", "(2, 0)", "axis 1 of [2, 0] has length 0: there are no elements");
    refused("'<f4'", "(2147483640,)", "the header promises an array [2147483640] of f4, at most 2147483639 elements fit"
        + " one Java array");
    refused("'<f4'", "(3000000000, 3000000000, 3000000000)", "the header promises an array [3000000000, 3000000000,"
        + " 3000000000] of f4, at most 2147483639 elements fit one Java array");
    refused("'<f4'", "(" + "1, ".repeat(65) + ")", "expected at most 64 axes, as in NumPy, got 65");
    refused("'<f4'", "(-1,)", "at character 51 of the header: expected the length of an axis in: {'descr': '<f4',"
        + " 'fortran_order': False, 'shape': (-1,), }");
    refused("7", "(1,)", "at character 10 of the header: expected a string in quotes in: {'descr': 7, 'fortran_order':"
        + " False, 'shape': (1,), }");
    refused(header(1, "{'descr': '<f4', 'fortran_order': 1", new byte[0]),
        "at character 34 of the header: expected True or False in: {'descr': '<f4', 'fortran_order': 1");
    refused(header(1, "{'descr': '<f4'}", new byte[0]), "the header lacks 'fortran_order'");
    refused(header(1, "{'order': '<f4'}", new byte[0]), "at character 9 of the header: expected 'descr',"
        + " 'fortran_order' or 'shape', got 'order' in: {'order': '<f4'}");
    refused(header(1, "{} {}", new byte[0]), "at character 3 of the header: expected the end of the header in: {} {}");
    refused(header(1, "[]", new byte[0]), "at character 0 of the header: expected '{' in: []");
    refused(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1},
        "at byte 8: expected a header of at most 65536 bytes, got 4294967295");
  }

  /** A header of 2 GB on a file of a few bytes. */
  @Test
  void aLyingHeaderAllocatesNothing() throws IOException {
    byte[] lie = header(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000,), }", new byte[100]);
    Path file = Files.write(dir.resolve("lie.npy"), lie);
    long before = allocated();
    refused(lie, "at byte " + lie.length + ": the file ends too early: the header promises 1000000000 = 1000000000"
        + " elements of 8 bytes from byte " + (lie.length - 100) + " on, got 100 bytes");
    assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(NumpyException.class).hasMessageStartingWith(file + ": ");
    assertThat(allocated() - before).isLessThan(10_000_000);
  }

  @Test
  void arrays() {
    NpyArray array = NpyArray.of(Shape.of(2, 3), new float[] {0, 1, 2, 3, 4, 5});
    assertThat(array.transposed(1, 0).floats()).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(array.transposed(1, 0).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(array.tensor().get(1, 2)).isEqualTo(5);
    assertThatThrownBy(() -> array.transposed(0, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("numpy array f4 [2, 3]: expected an order of its 2 axes, got [0, 0]");
    assertThatThrownBy(array::bytes).isInstanceOf(IllegalStateException.class)
        .hasMessage("numpy array f4 [2, 3]: expected elements of one byte");
    assertThatThrownBy(() -> NpyArray.of(Shape.of(2), new double[] {1, 1.5}).ints())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("numpy array f8 [2]: expected whole numbers of 32 bits, got 1.5 at place 1");
    assertThatThrownBy(() -> NpyArray.of(Shape.of(2), new int[3])).isInstanceOf(ShapeException.class)
        .hasMessage("numpy array [2]: expected 2 values, got 3");
  }

  private static void refused(String description, String shape, String problem) {
    refused(header(1, "{'descr': " + description + ", 'fortran_order': False, 'shape': " + shape + ", }",
        new byte[4]), problem);
  }

  private static void refused(byte[] file, String problem) {
    assertThatThrownBy(() -> read(file)).isInstanceOf(NumpyException.class).hasMessage("test: " + problem);
  }

  private static NpyArray read(byte[] file) throws IOException {
    return Npy.read("test", new ByteArrayInputStream(file));
  }

  private static byte[] bytes(NpyArray array) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.write(out, array);
    return out.toByteArray();
  }

  private static byte[] file(String description, String shape, ByteBuffer data, int length) {
    return header(1, "{'descr': '" + description + "', 'fortran_order': False, 'shape': " + shape + ", }",
        Arrays.copyOf(data.array(), length));
  }

  private static byte[] header(int version, String text, byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(12 + text.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      file.putShort((short) text.length());
    } else {
      file.putInt(text.length());
    }
    file.put(text.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    return Arrays.copyOf(file.array(), file.position());
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
