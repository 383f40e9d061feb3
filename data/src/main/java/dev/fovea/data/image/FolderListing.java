package dev.fovea.data.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the files below a folder whose sub-folders are classes. Links are followed, but not back to a folder they are
 * in; hidden files and folders are passed over, and so are files that lie in the folder itself.
 */
final class FolderListing extends SimpleFileVisitor<Path> {
  private final Path root;
  private final List<Listing.Entry> entries = new ArrayList<>();
  private final List<SkippedImage> skipped = new ArrayList<>();
  private final TreeSet<String> classes = new TreeSet<>();
  private int loose;

  private FolderListing(Path root) {
    this.root = root;
  }

  /**
   * What is in a folder, in the order of names.
   *
   * @throws ImageException if it is no folder, may not be read, or has no sub-folder
   */
  static Listing of(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new ImageException(root, Files.exists(root)
          ? "expected a folder with one sub-folder for each class, got a file" : "there is no such folder");
    }
    FolderListing found = new FolderListing(root);
    Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, found);
    if (found.classes.isEmpty()) {
      throw new ImageException(root, "expected one sub-folder for each class, found no sub-folder"
          + (found.loose == 0 ? "" : "; files that lie in the folder itself: " + found.loose));
    }
    found.entries.sort(Comparator.comparing(Listing.Entry::label).thenComparing(entry -> entry.file().toString()));
    found.skipped.sort(Comparator.comparing(skip -> skip.file().toString()));
    return new Listing(found.entries, List.copyOf(found.classes), found.skipped);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (folder.equals(root)) {
      return FileVisitResult.CONTINUE;
    }
    if (isHidden(folder)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    classes.add(classOf(folder));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (isHidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (file.getParent().equals(root)) {
      loose++;
    } else if (attributes.isRegularFile()) {
      entries.add(new Listing.Entry(file, classOf(file)));
    } else {
      skipped.add(new SkippedImage(file, attributes.isSymbolicLink() ? "the link leads nowhere"
          : "expected a picture, got what is neither a file nor a folder"));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (file.equals(root)) {
      throw failure instanceof AccessDeniedException ? new ImageException(root, "access denied", failure) : failure;
    }
    if (!isHidden(file)) {
      skipped.add(new SkippedImage(file, failure instanceof FileSystemLoopException
          ? "the link leads back to a folder it is in"
          : failure instanceof AccessDeniedException ? "access denied" : "cannot be read: " + failure.getMessage()));
    }
    return FileVisitResult.CONTINUE;
  }

  private String classOf(Path path) {
    return root.relativize(path).getName(0).toString();
  }

  private static boolean isHidden(Path path) {
    try {
      return path.getFileName().toString().startsWith(".") || Files.isHidden(path);
    } catch (IOException e) {
      return false;
    }
  }
}
