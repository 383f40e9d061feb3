package dev.fovea.core.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Files that are replaced at once or not at all: what is new is written beside the old file and moved over it when
 * whole.
 */
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;

  private AtomicFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; need not close the stream. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces a file, gzipped if its name ends in {@code .gz}; behind a symbolic link, the file it leads to. What is
   * neither a file nor a folder, as a pipe or a terminal, is not replaced but written into.
   *
   * @throws IOException saying which file and why; the old one is then as it was, and nothing is left beside it
   */
  public static void replace(Path file, Content content) throws IOException {
    if (isDevice(file)) {
      writeInto(file, content);
      return;
    }
    Path target = target(file);
    Path beside = beside(target);
    try {
      write(beside, isZipped(file), content);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw cannot(file, target, e);
    } finally {
      deleteIfThere(beside);
    }
  }

  /**
   * Finds out whether {@link #replace} will work, as far as that can be known: for those who have a long way to go
   * before they write. Changes nothing.
   *
   * @throws IOException saying which file and why not
   */
  public static void requireWritable(Path file) throws IOException {
    if (isDevice(file)) {
      if (!Files.isWritable(file)) {
        throw cannot(file, "no permission", null);
      }
      return;
    }
    Path target = target(file);
    Path beside = beside(target);
    try {
      Files.createFile(beside);
      Files.readAttributes(target, BasicFileAttributes.class);
    } catch (IOException e) {
      if (!(e instanceof NoSuchFileException missing && missing.getFile().equals(target.toString()))) {
        throw cannot(file, target, e);
      }
    } finally {
      deleteIfThere(beside);
    }
  }

  /** Whether something stands there over which no file may be moved: it would be gone for all who use it. */
  private static boolean isDevice(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static void writeInto(Path device, Content content) throws IOException {
    try (OutputStream out = Files.newOutputStream(device, StandardOpenOption.WRITE)) {
      write(out, isZipped(device), content);
    } catch (IOException e) {
      throw cannot(device, reason(e), e);
    }
  }

  /** The file that is replaced: where a link leads, even if there is none yet. */
  private static Path target(Path file) throws IOException {
    if (file.toString().isEmpty()) {
      throw new IOException("expected the name of a file to write, got an empty one");
    }
    Path target = file.toAbsolutePath();
    if (Files.isSymbolicLink(file)) {
      try {
        target = file.toRealPath();
      } catch (NoSuchFileException nothingThere) {
        target = target(target.resolveSibling(Files.readSymbolicLink(file)));
      } catch (IOException e) {
        throw cannot(file, reason(e), e);
      }
    }
    if (Files.isDirectory(target)) {
      throw cannot(file, "it is a folder", null);
    }
    return target;
  }

  /** Not called after the target, whose name may be as long as names can be. */
  private static Path beside(Path target) {
    return target.resolveSibling("fovea-" + UUID.randomUUID() + ".tmp");
  }

  private static boolean isZipped(Path file) {
    return file.toString().endsWith(".gz");
  }

  private static IOException cannot(Path file, Path target, IOException e) {
    Path folder = target.getParent();
    if (e instanceof NoSuchFileException) {
      return cannot(file, (Files.isDirectory(folder) ? "no file can be made in " : "there is no folder ") + folder, e);
    }
    return cannot(file, e instanceof AccessDeniedException ? "no permission in " + folder : reason(e), e);
  }

  private static IOException cannot(Path file, String why, IOException e) {
    return new IOException(file + ": cannot be written: " + why, e);
  }

  private static String reason(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    return e instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason() : e.getMessage();
  }

  private static void deleteIfThere(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      // What could not be written cannot always be deleted; the first failure is the one to tell.
    }
  }

  private static void write(Path path, boolean zipped, Content content) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(Channels.newOutputStream(channel), zipped, content);
      // On the disk before the old file goes: a power cut must not leave a moved file without content.
      channel.force(true);
    }
  }

  private static void write(OutputStream stream, boolean zipped, Content content) throws IOException {
    OutputStream out = new BufferedOutputStream(stream, BUFFER);
    if (zipped) {
      GZIPOutputStream zip = new GZIPOutputStream(out, BUFFER);
      content.writeTo(zip);
      zip.finish();
    } else {
      content.writeTo(out);
    }
    out.flush();
  }
}
