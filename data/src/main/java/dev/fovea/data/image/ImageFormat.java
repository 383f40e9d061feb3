package dev.fovea.data.image;

import java.nio.charset.StandardCharsets;

/** The formats of pictures, known by the bytes they begin with. */
enum ImageFormat {
  PNG("\u0089PNG\r\n\u001a\n"),
  JPEG("\u00ff\u00d8\u00ff"),
  GIF("GIF8"),
  BMP("BM");

  /** As many bytes as it takes to know any of them, and what else is met in folders of pictures. */
  static final int LONGEST = 16;

  private final String beginning;

  ImageFormat(String beginning) {
    this.beginning = beginning;
  }

  /** The format of a file that begins with these bytes; {@code null} if it is none of these. */
  static ImageFormat of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (ImageFormat format : values()) {
      if (text.startsWith(format.beginning)) {
        return format;
      }
    }
    return null;
  }

  /** What a file is that begins with these bytes and is no picture Java can read. */
  static String other(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return "an empty file";
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return "a WebP picture";
    }
    if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
      return "a TIFF picture";
    }
    if (text.startsWith("ftyp", 4)) {
      return text.startsWith("avif", 8) ? "an AVIF picture"
          : text.startsWith("hei", 8) || text.startsWith("mif1", 8) ? "a HEIF picture" : "a film";
    }
    boolean isText = text.chars().allMatch(c -> c >= ' ' && c < 0x7f || c >= '\t' && c <= '\r');
    return isText ? "text" : "something else";
  }
}
