package dev.fovea.examples.run;

import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.data.download.Downloader;
import dev.fovea.data.download.NamedDataset;
import dev.fovea.data.download.UserCache;
import dev.fovea.data.image.ImageDataset;
import dev.fovea.data.image.ImageFolder;
import dev.fovea.data.image.ImageLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which data: a data set by its name, or pictures of one's own.
 *
 * @param name {@code digits}, {@code mnist}, {@code fashion-mnist}, {@code kmnist}, {@code cifar10}, or the path of a
 *     folder or table of pictures
 * @param folder where the files of a named data set are; {@code null} for the user's cache
 * @param height the height that pictures of one's own are brought to; 0 for a named data set
 * @param width the width
 * @param grey whether they are made grey
 * @param strict whether a file that cannot be read is an error
 */
public record DataChoice(String name, String folder, int height, int width, boolean grey, boolean strict) {
  /** The name of the digits that a program draws. */
  public static final String DIGITS = "digits";

  private static final int TRAIN_DIGITS = 10_000;
  private static final int TEST_DIGITS = 2_000;

  /** Whether this is the name of a data set, not of a folder or a table. */
  public static boolean isNamed(String name) {
    return name.equals(DIGITS) || named(name) != null;
  }

  private static NamedDataset named(String name) {
    return Stream.of(NamedDataset.values()).filter(each -> each.toString().equals(name)).findFirst().orElse(null);
  }

  /** Whether the data bring a part of their own to test with. */
  public boolean hasTestData() {
    return isNamed(name);
  }

  /** What people call the data. */
  public String title() {
    if (name.equals(DIGITS)) {
      return "generated digits";
    }
    NamedDataset named = named(name);
    return named == null ? Path.of(name).toAbsolutePath().normalize().getFileName().toString() : named.title();
  }

  /**
   * The samples to train with; all there are, where there is no part to test with.
   *
   * @param seed the seed of generated digits
   * @throws IOException if they cannot be had, saying why
   */
  public Dataset train(long seed, Waiting waiting) throws IOException {
    if (name.equals(DIGITS)) {
      return Digits.generate(TRAIN_DIGITS, seed);
    }
    NamedDataset named = named(name);
    return named == null ? pictures(waiting) : named.train(folder(named, waiting));
  }

  /**
   * The samples to test with, of data that have such a part.
   *
   * @param seed the seed of generated digits
   * @throws IOException if they cannot be had, saying why
   */
  public Dataset test(long seed, Waiting waiting) throws IOException {
    if (name.equals(DIGITS)) {
      // The complement is never the same seed, so no digit is in both.
      return Digits.generate(TEST_DIGITS, ~seed);
    }
    NamedDataset named = named(name);
    return named.test(folder(named, waiting));
  }

  private Path folder(NamedDataset named, Waiting waiting) throws IOException {
    return folder != null ? Path.of(folder) : named.download(UserCache.folder(),
        Downloader.standard().withListener((file, bytes) -> waiting.step(file.name(), bytes, file.bytes())));
  }

  private ImageDataset pictures(Waiting waiting) throws IOException {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new NoSuchFileException(name, null, "there is no such folder or table, nor a data set of that name; data "
          + "sets are " + DIGITS + ", " + Stream.of(NamedDataset.values()).map(NamedDataset::toString)
          .collect(Collectors.joining(", ")));
    }
    ImageLoader loader = ImageLoader.of(height, width);
    ImageFolder pictures = folder(path, grey ? loader.grey() : loader);
    return (strict ? pictures.strict() : pictures).open((done, total) -> waiting.step("pictures", done, total));
  }

  /** Pictures in a folder with a sub-folder for each class, or listed in a table, if the path is a file's. */
  public static ImageFolder folder(Path path, ImageLoader loader) {
    return Files.isDirectory(path) ? ImageFolder.of(path, loader) : ImageFolder.ofTable(path, loader);
  }
}
