package dev.fovea.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Makes files of pictures, also such as javax.imageio would not write. */
final class Pictures {
  private Pictures() {}

  /** A picture of one colour. */
  static BufferedImage plain(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb);
    }
    return image;
  }

  /** 48 columns and 32 rows in six squares of 16x16: red, green, blue, and below yellow, white, black. */
  static BufferedImage squares() {
    int[] colors = {0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0xffffff, 0x000000};
    BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 48 * 32; i++) {
      image.setRGB(i % 48, i / 48, colors[i / 48 / 16 * 3 + i % 48 / 16]);
    }
    return image;
  }

  static byte[] bytes(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, out)) {
        throw new AssertionError("no writer of " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, BufferedImage image, String format) throws IOException {
    return write(file, bytes(image, format));
  }

  static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** A JPEG of four inks, each the same all over; with what Adobe's programs add if a transform is given. */
  static byte[] inks(int[] inks, int adobeTransform) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, inks);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam best = writer.getDefaultWriteParam();
      best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      best.setCompressionQuality(1);
      writer.write(null, new IIOImage(raster, null, null), best);
    } finally {
      writer.dispose();
    }
    byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) adobeTransform};
    return adobeTransform < 0 ? out.toByteArray() : withSegment(out.toByteArray(), 0xee, adobe);
  }

  /** A JPEG with a segment more, behind its first marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(out);
    data.write(jpeg, 0, 2);
    data.writeByte(0xff);
    data.writeByte(marker);
    data.writeShort(content.length + 2);
    data.write(content);
    data.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** What a camera writes: a directory of two entries, the orientation the second. */
  static byte[] exif(ByteOrder order, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 24 + 4).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII)).order(order);
    exif.putShort((short) 42).putInt(8).putShort((short) 2);
    exif.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(48);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0);
    return exif.array();
  }

  /** A PNG that claims to be so large, and has no more than a header. */
  static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] header = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height)
        .put(new byte[] {8, 2, 0, 0, 0}).array();
    CRC32 crc = new CRC32();
    crc.update(header);
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(13);
    data.write(header);
    data.writeInt((int) crc.getValue());
    return out.toByteArray();
  }
}
