package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files that are as they should be; {@link BadModelFileTest} has the others. */
class ModelFileTest {
  @TempDir
  private Path folder;

  private static Sequential small() {
    return Sequential.of(Shape.of(1, 6, 6), 42L,
        Conv2D.of(2, 3).withActivation(RELU), MaxPooling2D.of(2), Flatten.of(), Dense.of(3).withActivation(SOFTMAX))
        .withMetadata(Metadata.classes("cat", "dog", "owl").with("author", "Ada \"L\""));
  }

  @Test
  void loadsWhatWasSaved() throws IOException {
    Path file = folder.resolve("model.json");
    Sequential model = small();
    model.save(file);
    Sequential loaded = Sequential.load(file);
    assertThat(loaded.layers()).isEqualTo(model.layers());
    assertThat(loaded.inputShape()).isEqualTo(model.inputShape());
    assertThat(loaded.metadata()).isEqualTo(model.metadata());
    for (ParameterSpec spec : model.specs()) {
      assertThat(loaded.parameter(spec.name()).toArray()).isEqualTo(model.parameter(spec.name()).toArray());
      assertThat(loaded.parameter(spec.name()).trainable()).isEqualTo(spec.trainable());
    }
    Tensor sample = Tensor.normal(Shape.of(1, 6, 6), new RandomSource(1));
    assertThat(loaded.predict(sample).toArray()).isEqualTo(model.predict(sample).toArray());
  }

  @Test
  void readsWell() throws IOException {
    Path file = folder.resolve("model.json");
    Sequential model = Sequential.of(Shape.of(2), 1L, Dense.of(2).withInitializer(Initializer.constant(0.1)), RELU)
        .withMetadata(Metadata.classes("no", "yes"));
    model.save(file);
    assertThat(Files.readString(file)).isEqualTo("""
        {
          "format": "fovea-model",
          "version": 1,
          "input": [2],
          "metadata": {
            "classes": ["no","yes"]
          },
          "layers": [
            {"type": "dense", "units": 2, "useBias": true, "activation": "linear", \
        "initializer": {"type": "constant", "value": 0.1}},
            {"type": "relu"}
          ],
          "weights": {
            "dense.weight": {"shape": [2,2], "checksum": \
        "%s", "data": [0.1,0.1,0.1,0.1]},
            "dense.bias": {"shape": [2], "checksum": \
        "%s", "data": [0.0,0.0]}
          }
        }
        """.formatted(Checksum.of(new float[] {0.1f, 0.1f, 0.1f, 0.1f}, 4), Checksum.of(new float[2], 2)));
  }
}
