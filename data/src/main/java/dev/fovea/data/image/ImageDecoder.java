package dev.fovea.data.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes one picture after another by javax.imageio: looks at the first bytes, then at the header, then decodes. */
final class ImageDecoder {
  /** The reason of a truncated JPEG, which the JDK gives as a warning, with the rest of the picture grey. */
  private static final String TOO_SHORT = "the file ends too early";

  private final boolean grey;
  private final float ground;
  private final long pixelLimit;

  /**
   * A decoder.
   *
   * @param ground what is seen through the transparent, 0..255
   * @param pixelLimit larger pictures are refused by their header
   */
  ImageDecoder(boolean grey, float ground, long pixelLimit) {
    this.grey = grey;
    this.ground = ground;
    this.pixelLimit = pixelLimit;
  }

  /** What becomes of a picture once it is decoded. */
  @FunctionalInterface
  interface Use<T> {
    /** Reads the rows of a picture that is to be seen in this orientation. */
    T of(Pixels pixels, int orientation);
  }

  /** Decodes a file and uses it; all that can go wrong names the file. */
  <T> T decode(Path file, Use<T> use) throws ImageException {
    if (Files.isDirectory(file)) {
      throw new ImageException(file, "expected a picture, got a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return decode(in, use);
    } catch (NoSuchFileException e) {
      throw new ImageException(file, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new ImageException(file, "access denied", e);
    } catch (NotAPicture e) {
      throw new ImageException(file, e.getMessage(), e.getCause());
    } catch (IOException e) {
      throw new ImageException(file, "cannot be read: " + reason(e), e);
    }
  }

  /** Decodes what a stream holds. */
  <T> T decode(InputStream stream, Use<T> use) throws IOException {
    byte[] beginning = stream.readNBytes(ImageFormat.LONGEST);
    ImageFormat format = ImageFormat.of(beginning);
    if (format == null) {
      throw new NotAPicture("expected a picture (PNG, JPEG, GIF or BMP), got " + ImageFormat.other(beginning), null);
    }
    ImageReader reader = reader(format);
    try (ImageInputStream in = new MemoryCacheImageInputStream(
        new SequenceInputStream(new ByteArrayInputStream(beginning), stream))) {
      return decode(in, format, reader, use);
    } catch (NotAPicture e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Of broken files the JDK's decoders throw nearly anything: IllegalArgument, IndexOutOfBounds, NullPointer ...
      throw new NotAPicture("the picture cannot be decoded: " + reason(e), e);
    } finally {
      reader.dispose();
    }
  }

  private <T> T decode(ImageInputStream in, ImageFormat format, ImageReader reader, Use<T> use) throws IOException {
    JpegHeader header = format == ImageFormat.JPEG ? JpegHeader.read(in) : new JpegHeader(3, -1, 1);
    in.seek(0);
    Warnings warnings = new Warnings();
    reader.addIIOReadWarningListener(warnings);
    reader.setInput(in, true, true);
    checkSize(reader.getWidth(0), reader.getHeight(0));
    Pixels pixels = header.components() == 4
        ? Pixels.ofInks(reader.readRaster(0, null), header, grey)
        : Pixels.of(reader.read(0), grey, ground);
    if (warnings.truncated()) {
      throw new NotAPicture("the picture cannot be decoded: " + TOO_SHORT, null);
    }
    return use.of(pixels, header.orientation());
  }

  private void checkSize(int width, int height) throws NotAPicture {
    if ((long) width * height > pixelLimit) {
      throw new NotAPicture(String.format(Locale.ROOT,
          "a picture of %dx%d = %,d pixels is more than the limit of %,d", width, height, (long) width * height,
          pixelLimit), null);
    }
  }

  /** The JDK's own reader, if it is there: another one's pictures may differ in a bit. */
  private static ImageReader reader(ImageFormat format) throws IOException {
    ImageReader first = null;
    for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name()); readers.hasNext();) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
        return reader;
      }
      first = first == null ? reader : first;
    }
    if (first == null) {
      throw new IOException("this Java has no reader of " + format + " pictures");
    }
    return first;
  }

  /** What an exception says, and the one behind it, in one line. */
  private static String reason(Throwable failure) {
    String text = text(failure);
    Throwable cause = failure.getCause();
    return (cause == null || cause == failure ? text : text + ": " + text(cause)).replaceAll("\\s+", " ").strip();
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  /** What is wrong with a picture, without the name of its file. */
  static final class NotAPicture extends IOException {
    private static final long serialVersionUID = 1L;

    NotAPicture(String problem, Throwable cause) {
      super(problem, cause);
    }
  }
}
