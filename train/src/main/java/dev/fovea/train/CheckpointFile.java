package dev.fovea.train;

import dev.fovea.core.Shape;
import dev.fovea.core.io.AtomicFile;
import dev.fovea.data.numpy.Npy;
import dev.fovea.data.numpy.NpyArray;
import dev.fovea.data.numpy.NpyType;
import dev.fovea.data.numpy.Npz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The file form of a {@link TrainingState}: a zip in which nothing is packed, with an {@code .npy} file for each array
 * and, last, {@code training.json}, which holds everything else and the checksum of each array. So a file in which
 * anything that matters has changed is known as broken.
 */
final class CheckpointFile {
  private static final String JSON = "training.json";
  private static final String SUFFIX = ".npy";

  private CheckpointFile() {}

  /** Writes a checkpoint; the file is replaced at once or not at all. */
  static void write(Path file, TrainingState state) throws IOException {
    AtomicFile.replace(file, out -> {
      ZipOutputStream zip = new ZipOutputStream(out);
      Map<String, String> checksums = new LinkedHashMap<>();
      for (Map.Entry<String, float[]> array : TrainingJson.arrays(state).entrySet()) {
        NpyArray values = NpyArray.of(Shape.of(array.getValue().length), array.getValue());
        long checksum = Npz.putStored(zip, array.getKey() + SUFFIX, values);
        checksums.put(array.getKey(), HexFormat.of().toHexDigits((int) checksum));
      }
      byte[] json = TrainingJson.write(state, checksums);
      CRC32 sum = new CRC32();
      sum.update(json);
      ZipEntry entry = new ZipEntry(JSON);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(json.length);
      entry.setCompressedSize(json.length);
      entry.setCrc(sum.getValue());
      zip.putNextEntry(entry);
      zip.write(json);
      zip.closeEntry();
      zip.finish();
    });
  }

  /** Reads a checkpoint. */
  static TrainingState read(Path file) throws IOException {
    // Opened by hand first: what does not exist or may not be read says so itself.
    Files.newInputStream(file).close();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(JSON);
      if (entry == null) {
        throw new CheckpointException(file, "expected a checkpoint, a zip with " + JSON + ", which is missing", null);
      }
      TrainingJson json = TrainingJson.read(file, json(file, zip, entry));
      return json.state(arrays(file, zip, json.checksums()));
    } catch (CheckpointException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new CheckpointException(file, "expected a checkpoint, a whole zip: " + e.getMessage(), e);
    }
  }

  private static byte[] json(Path file, ZipFile zip, ZipEntry entry) throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      byte[] json = in.readAllBytes();
      requireChecksum(file, JSON, entry, in.getChecksum().getValue());
      return json;
    }
  }

  private static Map<String, float[]> arrays(Path file, ZipFile zip, Map<String, String> checksums)
      throws IOException {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : checksums.entrySet()) {
      String name = each.getKey() + SUFFIX;
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new CheckpointException(file, name + " is missing", null);
      }
      try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
        NpyArray array = Npy.read(name, in);
        requireChecksum(file, name, entry, in.getChecksum().getValue());
        if (array.type() != NpyType.F4 || !each.getValue().equals(HexFormat.of().toHexDigits((int) entry.getCrc()))) {
          throw new CheckpointException(file, name + " is not the one that " + JSON + " tells of", null);
        }
        arrays.put(each.getKey(), array.floats());
      }
    }
    for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
      String name = entries.nextElement().getName();
      if (!name.equals(JSON) && !(name.endsWith(SUFFIX)
          && checksums.containsKey(name.substring(0, name.length() - SUFFIX.length())))) {
        throw new CheckpointException(file, name + " does not belong there", null);
      }
    }
    return arrays;
  }

  private static void requireChecksum(Path file, String name, ZipEntry entry, long actual) throws IOException {
    if (entry.getCrc() != actual) {
      throw new CheckpointException(file, name + " is broken: expected the checksum "
          + HexFormat.of().toHexDigits((int) entry.getCrc()) + ", got " + HexFormat.of().toHexDigits((int) actual),
          null);
    }
  }
}
