package dev.fovea.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * What javax.imageio does not tell of a JPEG file, from the segments before its picture.
 *
 * @param components the number of colours or inks: 1, 3 or 4
 * @param adobeTransform what Adobe's programs say of the inks: 0 for CMYK, 2 for YCCK; -1 if they say nothing
 * @param orientation how the camera was held, 1 to 8 as EXIF counts them; 1 if that is not said
 */
record JpegHeader(int components, int adobeTransform, int orientation) {
  private static final int START_OF_SCAN = 0xda;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;

  /** Reads the segments up to the picture itself; what is out of order there is left to the decoder to complain of. */
  static JpegHeader read(ImageInputStream in) throws IOException {
    int components = 3;
    int transform = -1;
    int orientation = 0;
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(2);
    int marker = marker(in);
    while (marker >= 0xc0 && marker != START_OF_SCAN) {
      int length = in.readUnsignedShort() - 2;
      long next = in.getStreamPosition() + length;
      if (marker == APP1 && orientation == 0) {
        orientation = exifOrientation(segment(in, length));
      } else if (marker == APP14) {
        transform = adobeTransform(segment(in, length), transform);
      } else if (isFrame(marker) && length > 5) {
        components = segment(in, length).get(5);
      }
      in.seek(next);
      marker = marker(in);
    }
    return new JpegHeader(components, transform, Math.max(1, orientation));
  }

  /** The next marker, behind any number of FF bytes; -1 if there is none where one should be. */
  private static int marker(ImageInputStream in) throws IOException {
    if (in.read() != 0xff) {
      return -1;
    }
    int marker = in.read();
    while (marker == 0xff) {
      marker = in.read();
    }
    return marker;
  }

  /** Whether a segment describes a frame: SOF0 to SOF15 but for three numbers that mean something else. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /** At most 65,533 bytes, or fewer if the file ends. */
  private static ByteBuffer segment(ImageInputStream in, int length) throws IOException {
    byte[] bytes = new byte[Math.max(0, length)];
    int read = 0;
    while (read < bytes.length) {
      int more = in.read(bytes, read, bytes.length - read);
      if (more < 0) {
        break;
      }
      read += more;
    }
    return ByteBuffer.wrap(bytes, 0, read);
  }

  private static int adobeTransform(ByteBuffer segment, int otherwise) {
    return begins(segment, "Adobe") && segment.limit() >= 12 ? segment.get(11) : otherwise;
  }

  /** The orientation in the first directory of a TIFF header; 0 if there is none or it makes no sense. */
  private static int exifOrientation(ByteBuffer segment) {
    if (!begins(segment, "Exif\0\0") || segment.limit() < 14) {
      return 0;
    }
    ByteBuffer tiff = segment.position(6).slice();
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory + 2 > tiff.limit()) {
      return 0;
    }
    int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) ENTRY * i;
      if (entry + ENTRY > tiff.limit()) {
        return 0;
      }
      int at = (int) entry;
      if (tiff.getShort(at) == ORIENTATION) {
        int value = tiff.getShort(at + 2) == SHORT ? tiff.getShort(at + 8) : 0;
        return value >= 1 && value <= 8 ? value : 0;
      }
    }
    return 0;
  }

  private static boolean begins(ByteBuffer segment, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (i >= segment.limit() || segment.get(i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
