package dev.fovea.train.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** A trace as a page for the browser: a template, its style, its script and the data, in one text. */
final class TracePage {
  private static final int MOST_BYTES = 5 << 20;
  private static final int MOST_VALUES = 16_384;
  /** Values on a whole page, to begin with: each takes some 9 bytes. */
  private static final int ALL_VALUES = 400_000;
  private static final int FEWEST_VALUES = 32;
  /** What part of the page the table may take: one in so many bytes. */
  private static final int TABLE = 20;
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private TracePage() {}

  /** The page; below 5 MiB in UTF-8. */
  static String of(Trace trace, String title) {
    return of(trace, title, MOST_BYTES);
  }

  /** The page, with fewer values and if need be fewer layers until it is below so many bytes. */
  static String of(Trace trace, String title, int mostBytes) {
    PageBuilder builder = new PageBuilder(trace);
    String table = trace.table();
    Map<String, String> texts = Map.of(
        "title", escaped(title),
        "headline", escaped(sentence(trace.headline())),
        "table", escaped(table.length() <= mostBytes / TABLE ? table : table.substring(0, mostBytes / TABLE) + "\n..."),
        "style", resource("trace.css"),
        "script", resource("heatmap.js") + resource("trace.js"));
    // The data is put in last and by itself: whatever stands in it, nothing is filled in there.
    String[] frame = resource("trace.html").split(Pattern.quote("{{data}}"));
    String before = fill(frame[0], texts);
    String after = fill(frame[1], texts);
    int values = Math.max(FEWEST_VALUES, Math.min(MOST_VALUES, ALL_VALUES / builder.tensorCount()));
    int layers = trace.layers().size();
    while (true) {
      String page = before + json(builder.page(values, layers)) + after;
      if (page.getBytes(StandardCharsets.UTF_8).length < mostBytes || layers == 0) {
        return page;
      }
      layers = values > FEWEST_VALUES ? layers : layers * 2 / 3;
      values = Math.max(FEWEST_VALUES, values / 2);
    }
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  /** JSON that can stand inside a script element: nothing in it looks like a tag. */
  static String json(Page data) {
    return JsonMapper.shared().writeValueAsString(data).replace("<", "\\u003c");
  }

  private static String fill(String template, Map<String, String> texts) {
    return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(texts.get(place.group(1))));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = TracePage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("trace: cannot read " + name + " beside " + TracePage.class, e);
    }
  }
}
