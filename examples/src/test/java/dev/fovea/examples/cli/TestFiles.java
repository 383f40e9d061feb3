package dev.fovea.examples.cli;

import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Metadata;
import dev.fovea.layers.Sequential;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Small files for the commands. */
final class TestFiles {
  private TestFiles() {}

  /** A folder as MNIST comes, with so many generated digits. */
  static Path mnist(Path folder, int train, int test) throws IOException {
    write(folder, "train", Digits.generate(train, 1L));
    write(folder, "t10k", Digits.generate(test, 2L));
    return folder;
  }

  private static void write(Path folder, String part, Dataset data) throws IOException {
    try (var images = new DataOutputStream(Files.newOutputStream(folder.resolve(part + "-images-idx3-ubyte")));
        var labels = new DataOutputStream(Files.newOutputStream(folder.resolve(part + "-labels-idx1-ubyte")))) {
      images.writeInt(0x803);
      images.writeInt(data.size());
      images.writeInt(28);
      images.writeInt(28);
      labels.writeInt(0x801);
      labels.writeInt(data.size());
      for (int i = 0; i < data.size(); i++) {
        for (float value : data.sample(i).toArray()) {
          images.writeByte(Math.round(value * 255));
        }
        labels.writeByte(data.label(i));
      }
    }
  }

  /** A model of one layer whose first class is the brightness of the picture, against the constant second. */
  static Path brightness(Path file, Shape sample) throws IOException {
    Sequential model = Sequential.of(sample, 1L, Flatten.of(), Dense.of(2).withActivation(SOFTMAX))
        .withMetadata(Metadata.classes("light", "dark").with("author", "a test"));
    float[] weight = new float[2 * sample.size()];
    Arrays.fill(weight, 0, sample.size(), 4f / sample.size());
    model.set("dense.weight", weight);
    model.set("dense.bias", 0, 2);
    model.save(file);
    return file;
  }
}
