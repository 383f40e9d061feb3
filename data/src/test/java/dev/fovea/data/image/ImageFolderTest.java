package dev.fovea.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.Shape;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import dev.fovea.data.Split;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final ImageLoader SMALL = ImageLoader.of(2, 2).grey();

  @TempDir
  private Path folder;

  private ImageFolder settings() {
    return ImageFolder.of(folder, SMALL);
  }

  private Path picture(String name, int level) throws IOException {
    return Pictures.write(folder.resolve(name), Pictures.plain(3, 3, level * 0x010101), "png");
  }

  @Test
  void subFoldersAreClassesInTheOrderOfNames() throws IOException {
    picture("dog/2.png", 102);
    picture("cat/b.png", 51);
    picture("cat/a.png", 0);
    picture("dog/young/1.png", 255);
    picture("dog/10.png", 153);
    ImageDataset data = settings().open();
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.size()).isEqualTo(5);
    assertThat(data.sampleShape()).isEqualTo(Shape.of(1, 2, 2));
    assertThat(data.targetShape()).isEqualTo(Shape.scalar());
    assertThat(files(data)).containsExactly("cat/a.png", "cat/b.png", "dog/10.png", "dog/2.png", "dog/young/1.png");
    assertThat(levels(data)).containsExactly(0, 51, 153, 102, 255);
    assertThat(IntStream.range(0, 5).map(data::label)).containsExactly(0, 0, 1, 1, 1);
    assertThat(data.target(4).item()).isEqualTo(1);
    assertThat(data.skipped()).isEmpty();
    assertThat(data.loader()).isEqualTo(SMALL);
    assertThat(data.nameOf(1)).isEqualTo(folder.resolve("cat/b.png").toString());
    assertThat(data.range(1, 3).nameOf(0)).isEqualTo(folder.resolve("cat/b.png").toString());
    assertThat(data.oneHot().nameOf(1)).isEqualTo(folder.resolve("cat/b.png").toString());
  }

  @Test
  void whatIsReadIsWhatTheLoaderReads() throws IOException {
    Path file = Pictures.write(folder.resolve("cat/a.jpg"), Pictures.squares(), "jpeg");
    ImageLoader loader = ImageLoader.of(7, 5).withFit(ImageFit.CROP);
    for (long cache : new long[] {0, 1000}) {
      assertThat(ImageFolder.of(folder, loader).withCache(cache).open().sample(0).toArray())
          .isEqualTo(loader.read(file).toArray());
    }
  }

  @Test
  void hiddenAndLooseFilesArePassedOver() throws IOException {
    picture("cat/a.png", 0);
    picture(".thumbnails/b.png", 0);
    picture("cat/.small/b.png", 0);
    Pictures.write(folder.resolve("cat/.DS_Store"), new byte[] {1});
    Pictures.write(folder.resolve("README"), "Pictures of cats.".getBytes("UTF-8"));
    ImageDataset data = settings().strict().open();
    assertThat(files(data)).containsExactly("cat/a.png");
    assertThat(data.classNames()).containsExactly("cat");
  }

  @Test
  void followsLinksButNotInCircles() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve(".elsewhere"));
    Pictures.write(elsewhere.resolve("e.png"), Pictures.plain(1, 1, 0), "png");
    picture("cat/a.png", 0);
    picture("dog/b.png", 0);
    link("bird", elsewhere);
    Path up = link("cat/up", folder);
    Path self = link("dog/self", folder.resolve("dog"));
    Path broken = link("dog/broken", folder.resolve("nowhere"));
    ImageDataset data = settings().open();
    assertThat(files(data)).containsExactly("bird/e.png", "cat/a.png", "dog/b.png");
    assertThat(data.skipped()).containsExactly(
        new SkippedImage(up, "the link leads back to a folder it is in"),
        new SkippedImage(broken, "the link leads nowhere"),
        new SkippedImage(self, "the link leads back to a folder it is in"));
    assertThatThrownBy(() -> settings().strict().open()).isInstanceOf(ImageException.class)
        .hasMessage(up + ": the link leads back to a folder it is in");
  }

  private Path link(String name, Path target) throws IOException {
    try {
      return Files.createSymbolicLink(folder.resolve(name), target);
    } catch (UnsupportedOperationException e) {
      assumeTrue(false, "needs a file system with links");
      throw e;
    }
  }

  @Test
  void whatCannotBeReadIsLeftOutAndListed() throws IOException {
    picture("cat/a.png", 51);
    Path text = Pictures.write(folder.resolve("cat/b.png"), "no picture".getBytes("UTF-8"));
    Path huge = Pictures.write(folder.resolve("dog/a.png"), Pictures.pngHeader(30_000, 30_000));
    picture("dog/b.png", 102);
    ImageDataset data = settings().open();
    assertThat(files(data)).containsExactly("cat/a.png", "dog/b.png");
    assertThat(levels(data)).containsExactly(51, 102);
    String problem = "expected a picture (PNG, JPEG, GIF or BMP), got text";
    assertThat(data.skipped()).containsExactly(new SkippedImage(text, problem), new SkippedImage(huge,
        "a picture of 30000x30000 = 900,000,000 pixels is more than the limit of 100,000,000"));
    assertThat(data.skipped().get(0)).hasToString(text + ": " + problem);
    assertThatThrownBy(() -> settings().strict().open()).isInstanceOf(ImageException.class)
        .hasMessage(text + ": " + problem);
  }

  @Test
  void aClassWithoutPicturesIsLeftOut() throws IOException {
    picture("cat/a.png", 51);
    Files.createDirectories(folder.resolve("dog"));
    Pictures.write(folder.resolve("bird/a.png"), new byte[0]);
    assertThat(settings().open().classNames()).containsExactly("cat");
    Files.delete(folder.resolve("bird/a.png"));
    assertThatThrownBy(() -> settings().strict().open()).isInstanceOf(ImageException.class)
        .hasMessage(folder + ": the class 'bird' has no picture");
  }

  @Test
  void classesMayBeGiven() throws IOException {
    picture("cat/a.png", 51);
    ImageDataset data = settings().withClassNames(List.of("dog", "cat")).strict().open();
    assertThat(data.classNames()).containsExactly("dog", "cat");
    assertThat(data.label(0)).isEqualTo(1);
    assertThatThrownBy(() -> settings().withClassNames(List.of("a", "b", "c", "d", "e", "f")).open())
        .isInstanceOf(ImageException.class)
        .hasMessage(folder + ": the class 'cat' is none of the expected: a, b, c, d, e, ... (6 in all)");
    assertThatThrownBy(() -> settings().withClassNames(List.of("dog", "cat", "dog")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image folder: expected the names of classes, each once, got [dog, cat, dog]");
    assertThatThrownBy(() -> settings().withClassNames(List.of())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image folder: expected the names of classes, each once, got []");
  }

  @Test
  void namesThatDifferInCaseAreTwoClasses() throws IOException {
    picture("a/1.png", 0);
    picture("A/1.png", 255);
    assumeTrue(Files.list(folder).count() == 2, "needs a file system that tells them apart");
    assertThat(settings().open().classNames()).containsExactly("A", "a");
  }

  @Test
  void tenThousandClasses() throws IOException {
    byte[] png = Pictures.bytes(Pictures.plain(1, 1, 0), "png");
    for (int i = 0; i < 10_000; i++) {
      Pictures.write(folder.resolve("class " + i + "/1.png"), png);
    }
    ImageDataset data = settings().open();
    assertThat(data.classNames()).hasSize(10_000);
    assertThat(data.classNames().get(data.label(9_999))).isEqualTo("class 9999");
  }

  @Test
  void theCacheIsBounded() throws IOException {
    for (int i = 0; i < 10; i++) {
      picture("cat/" + i + ".png", 10 * i);
    }
    // 4 bytes and 16 for the array each
    for (int cached : new int[] {0, 3, 10}) {
      ImageDataset data = settings().withCache(20 * cached + 19).open();
      assertThat(data.cachedPictures()).isEqualTo(cached);
      assertThat(data.isInMemory()).isEqualTo(cached == 10);
      assertThat(levels(data)).containsExactly(0, 10, 20, 30, 40, 50, 60, 70, 80, 90);
      assertThat(levels(batches(data))).containsExactly(0, 10, 20, 30, 40, 50, 60, 70, 80, 90);
    }
    assertThatThrownBy(() -> settings().withCache(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image folder: the cache must have at least 0 bytes, got -1");
  }

  /** The same samples, in the same order, for one thread and for all. */
  @Test
  void anyNumberOfThreadsReadsTheSame() throws IOException {
    for (int i = 0; i < 30; i++) {
      Pictures.write(folder.resolve(i % 3 + "/" + i + ".jpg"), Pictures.plain(20 + i, 30, i * 0x070503), "jpeg");
    }
    Pictures.write(folder.resolve("1/broken.jpg"), new byte[0]);
    ImageFolder pictures = ImageFolder.of(folder, ImageLoader.of(8, 8)).withCache(0);
    int threads = Parallel.threads();
    try {
      List<Float> all = batches(pictures.open());
      Parallel.limit(1);
      assertThat(batches(pictures.open())).isEqualTo(all);
    } finally {
      Parallel.limit(threads);
    }
  }

  @Test
  void namesTheFileThatIsGoneLater() throws IOException {
    picture("cat/a.png", 0);
    Path gone = picture("cat/b.png", 0);
    ImageDataset data = settings().withCache(0).open();
    Files.delete(gone);
    assertThatThrownBy(() -> data.sample(1)).isInstanceOf(UncheckedIOException.class)
        .hasMessage(gone + ": there is no such file");
    try (BatchIterator epoch = Batches.of(data, 2).epoch(0)) {
      assertThatThrownBy(epoch::next).isInstanceOf(IllegalStateException.class)
          .hasMessage("batches: sample 1 could not be read: " + gone + ": there is no such file");
    }
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    for (int i = 0; i < 10; i++) {
      picture("cat/" + i + ".png", 0);
    }
    List<String> told = new ArrayList<>();
    settings().open((done, total) -> told.add(done + "/" + total));
    assertThat(told).containsExactly("1/10", "2/10", "3/10", "4/10", "5/10", "6/10", "7/10", "8/10", "9/10", "10/10");
  }

  @Test
  void canBeInterrupted() throws IOException {
    picture("cat/a.png", 0);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> settings().open()).isInstanceOf(InterruptedIOException.class)
          .hasMessage(folder + ": interrupted while its pictures were read");
    } finally {
      assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
    }
  }

  @Test
  void refusesFoldersWithoutPictures() throws IOException {
    refused(folder, "expected one sub-folder for each class, found no sub-folder");
    picture("a.png", 0);
    refused(folder, "expected one sub-folder for each class, found no sub-folder; "
        + "files that lie in the folder itself: 1");
    Files.createDirectories(folder.resolve("cat"));
    refused(folder, "the folders of the classes hold no files");
    Path text = Pictures.write(folder.resolve("cat/a.png"), "text".getBytes("UTF-8"));
    refused(folder, "none of its pictures can be read, 1 in all; the first: " + text
        + ": expected a picture (PNG, JPEG, GIF or BMP), got text");
    refused(folder.resolve("nowhere"), "there is no such folder");
    refused(folder.resolve("a.png"), "expected a folder with one sub-folder for each class, got a file");
    Path locked = Files.createDirectories(folder.resolve("locked"));
    assumeTrue(locked.toFile().setReadable(false) && !Files.isReadable(locked), "needs a user who may not read all");
    try {
      refused(locked, "access denied");
    } finally {
      assertThat(locked.toFile().setReadable(true)).isTrue();
    }
  }

  private void refused(Path path, String problem) {
    assertThatThrownBy(() -> ImageFolder.of(path, SMALL).open()).isInstanceOf(ImageException.class)
        .hasMessage(path + ": " + problem);
  }

  @Test
  void splitsWithoutReadingPictures() throws IOException {
    for (int i = 0; i < 10; i++) {
      picture("cat/" + i + ".png", 0);
    }
    ImageDataset data = settings().withCache(0).open();
    for (int i = 0; i < 10; i++) {
      Files.delete(data.file(i));
    }
    Split split = Split.of(data, 0.2, 0.1, 1L);
    assertThat(split.train().size()).isEqualTo(7);
    assertThat(split.validation().size()).isEqualTo(2);
    assertThat(split.test().classNames()).containsExactly("cat");
    assertThat(split.test().label(0)).isZero();
  }

  private List<String> files(ImageDataset data) {
    return IntStream.range(0, data.size())
        .mapToObj(i -> folder.relativize(data.file(i)).toString().replace('\\', '/')).toList();
  }

  private static List<Integer> levels(Dataset data) {
    return IntStream.range(0, data.size()).mapToObj(i -> Math.round(255 * data.sample(i).get(0, 1, 1))).toList();
  }

  private static List<Integer> levels(List<Float> values) {
    return IntStream.range(0, values.size() / 4).mapToObj(i -> Math.round(255 * values.get(4 * i))).toList();
  }

  private static List<Float> batches(Dataset data) {
    List<Float> values = new ArrayList<>();
    try (BatchIterator epoch = Batches.of(data, 4).epoch(0)) {
      for (Batch batch : epoch) {
        for (float value : batch.x().toArray()) {
          values.add(value);
        }
      }
    }
    return values;
  }
}
