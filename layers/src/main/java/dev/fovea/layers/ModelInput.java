package dev.fovea.layers;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens model files; gzip is told by its first two bytes, whatever the file is called. */
final class ModelInput {
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC_LOW = 0x1F;
  private static final int MAGIC_HIGH = 0x8B;

  private ModelInput() {}

  static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a model file, got a folder");
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    }
    // Java's own stream on a channel asks for the position, which a pipe has not.
    InputStream in = new BufferedInputStream(
        Files.isRegularFile(file) ? Files.newInputStream(file) : new FileInputStream(file.toFile()), BUFFER);
    try {
      in.mark(2);
      boolean zipped = in.read() == MAGIC_LOW && in.read() == MAGIC_HIGH;
      in.reset();
      return zipped ? new GZIPInputStream(in, BUFFER) : in;
    } catch (EOFException e) {
      in.close();
      throw new ModelFormatException(file + ": the file ends too early; it was cut off", e);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
