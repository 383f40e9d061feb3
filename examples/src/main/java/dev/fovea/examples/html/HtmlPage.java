package dev.fovea.examples.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in one text: nothing is loaded from anywhere. It is light or dark as its reader has it, and fits a phone. */
public final class HtmlPage {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private HtmlPage() {}

  /**
   * A page of this title.
   *
   * @param title what it is called, as plain text
   * @param style what its own parts look like, in CSS
   * @param body its parts, in HTML
   */
  public static String of(String title, String style, String body) {
    Map<String, String> texts = Map.of("title", Html.escaped(title),
        "style", resource(HtmlPage.class, "page.css") + style, "body", body);
    return PLACE.matcher(resource(HtmlPage.class, "page.html"))
        .replaceAll(place -> Matcher.quoteReplacement(texts.get(place.group(1))));
  }

  /** The text of a file that lies beside a class. */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("page: cannot read " + name + " beside " + beside, e);
    }
  }
}
