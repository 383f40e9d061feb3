package dev.fovea.examples.lessons;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * A picture with a caption.
 *
 * @param caption what it shows
 * @param png its bytes
 * @param whereabouts how one gets to see it, for the terminal
 */
record Figure(String caption, byte[] png, String whereabouts) implements Part {
  /** An image as the bytes of a PNG file. */
  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("picture: could not be made a PNG", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public String text(int width) {
    return Prose.wrapped("Picture: " + caption + " (" + whereabouts + ")", width);
  }

  @Override
  public String html() {
    return "<figure><img alt=\"" + Html.escaped(caption) + "\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(png) + "\">\n<figcaption>" + Html.prose(caption)
        + "</figcaption></figure>";
  }
}
