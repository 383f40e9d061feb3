package dev.fovea.data.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  private final Map<String, NpyArray> arrays = new LinkedHashMap<>();

  @TempDir
  private Path dir;
  private Path file;

  @BeforeEach
  void twoArrays() {
    file = dir.resolve("arrays.npz");
    float[] values = new float[50_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 100;
    }
    arrays.put("x", NpyArray.of(Shape.of(500, 100), values));
    arrays.put("y", NpyArray.of(Shape.of(3), new long[] {1, 2, 3}));
  }

  @Test
  void comesBackStoredAndPacked() throws IOException {
    Npz.write(file, arrays);
    assertThat(Files.size(file)).isGreaterThan(200_000);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.getEntry("x.npy").getMethod()).isEqualTo(ZipEntry.STORED);
    }
    check();
    Npz.writeCompressed(file, arrays);
    assertThat(Files.size(file)).isLessThan(20_000);
    check();
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void saysWhyAFileCannotBeWritten() {
    Path nowhere = dir.resolve("none").resolve("arrays.npz");
    String expected = nowhere + ": cannot be written: there is no folder " + nowhere.getParent();
    assertThatThrownBy(() -> Npz.write(nowhere, arrays)).isInstanceOf(IOException.class).hasMessage(expected);
    assertThatThrownBy(() -> Npy.write(nowhere, arrays.get("y"))).isInstanceOf(IOException.class)
        .hasMessage(expected);
  }

  private void check() throws IOException {
    Map<String, NpyArray> read = Npz.read(file);
    assertThat(read.keySet()).containsExactly("x", "y");
    assertThat(read.get("x").floats()).isEqualTo(arrays.get("x").floats());
    assertThat(read.get("y")).hasToString("i8 [3]");
  }

  @Test
  void refusesBrokenFiles() throws IOException {
    Npz.write(file, arrays);
    byte[] whole = Files.readAllBytes(file);
    whole[1000] ^= 1;
    Files.write(file, whole);
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NumpyException.class)
        .hasMessageMatching(Pattern.quote(file + ", x.npy: the packed data are broken: ")
            + "invalid entry CRC \\(expected 0x[0-9a-f]+ but got 0x[0-9a-f]+\\)");
    Files.write(file, Arrays.copyOf(whole, 100_000));
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NumpyException.class)
        .hasMessageStartingWith(file + ", x.npy: the packed data are broken: ");
    Files.write(file, Arrays.copyOf(whole, 20));
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NumpyException.class)
        .hasMessageStartingWith(file + ": ");
    Files.writeString(file, "text");
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NumpyException.class)
        .hasMessage(file + ": expected an .npz file, a zip with at least one array");
  }

  @Test
  void refusesWhatIsNoArray() throws IOException {
    zip("readme.txt", "text");
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NumpyException.class)
        .hasMessage(file + ", readme.txt: expected the name of an array, which ends in .npy");
    zip("x.npy", "text");
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NumpyException.class).hasMessage(file
        + ", x.npy: at byte 4: the file ends too early: expected the 8 bytes an .npy file begins with, got 4");
  }

  private void zip(String name, String text) throws IOException {
    try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(StandardCharsets.US_ASCII));
      zip.closeEntry();
    }
  }
}
