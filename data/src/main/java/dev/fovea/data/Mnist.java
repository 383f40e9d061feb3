package dev.fovea.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The MNIST database of handwritten digits (LeCun, Cortes and Burges) from its four IDX files, raw or packed with gzip:
 * 60,000 pictures to train with and 10,000 to test, {@code [1, 28, 28]}, grey, 0..1. Fashion-MNIST and the like, which
 * come in files of the same names, are read too, their classes by number or by the names they are given.
 */
public final class Mnist {
  private static final String IMAGES = "-images";
  private static final String IMAGES_TYPE = "idx3-ubyte";
  private static final String LABELS = "-labels";
  private static final String LABELS_TYPE = "idx1-ubyte";
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
    return train(dir, CLASSES);
  }

  /**
   * The same for a data set of the same kind whose classes have other names.
   *
   * @throws NoSuchFileException if one of the files is not in the folder
   * @throws IdxException if one of them is broken, they do not belong together, or there are more classes than names
   * @throws IOException if one of them cannot be read
   */
  public static ArrayDataset train(Path dir, List<String> classNames) throws IOException {
    return read(dir, "train", classNames);
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
    return test(dir, CLASSES);
  }

  /**
   * The same for a data set of the same kind whose classes have other names.
   *
   * @throws NoSuchFileException if one of the files is not in the folder
   * @throws IdxException if one of them is broken, they do not belong together, or there are more classes than names
   * @throws IOException if one of them cannot be read
   */
  public static ArrayDataset test(Path dir, List<String> classNames) throws IOException {
    return read(dir, "t10k", classNames);
  }

  /** Whether all four files are in this folder, in whatever spelling. */
  public static boolean isIn(Path dir) {
    return Stream.of("train", "t10k").allMatch(part ->
        spellings(part + IMAGES, IMAGES_TYPE).stream().anyMatch(isFileIn(dir))
            && spellings(part + LABELS, LABELS_TYPE).stream().anyMatch(isFileIn(dir)));
  }

  private static Predicate<String> isFileIn(Path dir) {
    return name -> Files.isRegularFile(dir.resolve(name));
  }

  private static ArrayDataset read(Path dir, String part, List<String> classNames) throws IOException {
    Path images = find(dir, part + IMAGES, IMAGES_TYPE);
    Path labels = find(dir, part + LABELS, LABELS_TYPE);
    return Idx.dataset(images, labels, classNames);
  }

  private static List<String> spellings(String name, String type) {
    return Stream.of("-", ".").flatMap(separator -> Stream.of("", ".gz").map(packing -> name + separator + type
        + packing)).toList();
  }

  private static Path find(Path dir, String name, String type) throws IOException {
    List<String> spellings = spellings(name, type);
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
