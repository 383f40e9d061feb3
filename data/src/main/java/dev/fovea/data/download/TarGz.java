package dev.fovea.data.download;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks a folder out of a {@code .tar.gz}, at once or not at all.
 *
 * <p>Of the format (POSIX.1-1988, "ustar") it reads what the published data sets use: files and folders with names of
 * at most 100 bytes. A library for the rest would be larger than all of this project.
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE = 12;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM = 8;
  private static final int TYPE_AT = 156;

  private final Path archive;
  private final InputStream in;

  private TarGz(Path archive, InputStream in) {
    this.archive = archive;
    this.in = in;
  }

  /**
   * Makes the folder of this name, beside the archive, of what the archive has under that name; does nothing if it is
   * there.
   *
   * @throws IOException if the archive is broken or the folder cannot be written; nothing is left behind
   */
  static Path unpack(Path archive, String folder) throws IOException {
    Path target = archive.resolveSibling(folder);
    if (Files.isDirectory(target)) {
      return target;
    }
    Path beside = archive.resolveSibling(folder + ".part");
    synchronized (TarGz.class) {
      try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.lock();
        if (Files.isDirectory(target)) {
          return target;
        }
        // Left by a program that was killed: the lock says that nobody is at it.
        delete(beside);
        extract(archive, folder, beside);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(beside);
      }
    }
    return target;
  }

  private static void extract(Path archive, String folder, Path target) throws IOException {
    Files.createDirectories(target);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        InputStream in = new GZIPInputStream(file, 1 << 16)) {
      new TarGz(archive, in).extract(folder + "/", target);
    } catch (ZipException | EOFException e) {
      throw new IOException(archive + ": the archive is broken: "
          + (e instanceof EOFException ? "it ends too early" : e.getMessage()), e);
    }
  }

  private void extract(String prefix, Path target) throws IOException {
    int files = 0;
    byte[] header = new byte[BLOCK];
    while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      requireChecksum(header);
      String name = text(header, 0, NAME);
      long size = octal(header, SIZE_AT, SIZE);
      boolean isFile = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
      if (isFile && name.startsWith(prefix)) {
        Path file = target.resolve(name.substring(prefix.length())).normalize();
        if (!file.startsWith(target) || file.equals(target)) {
          throw new IOException(archive + ": the archive is broken: it holds a file named '" + name + "'");
        }
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
          copy(size, out);
        }
        files++;
      } else {
        in.skipNBytes(size);
      }
      in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }
    if (files == 0) {
      throw new IOException(archive + ": expected files under " + prefix + ", found none");
    }
  }

  private void copy(long size, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = size; left > 0; ) {
      int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
      if (read == 0) {
        throw new EOFException();
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  /** The sum of all bytes of the header, those of the sum itself taken for spaces. */
  private void requireChecksum(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean ofSum = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM;
      sum += ofSum ? ' ' : header[i] & 0xff;
    }
    if (sum != octal(header, CHECKSUM_AT, CHECKSUM)) {
      throw new IOException(archive + ": the archive is broken: a header's checksum does not fit");
    }
  }

  private long octal(byte[] header, int from, int length) throws IOException {
    String digits = text(header, from, length).strip();
    try {
      return Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException(archive + ": the archive is broken: expected an octal number, got '" + digits + "'", e);
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
