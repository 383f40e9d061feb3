package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floats come back from a file with the bits they went in with, and take no more digits than that needs. */
class FloatDigitsTest {
  private static final int MANY = 1_000_000;

  @TempDir
  private Path folder;

  private static Sequential holding(float... values) {
    Sequential model = Sequential.of(Shape.of(1), 1L, Dense.of(values.length).withoutBias());
    model.set("dense.weight", values);
    return model;
  }

  private String data(float... values) throws IOException {
    Path file = folder.resolve("digits.json");
    holding(values).save(file);
    String text = Files.readString(file);
    return text.substring(text.indexOf("\"data\": [") + 9, text.lastIndexOf("]}"));
  }

  @Test
  void aMillionRandomBitPatterns() throws IOException {
    RandomSource random = new RandomSource(1);
    float[] values = new float[MANY];
    for (int i = 0; i < MANY; i++) {
      do {
        values[i] = Float.intBitsToFloat((int) random.bits());
      } while (!Float.isFinite(values[i]));
    }
    Path file = folder.resolve("many.json");
    holding(values).save(file);
    float[] back = Sequential.load(file).parameter("dense.weight").toArray();
    for (int i = 0; i < MANY; i++) {
      if (Float.floatToRawIntBits(back[i]) != Float.floatToRawIntBits(values[i])) {
        assertThat(back[i]).as("element %d", i).isEqualTo(values[i]);
      }
    }
    assertThat(back).hasSize(MANY);
  }

  @Test
  void extremesAndSignedZeros() throws IOException {
    float[] values = {0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, 16777216f, 1e-45f};
    Path file = folder.resolve("extremes.json");
    holding(values).save(file);
    float[] back = Sequential.load(file).parameter("dense.weight").toArray();
    for (int i = 0; i < values.length; i++) {
      assertThat(Float.floatToRawIntBits(back[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
    }
  }

  /** JDK 17's {@link Float#toString} gives 2.0E-44 digits it does not need, and some others. */
  @Test
  void noMoreDigitsThanNeeded() throws IOException {
    assertThat(data(0.1f, 2e-3f, 1.0e23f, 2.2E-44f, 33554432f, 8.41E21f, 9.999999e-8f))
        .isEqualTo("0.1,0.002,1.0E23,2.2E-44,3.3554432E7,8.41E21,9.999999E-8");
  }

  /** Halfway between two floats but for the last digit: rounding to double first would land on the wrong side. */
  @Test
  void isNotRoundedTwice() throws IOException {
    Path file = folder.resolve("halfway.json");
    holding(1f).save(file);
    String halfway = "1.00000005960464477539062500000000000000000001";
    float exact = Float.parseFloat(halfway);
    assertThat(exact).isNotEqualTo((float) Double.parseDouble(halfway));
    String text = Files.readString(file).replace("\"data\": [1.0]", "\"data\": [" + halfway + "]")
        .replace(Checksum.of(new float[] {1f}, 1), Checksum.of(new float[] {exact}, 1));
    Files.writeString(file, text);
    assertThat(Sequential.load(file).parameter("dense.weight").toArray()).containsExactly(exact);
  }
}
