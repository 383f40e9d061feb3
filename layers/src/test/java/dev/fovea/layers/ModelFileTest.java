package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.io.AtomicFile;
import dev.fovea.core.io.Pipe;
import dev.fovea.core.ops.Padding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
            {"type": "dense", "units": 2, "use_bias": true, "activation": "linear", \
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

  @Test
  void zipsByItsNameAndUnzipsByItsFirstBytes() throws IOException {
    Path zipped = folder.resolve("model.json.gz");
    small().save(zipped);
    assertThat(Files.readAllBytes(zipped)).startsWith(0x1F, 0x8B);
    Path renamed = folder.resolve("renamed.json");
    Files.move(zipped, renamed);
    assertThat(Sequential.load(renamed).parameter("conv2d.weight").toArray())
        .isEqualTo(small().parameter("conv2d.weight").toArray());
  }

  @Test
  void theOrderOfFieldsIsFreeAndFieldsMayBeLeftOut() throws IOException {
    Path file = folder.resolve("sparse.json");
    Files.writeString(file, """
        {"layers": [
           {"kernel": [1,1], "type": "conv2d", "filters": 1, "use_bias": false},
           {"type": "max_pooling2d", "kernel": [2,3]},
           {"type": "average_pooling2d", "kernel": [1,1], "stride": [1,2], "padding": "same"},
           {"type": "residual", "body": {"type": "stack", "layers": ["relu", {"type": "elu", "alpha": 2}]}},
           "flatten"],
         "weights": {"conv2d.weight": {"data": [3], "shape": [1,1,1,1], "checksum": "%s"}},
         "input": [1,4,6], "version": 1, "format": "fovea-model"}
        """.formatted(Checksum.of(new float[] {3}, 1)));
    Sequential model = Sequential.load(file);
    assertThat(model.layers()).containsExactly(Conv2D.of(1, 1).withoutBias(), MaxPooling2D.of(2, 3),
        AveragePooling2D.of(1).withStride(1, 2).withPadding(Padding.SAME), Residual.of(RELU, Activation.elu(2)),
        Flatten.of());
    assertThat(model.parameter("conv2d.weight").toArray()).containsExactly(3);
    assertThat(model.metadata()).isEqualTo(Metadata.none());
  }

  @Test
  void replacesTheOldFileWholeOrNotAtAll() throws IOException {
    Path file = folder.resolve("model.json");
    small().save(file);
    String old = Files.readString(file);
    Sequential broken = small();
    broken.parameter("dense.weight").data()[4] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> broken.save(file)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("save: dense.weight [3, 8]: expected finite numbers, got Infinity at element 4");
    assertThatThrownBy(() -> AtomicFile.replace(file, out -> {
      out.write(new byte[200_000]);
      throw new IOException("no space left");
    })).isInstanceOf(IOException.class).hasMessage(file + ": cannot be written: no space left");
    assertThat(Files.readString(file)).isEqualTo(old);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = folder.resolve("model.json");
    small().save(file);
    Path link = Files.createSymbolicLink(folder.resolve("latest.json"), file);
    Files.writeString(file, "old");
    small().save(link);
    assertThat(link).isSymbolicLink();
    assertThat(Sequential.load(file).layers()).isEqualTo(small().layers());
  }

  /** As from {@code /dev/stdin} and the shell's {@code <(...)}. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void loadsFromAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(Pipe.make(pipe), "needs the command mkfifo");
    CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
      try {
        small().save(pipe);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    assertThat(Sequential.load(pipe).layers()).isEqualTo(small().layers());
    written.get();
  }

  @Test
  void whatIsWrittenCanBeRead() throws IOException {
    Path file = folder.resolve("deep.json");
    Sequential.of(Shape.of(4), 1L, nested(32)).save(file);
    assertThat(Sequential.load(file).layers()).containsExactly(nested(32));
    Sequential deeper = Sequential.of(Shape.of(4), 1L, Flatten.of(), nested(33));
    assertThatThrownBy(() -> deeper.save(file)).isInstanceOf(IllegalArgumentException.class).hasMessage(
        "save: residual: expected at most 100 levels of nesting in the file, got 101; put fewer blocks"
            + " into each other");
    assertThat(Sequential.load(file).layers()).containsExactly(nested(32));
  }

  private static Layer nested(int blocks) {
    Layer layer = RELU;
    for (int i = 0; i < blocks; i++) {
      layer = Residual.of(layer);
    }
    return layer;
  }

  @Test
  void filesThatCannotBeWritten() {
    Path nowhere = folder.resolve("nowhere/model.json");
    assertThatThrownBy(() -> small().save(nowhere)).isInstanceOf(IOException.class)
        .hasMessage(nowhere + ": cannot be written: there is no folder " + nowhere.getParent());
    assertThatThrownBy(() -> small().save(folder)).isInstanceOf(IOException.class)
        .hasMessage(folder + ": cannot be written: it is a folder");
  }

  @Test
  void metadataRefuses() {
    assertThatThrownBy(() -> Metadata.none().with("classes", "x")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metadata: \"classes\" is the list of classes, got a text of that name");
    assertThatThrownBy(() -> Metadata.none().with("author", null))
        .hasMessage("metadata: expected names and texts, got null in {author=null}");
  }
}
