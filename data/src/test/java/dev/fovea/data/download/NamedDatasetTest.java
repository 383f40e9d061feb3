package dev.fovea.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.Shape;
import dev.fovea.data.Dataset;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedDatasetTest {
  @TempDir
  private Path cache;

  @Test
  void hasNames() {
    assertThat(NamedDataset.values()).extracting(NamedDataset::toString)
        .containsExactly("mnist", "fashion-mnist", "kmnist", "cifar10");
    assertThat(NamedDataset.of("Fashion-MNIST")).isEqualTo(NamedDataset.FASHION_MNIST);
    assertThat(NamedDataset.FASHION_MNIST.title()).isEqualTo("Fashion-MNIST");
    assertThat(NamedDataset.CIFAR10.folder(cache)).isEqualTo(cache.resolve("cifar10"));
    assertThatThrownBy(() -> NamedDataset.of("imagenet")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data set: expected one of mnist, fashion-mnist, kmnist, cifar10, got 'imagenet'");
  }

  @Test
  void hasTenClassesEach() {
    assertThat(NamedDataset.values()).allMatch(each -> each.classNames().size() == 10);
    assertThat(NamedDataset.KMNIST.classNames()).startsWith("o", "ki", "su");
  }

  @Test
  void mnistArrivesFromAServer() throws Exception {
    String folder = System.getenv("FOVEA_MNIST");
    assumeTrue(folder != null,
        "skipped: set the environment variable FOVEA_MNIST to the folder with the files of MNIST");
    List<FileServer.Answer> answers = new ArrayList<>();
    for (RemoteFile file : NamedDataset.MNIST.files()) {
      answers.add(FileServer.whole(Files.readAllBytes(Path.of(folder, file.name()))));
    }
    try (FileServer server = new FileServer(answers.toArray(FileServer.Answer[]::new))) {
      Path there = NamedDataset.MNIST.download(cache, Downloader.standard(), file -> at(server, file));
      assertThat(there).isEqualTo(cache.resolve("mnist"));
      assertThat(NamedDataset.MNIST.train(there).size()).isEqualTo(60_000);
      assertThat(NamedDataset.MNIST.test(there).size()).isEqualTo(10_000);
      assertThat(NamedDataset.MNIST.download(cache, Downloader.standard())).isEqualTo(there);
    }
  }

  @Test
  void cifarArrivesFromAServerAndIsUnpacked() throws Exception {
    byte[][] entries = new byte[6][];
    for (int i = 0; i < 6; i++) {
      byte[] record = new byte[3073];
      record[0] = (byte) i;
      record[3072] = (byte) 255;
      String name = i == 5 ? "test_batch.bin" : "data_batch_" + (i + 1) + ".bin";
      entries[i] = TarGzTest.entry("cifar-10-batches-bin/" + name, '0', record);
    }
    byte[] archive = TarGzTest.tarGz(entries);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    try (FileServer server = new FileServer(FileServer.whole(archive))) {
      Path folder = NamedDataset.CIFAR10.download(cache, Downloader.standard(), file ->
          new RemoteFile(file.name(), archive.length, sha256, List.of(URI.create(server.address(file.name())))));
      assertThat(NamedDataset.CIFAR10.isIn(folder)).isTrue();
      Dataset train = NamedDataset.CIFAR10.train(folder);
      assertThat(train.size()).isEqualTo(5);
      assertThat(train.sampleShape()).isEqualTo(Shape.of(3, 32, 32));
      assertThat(train.label(3)).isEqualTo(3);
      assertThat(NamedDataset.CIFAR10.test(folder).sample(0).get(2, 31, 31)).isEqualTo(1f);
      assertThat(train.classNames()).isEqualTo(NamedDataset.CIFAR10.classNames());
    }
  }

  @Test
  void filesPutThereByHandAreEnough() throws IOException {
    Path folder = Files.createDirectories(cache.resolve("kmnist"));
    for (String name : List.of("train-images-idx3-ubyte", "t10k-images.idx3-ubyte")) {
      Files.write(folder.resolve(name), new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9});
    }
    for (String name : List.of("train-labels-idx1-ubyte", "t10k-labels.idx1-ubyte")) {
      assertThat(NamedDataset.KMNIST.isIn(folder)).isFalse();
      Files.write(folder.resolve(name), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 2});
    }
    assertThat(NamedDataset.KMNIST.download(cache, Downloader.standard())).isEqualTo(folder);
    Dataset train = NamedDataset.KMNIST.train(folder);
    assertThat(train.classNames().get(train.label(0))).isEqualTo("su");
    assertThat(NamedDataset.KMNIST.test(folder).size()).isEqualTo(1);
  }

  private static RemoteFile at(FileServer server, RemoteFile file) {
    return new RemoteFile(file.name(), file.bytes(), file.sha256(), List.of(URI.create(server.address(file.name()))));
  }
}
