package dev.fovea.layers;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
   * Replaces a file, gzipped if its name ends in {@code .gz}.
   *
   * @throws IOException saying which file and why; the old one is then as it was, and nothing is left beside it
   */
  public static void replace(Path file, Content content) throws IOException {
    Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new IOException(file + ": cannot be written: it is a folder");
    }
    Path beside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      write(beside, file.toString().endsWith(".gz"), content);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": cannot be written: "
          + (Files.isDirectory(target.getParent()) ? "no file can be made in " : "there is no folder ")
          + target.getParent(), e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": cannot be written: no permission in " + target.getParent(), e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be written: " + e.getMessage(), e);
    } finally {
      deleteIfThere(beside);
    }
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
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      if (zipped) {
        GZIPOutputStream zip = new GZIPOutputStream(out, BUFFER);
        content.writeTo(zip);
        zip.finish();
      } else {
        content.writeTo(out);
      }
      out.flush();
      // On the disk before the old file goes: a power cut must not leave a moved file without content.
      channel.force(true);
    }
  }
}
