package dev.fovea.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The MNIST database of handwritten digits (LeCun, Cortes and Burges) from its four IDX files, raw or packed with gzip:
 * 60,000 pictures to train with and 10,000 to test, {@code [1, 28, 28]}, grey, 0..1. Fashion-MNIST and the like, which
 * come in files of the same names, are read too, their classes by number.
 */
public final class Mnist {
  private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private Mnist() {}

  /**
   * The pictures to train with: {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, with or without
   * {@code .gz}, also with a dot before {@code idx}.
   *
   * @throws NoSuchFileException if one of them is not in the folder
   * @throws IdxException if one of them is broken, or they do not belong together
   * @throws IOException if one of them cannot be read
   */
  public static ArrayDataset train(Path dir) throws IOException {
    return read(dir, "train");
  }

  /**
   * The pictures to test with: {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, with or without
   * {@code .gz}, also with a dot before {@code idx}.
   *
   * @throws NoSuchFileException if one of them is not in the folder
   * @throws IdxException if one of them is broken, or they do not belong together
   * @throws IOException if one of them cannot be read
   */
  public static ArrayDataset test(Path dir) throws IOException {
    return read(dir, "t10k");
  }

  private static ArrayDataset read(Path dir, String part) throws IOException {
    Path images = find(dir, part + "-images", "idx3-ubyte");
    Path labels = find(dir, part + "-labels", "idx1-ubyte");
    return Idx.dataset(images, labels, CLASSES);
  }

  private static Path find(Path dir, String name, String type) throws IOException {
    List<String> spellings = new ArrayList<>();
    for (String separator : List.of("-", ".")) {
      for (String packing : List.of("", ".gz")) {
        spellings.add(name + separator + type + packing);
      }
    }
    for (String spelling : spellings) {
      if (Files.isRegularFile(dir.resolve(spelling))) {
        return dir.resolve(spelling);
      }
    }
    if (Files.isDirectory(dir) && !Files.isExecutable(dir)) {
      throw new AccessDeniedException(dir.toString(), null, "no permission to look into the folder");
    }
    throw new NoSuchFileException(dir.toString(), null, Files.isDirectory(dir)
        ? "expected one of the files " + String.join(", ", spellings) + ", found none of them"
        : "expected a folder with the files of MNIST, found none");
  }
}
