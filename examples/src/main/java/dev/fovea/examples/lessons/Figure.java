package dev.fovea.examples.lessons;

import dev.fovea.examples.html.Html;
import dev.fovea.examples.html.Png;

/**
 * A picture with a caption.
 *
 * @param caption what it shows
 * @param png its bytes
 * @param whereabouts how one gets to see it, for the terminal
 */
record Figure(String caption, byte[] png, String whereabouts) implements Part {
  @Override
  public String text(int width) {
    return Prose.wrapped("Picture: " + caption + " (" + whereabouts + ")", width);
  }

  @Override
  public String html() {
    return "<figure><img alt=\"" + Html.escaped(caption) + "\" src=\"" + Png.dataUri(png)
        + "\">\n<figcaption>" + Html.prose(caption) + "</figcaption></figure>";
  }
}
