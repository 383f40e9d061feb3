package dev.fovea.data;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 (Krizhevsky, "Learning multiple layers of features from tiny images", 2009) from its binary version: 50,000
 * photographs to train with and 10,000 to test, {@code [3, 32, 32]}, red, green and blue, 0..1.
 *
 * <p>A file is a row of records of 3,073 bytes: the label, then the 1,024 values of each colour, row by row, which is
 * the order of a sample here.
 */
public final class Cifar10 {
  /** The folder in the archive as it is published. */
  public static final String FOLDER = "cifar-10-batches-bin";

  /** The name of each class, in the order of the labels. */
  public static final List<String> CLASS_NAMES =
      List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final Shape SAMPLE = Shape.of(3, 32, 32);
  private static final int RECORD = 1 + SAMPLE.size();
  private static final List<String> TRAIN =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  private static final List<String> TEST = List.of("test_batch.bin");

  private Cifar10() {}

  /**
   * The photographs to train with: {@code data_batch_1.bin} to {@code data_batch_5.bin}, in this folder or in {@value
   * #FOLDER} inside it.
   *
   * @throws NoSuchFileException if one of them is not there
   * @throws IOException if one of them is broken or cannot be read
   */
  public static ArrayDataset train(Path dir) throws IOException {
    return read(dir, TRAIN);
  }

  /**
   * The photographs to test with: {@code test_batch.bin}, in this folder or in {@value #FOLDER} inside it.
   *
   * @throws NoSuchFileException if it is not there
   * @throws IOException if it is broken or cannot be read
   */
  public static ArrayDataset test(Path dir) throws IOException {
    return read(dir, TEST);
  }

  /** Whether all its files are in this folder, or in {@value #FOLDER} inside it. */
  public static boolean isIn(Path dir) {
    Path inner = inner(dir);
    return Stream.concat(TRAIN.stream(), TEST.stream()).allMatch(name -> Files.isRegularFile(inner.resolve(name)));
  }

  private static Path inner(Path dir) {
    return Files.isDirectory(dir.resolve(FOLDER)) ? dir.resolve(FOLDER) : dir;
  }

  private static ArrayDataset read(Path dir, List<String> names) throws IOException {
    Path inner = inner(dir);
    int[] records = new int[names.size()];
    for (int i = 0; i < records.length; i++) {
      records[i] = records(inner.resolve(names.get(i)));
    }
    int count = IntStream.of(records).reduce(0, Math::addExact);
    byte[] pixels = new byte[Math.multiplyExact(count, SAMPLE.size())];
    int[] labels = new int[count];
    int at = 0;
    for (int i = 0; i < records.length; i++) {
      read(inner.resolve(names.get(i)), records[i], at, pixels, labels);
      at += records[i];
    }
    return ArrayDataset.ofBytes(SAMPLE, pixels, labels, CLASS_NAMES);
  }

  private static int records(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null,
          "expected a file of the binary version of CIFAR-10, found none");
    }
    long size = Files.size(file);
    long most = Integer.MAX_VALUE / RECORD;
    if (size == 0 || size % RECORD != 0 || size / RECORD > most) {
      throw new IOException(file + ": expected 1 to " + most + " whole records of " + RECORD + " bytes, got " + size
          + " bytes");
    }
    return (int) (size / RECORD);
  }

  private static void read(Path file, int records, int at, byte[] pixels, int[] labels) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != records * RECORD) {
      throw new IOException(file + ": the file was changed while it was read");
    }
    for (int i = 0; i < records; i++) {
      int label = bytes[i * RECORD] & 0xff;
      if (label >= CLASS_NAMES.size()) {
        throw new IOException(file + ": at byte " + i * RECORD + ": the label of record " + i + ": expected 0..9, got "
            + label);
      }
      labels[at + i] = label;
      System.arraycopy(bytes, i * RECORD + 1, pixels, (at + i) * SAMPLE.size(), SAMPLE.size());
    }
  }
}
