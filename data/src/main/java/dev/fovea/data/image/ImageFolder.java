package dev.fovea.data.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Labelled pictures in a folder, each class in a sub-folder of its own, or listed in a table; to be opened as a data
 * set.
 *
 * <pre>{@code
 * ImageDataset pictures = ImageFolder.of(Path.of("flowers"), ImageLoader.of(64, 64)).open();
 * Split split = Split.of(pictures, 0.1, 0.1, 7L);   // shares for validation and test, the seed
 * }</pre>
 *
 * <p>The sub-folders' names, sorted, are the classes' names; folders in them belong to the same class. Hidden files and
 * folders (whose names begin with a dot) are passed over, and so are files beside the sub-folders. Links are followed,
 * but not in circles.
 *
 * <p>To open a folder every picture is decoded once, by several threads. What cannot be read is left out and can be
 * {@linkplain ImageDataset#skipped() asked for}, with the reasons; or it is an error, if {@linkplain #strict() strict}.
 * A class of which nothing is left is left out too, with a warning in the log. The scaled bytes are kept as far as the
 * cache reaches, a quarter of the memory that Java may take unless another size is set; pictures that do not fit are
 * decoded again whenever they are wanted, ahead of training.
 *
 * <p>These are settings and do not change; the withers return new ones.
 */
public final class ImageFolder {
  private static final String FILE = "file";
  private static final String LABEL = "label";

  private final Path path;
  private final boolean isTable;
  private final String fileColumn;
  private final String labelColumn;
  private final ImageLoader loader;
  private final long cacheBytes;
  private final boolean strict;
  private final List<String> classNames;

  private ImageFolder(Path path, boolean isTable, String fileColumn, String labelColumn, ImageLoader loader,
      long cacheBytes, boolean strict, List<String> classNames) {
    this.path = path;
    this.isTable = isTable;
    this.fileColumn = fileColumn;
    this.labelColumn = labelColumn;
    this.loader = loader;
    this.cacheBytes = cacheBytes;
    this.strict = strict;
    this.classNames = classNames;
  }

  /**
   * The pictures below a folder with one sub-folder for each class.
   *
   * @param loader what becomes of a picture
   */
  public static ImageFolder of(Path folder, ImageLoader loader) {
    return new ImageFolder(folder, false, FILE, LABEL, loader, Runtime.getRuntime().maxMemory() / 4, false, List.of());
  }

  /**
   * The pictures that a table lists, as comma-separated values (RFC 4180, in UTF-8) with the columns {@code file} and
   * {@code label} named in its first line, in any place beside others. Names of files are relative to the folder the
   * table lies in. A file that stands there twice with one label is taken once, with two it is an error.
   *
   * @param loader what becomes of a picture
   */
  public static ImageFolder ofTable(Path csv, ImageLoader loader) {
    return new ImageFolder(csv, true, FILE, LABEL, loader, Runtime.getRuntime().maxMemory() / 4, false, List.of());
  }

  /** This with other names of the columns of a table. */
  public ImageFolder withColumns(String file, String label) {
    return new ImageFolder(path, isTable, file, label, loader, cacheBytes, strict, classNames);
  }

  /**
   * This with another cache: so many bytes of scaled pictures are kept in memory, height * width * channels each; 0
   * for none.
   *
   * @throws IllegalArgumentException if that is below 0
   */
  public ImageFolder withCache(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("image folder: the cache must have at least 0 bytes, got " + bytes);
    }
    return new ImageFolder(path, isTable, fileColumn, labelColumn, loader, bytes, strict, classNames);
  }

  /** This, but a file that cannot be read is an error. */
  public ImageFolder strict() {
    return new ImageFolder(path, isTable, fileColumn, labelColumn, loader, cacheBytes, true, classNames);
  }

  /**
   * This with the classes given, in their order, also those that have no picture: those of a model that is to be
   * tested. Another class is an error.
   *
   * @throws IllegalArgumentException if there are none, or one stands there twice
   */
  public ImageFolder withClassNames(List<String> names) {
    if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("image folder: expected the names of classes, each once, got " + names);
    }
    return new ImageFolder(path, isTable, fileColumn, labelColumn, loader, cacheBytes, strict, List.copyOf(names));
  }

  /**
   * Decodes every picture once and makes a data set of them.
   *
   * @throws ImageException if there is no such folder or table, it is not what it should be, or holds no picture that
   *     can be read; if strict, also if one cannot be read: the first
   * @throws IOException if the folder cannot be read, or this thread is interrupted
   */
  public ImageDataset open() throws IOException {
    return open((done, total) -> {});
  }

  /** The same, and tells somebody who waits how far it is. */
  public ImageDataset open(Progress progress) throws IOException {
    Listing listing = isTable ? CsvListing.of(path, fileColumn, labelColumn) : FolderListing.of(path);
    if (strict && !listing.skipped().isEmpty()) {
      SkippedImage first = listing.skipped().get(0);
      throw new ImageException(first.file(), first.reason());
    }
    return new ImageOpening(path, listing, loader, cacheBytes, strict, progress).open(classNames);
  }

  /** Is told how far the opening of a folder is; called by several threads, one at a time. */
  @FunctionalInterface
  public interface Progress {
    /** So many of all files have been looked into. */
    void opened(int done, int total);
  }
}
