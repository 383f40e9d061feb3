package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  @TempDir
  private Path dir;

  @Test
  void theRealOne() throws IOException {
    String folder = System.getenv("FOVEA_MNIST");
    assumeTrue(folder != null,
        "skipped: set the environment variable FOVEA_MNIST to the folder with the files of MNIST");
    Dataset train = Mnist.train(Path.of(folder));
    Dataset test = Mnist.test(Path.of(folder));
    assertThat(train.size()).isEqualTo(60_000);
    assertThat(test.size()).isEqualTo(10_000);
    assertThat(train.sampleShape()).isEqualTo(Shape.of(1, 28, 28));
    assertThat(IntStream.range(0, 5).map(train::label)).containsExactly(5, 0, 4, 1, 9);
    assertThat(IntStream.range(0, 5).map(test::label)).containsExactly(7, 2, 1, 0, 4);
    assertThat(Checksum.of(train)).isEqualTo(1_235_615_393L);
    assertThat(Checksum.of(test)).isEqualTo(2_212_701_242L);
  }

  @Test
  void findsBothSpellingsRawAndPacked() throws IOException {
    byte[] images = IdxTest.idx(new int[] {1, 1, 2}, 255, 0);
    byte[] labels = IdxTest.idx(new int[] {1}, 9);
    Files.write(dir.resolve("train-images-idx3-ubyte"), images);
    Files.write(dir.resolve("train-labels.idx1-ubyte"), labels);
    Files.write(dir.resolve("t10k-images.idx3-ubyte.gz"), IdxTest.gzip(images));
    Files.write(dir.resolve("t10k-labels-idx1-ubyte.gz"), IdxTest.gzip(labels));
    for (Dataset data : new Dataset[] {Mnist.train(dir), Mnist.test(dir)}) {
      assertThat(data.sampleShape()).isEqualTo(Shape.of(1, 1, 2));
      assertThat(data.sample(0).toArray()).containsExactly(1, 0);
      assertThat(data.label(0)).isEqualTo(9);
      assertThat(data.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }
  }

  @Test
  void saysThatTheFolderMayNotBeLookedInto() {
    assumeTrue(dir.toFile().setExecutable(false) && !Files.isExecutable(dir), "needs a user who may not go anywhere");
    try {
      assertThatThrownBy(() -> Mnist.train(dir)).isInstanceOf(AccessDeniedException.class)
          .hasMessage(dir + ": no permission to look into the folder");
    } finally {
      assertThat(dir.toFile().setExecutable(true)).isTrue();
    }
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> Mnist.train(dir)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(dir + ": expected one of the files train-images-idx3-ubyte, train-images-idx3-ubyte.gz, "
            + "train-images.idx3-ubyte, train-images.idx3-ubyte.gz, found none of them");
    Files.write(dir.resolve("t10k-images-idx3-ubyte"), IdxTest.idx(new int[] {1, 1, 2}, 255, 0));
    assertThatThrownBy(() -> Mnist.test(dir)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(dir + ": expected one of the files t10k-labels-idx1-ubyte, t10k-labels-idx1-ubyte.gz, "
            + "t10k-labels.idx1-ubyte, t10k-labels.idx1-ubyte.gz, found none of them");
    Path missing = dir.resolve("missing");
    assertThatThrownBy(() -> Mnist.train(missing)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing + ": expected a folder with the files of MNIST, found none");
  }

  @Test
  void refusesFilesThatDoNotBelongTogether() throws IOException {
    Path images = Files.write(dir.resolve("train-images-idx3-ubyte"), IdxTest.idx(new int[] {1, 1, 2}, 255, 0));
    Path labels = Files.write(dir.resolve("train-labels-idx1-ubyte"), IdxTest.idx(new int[] {2}, 1, 2));
    assertThatThrownBy(() -> Mnist.train(dir)).isInstanceOf(IdxException.class)
        .hasMessage(labels + ": expected as many labels as there are pictures in " + images + ", which is 1, got 2");
    Files.write(labels, IdxTest.idx(new int[] {1}, 10));
    assertThatThrownBy(() -> Mnist.train(dir)).isInstanceOf(IdxException.class)
        .hasMessage(labels + ": the label of sample 0: expected 0..9 (10 classes), got 10");
  }
}
