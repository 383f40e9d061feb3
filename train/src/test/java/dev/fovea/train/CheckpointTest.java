package dev.fovea.train;

import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Parameter;
import dev.fovea.data.Dataset;
import dev.fovea.data.augment.Shift;
import dev.fovea.data.numpy.NpyArray;
import dev.fovea.data.numpy.Npz;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.Regularizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir
  private Path dir;

  /** Saves after some step, or after some epoch, and goes on. */
  private final class Saver implements Callback {
    private final Map<String, Path> files = new TreeMap<>();

    @Override
    public void beforeEpoch(Progress progress) {
      save(progress, "before epoch " + progress.epoch());
    }

    @Override
    public void beforeBatch(Progress progress) {
      save(progress, "before batch " + progress.step());
    }

    @Override
    public void afterBatch(Progress progress) {
      save(progress, "after step " + progress.step());
    }

    @Override
    public void afterEpoch(Progress progress) {
      save(progress, "after epoch " + progress.epoch());
    }

    private void save(Progress progress, String when) {
      if (progress.gathered() > 0) {
        return;
      }
      Path file = dir.resolve(when + ".zip");
      try {
        progress.save(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      files.put(when, file);
    }
  }

  @Test
  void goesOnBitForBitFromAnywhere() throws IOException {
    Trainer whole = SmallRun.trainer();
    List<String> expected = SmallRun.bits(whole, whole.fit(SmallRun.DATA, SmallRun.fit()));
    Saver saver = new Saver();
    Trainer watched = SmallRun.trainer();
    assertThat(SmallRun.bits(watched, watched.fit(SmallRun.DATA, SmallRun.fit().callback(saver)))).isEqualTo(expected);
    assertThat(saver.files).hasSize(2 * SmallRun.EPOCHS + 2 * SmallRun.EPOCHS * SmallRun.STEPS);
    Trainer again = SmallRun.trainer();
    for (Map.Entry<String, Path> each : saver.files.entrySet()) {
      // New ones and one that has other training behind it.
      for (Trainer trainer : new Trainer[] {SmallRun.trainer(), again}) {
        History history = trainer.fit(SmallRun.DATA, SmallRun.fit().resuming(each.getValue()));
        assertThat(SmallRun.bits(trainer, history)).as(each.getKey()).isEqualTo(expected);
      }
    }
  }

  /** An average of the weights, steps of two batches and of one, a rate that falls on a plateau. */
  @Test
  void goesOnWithAllThatRemembers() throws IOException {
    List<String> expected = remembering(rememberingFit());
    Saver saver = new Saver();
    assertThat(remembering(rememberingFit().callback(saver))).isEqualTo(expected);
    assertThat(saver.files).hasSize(2 * SmallRun.EPOCHS + 2 * SmallRun.EPOCHS * 3);
    for (Map.Entry<String, Path> each : saver.files.entrySet()) {
      assertThat(remembering(rememberingFit().resuming(each.getValue()))).as(each.getKey()).isEqualTo(expected);
    }
    assertThatThrownBy(() -> SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().accumulating(2)
        .resuming(saver.files.get("after step 3")))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("regularizer none instead of Regularizer.l2(0.001); average none instead of 0.75");
    assertThatThrownBy(() -> SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().accumulating(3)
        .callback(at(0, dir.resolve("within.zip"))))).isInstanceOf(IllegalStateException.class)
        .hasMessage("checkpoint: expected to be between two steps, got 1 of the batches that are gathered for one; "
            + "save when progress.gathered() is 0");
  }

  private static Fit rememberingFit() {
    return SmallRun.fit().accumulating(2)
        .callback(ReduceOnPlateau.of().withPatience(1).withMinDelta(0.5).withFactor(0.5));
  }

  private static List<String> remembering(Fit fit) {
    Trainer trainer = SmallRun.trainer().withRegularizer(Regularizer.l2(1e-3)).withAverage(0.75);
    History history = trainer.fit(SmallRun.DATA, fit);
    List<String> bits = SmallRun.bits(trainer, history);
    trainer.average().orElseThrow().arrays().forEach((name, values) -> bits.add("average of " + name + " "
        + Arrays.hashCode(values)));
    return bits;
  }

  /** More epochs than were asked for at first; a fit that was not the trainer's first. */
  @Test
  void goesOnBeyondWhatWasPlanned() throws IOException {
    Trainer whole = SmallRun.trainer();
    whole.fit(SmallRun.DATA, Fit.epochs(1).batchSize(5).quietly());
    History history = whole.fit(SmallRun.DATA, SmallRun.fit());
    Path file = dir.resolve("end.zip");
    Trainer first = SmallRun.trainer();
    first.fit(SmallRun.DATA, Fit.epochs(1).batchSize(5).quietly());
    Saver saver = new Saver();
    first.fit(SmallRun.DATA, SmallRun.fit(2).callback(saver));
    Files.copy(saver.files.get("after epoch 3"), file);
    Checkpoint checkpoint = Checkpoint.read(file);
    assertThat(checkpoint).hasToString("Checkpoint after step 15 (3 epochs and 0 batches)");
    assertThat(checkpoint.epochs()).isEqualTo(3);
    assertThat(checkpoint.history().epochs()).hasSize(2);
    Trainer second = SmallRun.trainer();
    History rest = second.fit(SmallRun.DATA, SmallRun.fit().resuming(checkpoint));
    assertThat(SmallRun.bits(second, rest)).isEqualTo(SmallRun.bits(whole, history));
    assertThat(rest.epochs()).hasSize(3);
    Trainer nothingLeft = SmallRun.trainer();
    nothingLeft.fit(SmallRun.DATA, SmallRun.fit(2).resuming(checkpoint));
    assertThat(nothingLeft.steps()).isEqualTo(15);
  }

  @Test
  void holdsFrozenLayersAndTheRateFactor() throws IOException {
    Path file = dir.resolve("frozen.zip");
    Trainer trainer = SmallRun.trainer();
    trainer.model().freeze("conv2d");
    trainer.optimizerState().rateFactor(0.25);
    trainer.fit(SmallRun.DATA, SmallRun.fit().callback(at(3, file)));
    Trainer again = SmallRun.trainer();
    again.fit(SmallRun.DATA, SmallRun.fit().resuming(file));
    assertThat(again.model().parameter("conv2d.weight").frozen()).isTrue();
    assertThat(again.model().parameter("dense.weight").frozen()).isFalse();
    assertThat(again.optimizerState().rateFactor()).isEqualTo(0.25);
    assertThat(again.model().parameter("dense.weight").toArray())
        .isEqualTo(trainer.model().parameter("dense.weight").toArray());
  }

  @Test
  void givesItsWeightsToAModel() throws IOException {
    Path file = dir.resolve("weights.zip");
    Trainer trainer = SmallRun.trainer();
    trainer.fit(SmallRun.DATA, SmallRun.fit().callback(at(15, file)));
    Sequential model = SmallRun.model(4);
    Checkpoint.read(file).copyWeightsTo(model);
    for (Parameter parameter : model.parameters()) {
      assertThat(parameter.toArray()).isEqualTo(trainer.model().parameter(parameter.name()).toArray());
    }
    Sequential other = Sequential.of(Pictures.SAMPLE, 1, Flatten.of(), Dense.of(3));
    assertThatThrownBy(() -> Checkpoint.read(file).copyWeightsTo(other)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": expected a checkpoint of this model: dense.weight has 108 values in it, 192 here;"
            + " there is no conv2d.weight here; there is no conv2d.bias here;"
            + " there is no batch_normalization.weight here; there is no batch_normalization.bias here;"
            + " there is no batch_normalization.running_mean here;"
            + " there is no batch_normalization.running_variance here");
  }

  @Test
  void isAZipOfArrays() throws IOException {
    Path file = dir.resolve("zip.zip");
    SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(at(4, file)));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).contains("weights/conv2d.weight.npy",
          "weights/batch_normalization.running_mean.npy", "optimizer/conv2d.weight/2.npy", "training.json");
      assertThat(zip.stream().map(ZipEntry::getMethod)).containsOnly(ZipEntry.STORED);
    }
  }

  @Test
  void refusesAnotherTraining() throws IOException {
    Path file = dir.resolve("another.zip");
    SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(at(4, file)));
    Fit fit = SmallRun.fit().resuming(file);
    refused(file, Trainer.of(SmallRun.model(5), SmallRun.adam(), Loss.sparseCategoricalCrossEntropy())
        .withClipping(Clipping.byGlobalNorm(1)), SmallRun.DATA, fit,
        "layer conv2d Conv2D.of(5, 3) on input instead of Conv2D.of(4, 3) on input");
    refused(file, Trainer.of(SmallRun.model(4), Adam.of(0.01), Loss.sparseCategoricalCrossEntropy()), SmallRun.DATA,
        fit, "optimizer Adam.of(0.01) instead of " + SmallRun.adam()
            + "; clipping none instead of Clipping.byGlobalNorm(1.0)");
    refused(file, SmallRun.trainer(), SmallRun.DATA, fit.batchSize(6).seed(8L).droppingLast(),
        "batch size 6 instead of 5; seed 8 instead of 7; dropping the last batch yes instead of no");
    refused(file, SmallRun.trainer(), SmallRun.DATA, fit.augmentation(Shift.of(1)),
        "augmentation Shift.of(1.0) instead of Augmentation.of(Shift.of(1.0), Noise.of(0.1))");
    refused(file, SmallRun.trainer(), SmallRun.DATA.range(0, 22), fit, "training data size 22 instead of 23;"
        + " training data content with the checksum 08f52cf8 instead of with the checksum 1453bf46;"
        + " training data labels with the checksum e8ab5b7b instead of with the checksum 686d7728");
    Dataset turned = SmallRun.DATA.subset(1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22);
    assertThatThrownBy(() -> SmallRun.trainer().fit(turned, fit)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("training data content with the checksum ");
    Fit none = Fit.epochs(3).batchSize(5).seed(7L).augmentation(SmallRun.AUGMENTATION).quietly().resuming(file);
    assertThatThrownBy(() -> SmallRun.trainer().fit(SmallRun.DATA, none)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": expected the training that the checkpoint was written by, got no validation"
            + " data size, which was 10; no validation data sample shape, which was [1, 8, 8]; ");
    Sequential longer = Sequential.of(Pictures.SAMPLE, 1, Flatten.of(),
        Dense.of(3).withActivation(SOFTMAX));
    assertThatThrownBy(() -> Trainer.of(longer, SmallRun.adam(), Loss.sparseCategoricalCrossEntropy())
        .fit(SmallRun.DATA, fit)).hasMessageContaining("no layer conv2d, which was Conv2D.of(4, 3) on input");
  }

  private static void refused(Path file, Trainer trainer, Dataset data, Fit fit, String differences) {
    List<float[]> before = trainer.model().parameters().stream().map(Parameter::toArray).toList();
    assertThatThrownBy(() -> trainer.fit(data, fit)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": expected the training that the checkpoint was written by, got " + differences);
    for (int i = 0; i < before.size(); i++) {
      assertThat(trainer.model().parameters().get(i).toArray()).isEqualTo(before.get(i));
    }
    assertThat(trainer.steps()).isZero();
  }

  /** Cut anywhere, or with any byte changed: an error that names the file, or, where it does not matter, the same. */
  @Test
  void brokenFilesAreKnown() throws IOException {
    Path file = dir.resolve("sound.zip");
    SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(at(4, file)));
    byte[] sound = Files.readAllBytes(file);
    TrainingState state = Checkpoint.read(file).state();
    Path broken = dir.resolve("broken.zip");
    for (int length = 0; length < sound.length; length += length < 100 || length > sound.length - 100 ? 1 : 97) {
      Files.write(broken, Arrays.copyOf(sound, length));
      assertThatThrownBy(() -> Checkpoint.read(broken)).as("cut at " + length).isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith(broken + ": ");
    }
    int refused = 0;
    int places = 0;
    for (int place = 0; place < sound.length; place += 7) {
      byte[] changed = sound.clone();
      changed[place] ^= (byte) (1 << place % 8);
      Files.write(broken, changed);
      places++;
      try {
        same(Checkpoint.read(broken).state(), state);
      } catch (CheckpointException e) {
        refused++;
        assertThat(e).hasMessageStartingWith(broken + ": ");
      }
    }
    assertThat((double) refused / places).as("share of changes that matter").isGreaterThan(0.7);
  }

  private static void same(TrainingState actual, TrainingState expected) {
    assertThat(actual.settings()).isEqualTo(expected.settings());
    assertThat(actual.position()).isEqualTo(expected.position());
    assertThat(actual.history()).isEqualTo(expected.history());
    assertThat(actual.updates()).isEqualTo(expected.updates());
    assertThat(actual.weights().keySet()).isEqualTo(expected.weights().keySet());
    expected.weights().forEach((name, values) -> assertThat(actual.weights().get(name)).isEqualTo(values));
    expected.memory().forEach((name, values) -> assertThat(actual.memory().get(name)).isEqualTo(values));
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Path missing = dir.resolve("missing.zip");
    assertThatThrownBy(() -> Fit.epochs(1).resuming(missing)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
    Path text = Files.writeString(dir.resolve("text.zip"), "text");
    assertThatThrownBy(() -> Checkpoint.read(text)).isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(text + ": expected a checkpoint, a whole zip: ");
    Path npz = dir.resolve("arrays.zip");
    Npz.write(npz, Map.of("x", NpyArray.of(SmallRun.DATA.sample(0))));
    assertThatThrownBy(() -> Checkpoint.read(npz)).isInstanceOf(CheckpointException.class)
        .hasMessage(npz + ": expected a checkpoint, a zip with training.json, which is missing");
    assertThatThrownBy(() -> Fit.epochs(1).resuming((Checkpoint) null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: expected a checkpoint to go on from, got null");
  }

  @Test
  void refusesOtherJson() {
    json("{\"format\": \"x\"}", "training.json: expected the format \"fovea-checkpoint\", got \"x\"");
    json("[]", "training.json: expected the format \"fovea-checkpoint\", got ");
    json("{\"format\": \"fovea-checkpoint\", \"version\": 2}", "training.json: expected version 1, got 2");
    assertThatThrownBy(() -> TrainingJson.read(Path.of("f"), "{".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CheckpointException.class).hasMessageStartingWith("f: training.json: ");
    json("{\"format\": \"fovea-checkpoint\", \"version\": 1, \"arrays\": {\"x\": 1}}",
        "training.json: x: expected a text, got 1");
    json("{\"format\": \"fovea-checkpoint\", \"version\": 1, \"arrays\": {}}",
        "training.json: optimizer: expected a list or an object, got nothing");
  }

  private static void json(String text, String problem) {
    assertThatThrownBy(() -> {
      TrainingJson json = TrainingJson.read(Path.of("f"), text.getBytes(StandardCharsets.UTF_8));
      json.checksums();
      json.state(Map.of());
    }).isInstanceOf(CheckpointException.class).hasMessage("f: " + problem);
  }

  static Callback at(long step, Path file) {
    return new Callback() {
      @Override
      public void afterBatch(Progress progress) {
        if (progress.step() == step) {
          try {
            progress.save(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }
}
