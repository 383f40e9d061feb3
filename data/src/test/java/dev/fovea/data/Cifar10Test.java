package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  @TempDir
  private Path dir;

  private static byte[] records(int... labels) {
    byte[] bytes = new byte[3073 * labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[3073 * i] = (byte) labels[i];
      bytes[3073 * i + 1] = (byte) 255;
      bytes[3073 * i + 1 + 1024 + 32 + 1] = 51;
    }
    return bytes;
  }

  private void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 1; i <= 5; i++) {
      Files.write(folder.resolve("data_batch_" + i + ".bin"), records(i, 9));
    }
    Files.write(folder.resolve("test_batch.bin"), records(0));
  }

  @Test
  void readsRedGreenAndBlue() throws IOException {
    write(dir);
    Dataset train = Cifar10.train(dir);
    assertThat(train.size()).isEqualTo(10);
    assertThat(train.sampleShape()).isEqualTo(Shape.of(3, 32, 32));
    assertThat(train.label(2)).isEqualTo(2);
    assertThat(train.label(3)).isEqualTo(9);
    assertThat(train.sample(2).get(0, 0, 0)).isEqualTo(1f);
    assertThat(train.sample(2).get(1, 1, 1)).isEqualTo(0.2f);
    assertThat(train.sample(2).get(2, 0, 0)).isEqualTo(0f);
    assertThat(train.classNames()).hasSize(10).startsWith("airplane").endsWith("truck");
    assertThat(Cifar10.test(dir).size()).isEqualTo(1);
  }

  @Test
  void findsTheFolderOfTheArchive() throws IOException {
    assertThat(Cifar10.isIn(dir)).isFalse();
    write(dir.resolve("cifar-10-batches-bin"));
    assertThat(Cifar10.isIn(dir)).isTrue();
    assertThat(Cifar10.test(dir).label(0)).isZero();
  }

  @Test
  void refusesAMissingFile() throws IOException {
    write(dir);
    Path third = dir.resolve("data_batch_3.bin");
    Files.delete(third);
    assertThat(Cifar10.isIn(dir)).isFalse();
    assertThatThrownBy(() -> Cifar10.train(dir)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(third + ": expected a file of the binary version of CIFAR-10, found none");
  }

  @Test
  void refusesHalfARecord() throws IOException {
    write(dir);
    Path test = Files.write(dir.resolve("test_batch.bin"), new byte[3000]);
    assertThatThrownBy(() -> Cifar10.test(dir)).isInstanceOf(IOException.class)
        .hasMessage(test + ": expected 1 to 698823 whole records of 3073 bytes, got 3000 bytes");
    Files.write(test, new byte[0]);
    assertThatThrownBy(() -> Cifar10.test(dir))
        .hasMessage(test + ": expected 1 to 698823 whole records of 3073 bytes, got 0 bytes");
  }

  @Test
  void refusesALabelThatIsNone() throws IOException {
    write(dir);
    Path test = Files.write(dir.resolve("test_batch.bin"), records(3, 10));
    assertThatThrownBy(() -> Cifar10.test(dir)).isInstanceOf(IOException.class)
        .hasMessage(test + ": at byte 3073: the label of record 1: expected 0..9, got 10");
  }
}
