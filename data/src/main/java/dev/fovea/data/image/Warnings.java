package dev.fovea.data.image;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Listens for what the JDK's JPEG reader has to say of a file that is cut off: "Truncated File - Missing EOI marker"
 * and libjpeg's "premature end of data segment". It then goes on with grey. Its other warnings, as of bytes to spare
 * before a marker, are of no consequence.
 */
final class Warnings implements IIOReadWarningListener {
  private boolean truncated;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    truncated |= text.contains("truncated") || text.contains("premature end");
  }

  boolean truncated() {
    return truncated;
  }
}
