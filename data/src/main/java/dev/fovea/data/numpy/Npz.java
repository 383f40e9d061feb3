package dev.fovea.data.numpy;

import dev.fovea.core.io.AtomicFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's file of several arrays, each under a name ({@code .npz}): a zip with an {@code .npy} file for each.
 *
 * <pre>{@code
 * Map<String, NpyArray> mnist = Npz.read(Path.of("mnist.npz"));
 * Dataset train = Numpy.dataset(mnist.get("x_train"), mnist.get("y_train"));
 * }</pre>
 */
public final class Npz {
  private static final String SUFFIX = ".npy";
  private static final int PIECE = 1 << 16;

  private Npz() {}

  /**
   * Reads all arrays, in the order of the file. What is packed is unpacked; every array's checksum is compared.
   *
   * @throws NumpyException if the file is no such zip, or a broken one, or holds something else than arrays
   * @throws IOException if it cannot be read
   */
  public static Map<String, NpyArray> read(Path file) throws IOException {
    long size = Files.size(file);
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file), PIECE))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String where = file + ", " + entry.getName();
        if (!entry.getName().endsWith(SUFFIX)) {
          throw new NumpyException(where, "expected the name of an array, which ends in .npy");
        }
        String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
        if (arrays.put(name, Npy.read(where, zip, size)) != null) {
          throw new NumpyException(where, "is there twice");
        }
      }
    } catch (ZipException | EOFException e) {
      throw new NumpyException(file.toString(), "the zip is broken: "
          + (e.getMessage() == null ? "it ends too early" : e.getMessage()), e);
    }
    if (arrays.isEmpty()) {
      throw new NumpyException(file.toString(), "expected an .npz file, a zip with at least one array");
    }
    return Collections.unmodifiableMap(arrays);
  }

  /**
   * Writes arrays under their names, unpacked as {@code numpy.savez} does.
   *
   * @throws IOException if that is not possible; what was there before is then as it was
   */
  public static void write(Path file, Map<String, NpyArray> arrays) throws IOException {
    AtomicFile.replace(file, out -> write(out, arrays, false));
  }

  /** The same packed, as {@code numpy.savez_compressed} does. */
  public static void writeCompressed(Path file, Map<String, NpyArray> arrays) throws IOException {
    AtomicFile.replace(file, out -> write(out, arrays, true));
  }

  private static void write(OutputStream out, Map<String, NpyArray> arrays, boolean packed) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, NpyArray> each : arrays.entrySet()) {
      if (packed) {
        zip.setLevel(Deflater.DEFAULT_COMPRESSION);
        zip.putNextEntry(new ZipEntry(each.getKey() + SUFFIX));
        Npy.write(zip, each.getValue());
        zip.closeEntry();
      } else {
        putStored(zip, each.getKey() + SUFFIX, each.getValue());
      }
    }
    zip.finish();
  }

  /**
   * Writes an array into a zip, unpacked: what another file format that is made of arrays needs.
   *
   * @param name the full name of the entry
   * @return the checksum (CRC-32) of what was written
   */
  public static long putStored(ZipOutputStream zip, String name, NpyArray array) throws IOException {
    // Length and checksum stand before what is not packed.
    CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    Npy.write(sum, array);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(Npy.length(array));
    entry.setCompressedSize(entry.getSize());
    entry.setCrc(sum.getChecksum().getValue());
    zip.putNextEntry(entry);
    Npy.write(zip, array);
    zip.closeEntry();
    return entry.getCrc();
  }
}
