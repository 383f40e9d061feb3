package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saving and loading stream: a model of 2 million parameters (8 MB, some 25 MB as text) makes the round trip in a heap
 * of 64 MB, a tighter fit than 11.6 million in 512 MB.
 */
class ModelMemoryTest {
  @TempDir
  private Path folder;

  @Test
  void aSmallHeapIsEnough() throws IOException, InterruptedException {
    Path file = folder.resolve("large.json");
    Path output = folder.resolve("output.txt");
    Process java = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-cp", System.getProperty("java.class.path"), RoundTrip.class.getName(), "2000", "1000", file.toString()))
        .redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(java.waitFor()).as(() -> text(output)).isZero();
    assertThat(Files.size(file)).isGreaterThan(20_000_000L);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What runs in the small heap: inputs, units and the file come as arguments. */
  static final class RoundTrip {
    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[2]);
      Sequential model = Sequential.of(Shape.of(Integer.parseInt(arguments[0])), 1L,
          Dense.of(Integer.parseInt(arguments[1])));
      model.save(file);
      float[] kept = model.parameter("dense.weight").data();
      float[] loaded = Sequential.load(file).parameter("dense.weight").data();
      for (int i = 0; i < kept.length; i++) {
        if (Float.floatToRawIntBits(kept[i]) != Float.floatToRawIntBits(loaded[i])) {
          throw new AssertionError("element " + i + ": saved " + kept[i] + ", loaded " + loaded[i]);
        }
      }
    }
  }
}
