package dev.fovea.examples.lessons;

import dev.fovea.examples.html.Html;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pieces of a page that are words. */
final class Prose {
  private Prose() {}

  /** Lines that are broken between words; a word longer than a line stays whole. */
  static String wrapped(String text, int width) {
    return Pattern.compile("(.{1," + width + "}|\\S+)(?:\\s+|$)").matcher(text.strip())
        .results().map(line -> line.group(1).stripTrailing()).collect(Collectors.joining("\n"));
  }

  /** Wrapped, with something before the first line and blanks of that length before the others. */
  static String hanging(String before, String text, int width) {
    return before + wrapped(text, width - before.length()).replace("\n", "\n" + " ".repeat(before.length()));
  }

  /** What a section is about. */
  record Heading(String words) implements Part {
    @Override
    public String text(int width) {
      String lines = wrapped(words, width);
      return lines + "\n" + "-".repeat(lines.lines().mapToInt(String::length).max().orElse(0));
    }

    @Override
    public String html() {
      return "<h2>" + Html.prose(words) + "</h2>";
    }
  }

  /** Sentences. */
  record Paragraph(String words) implements Part {
    @Override
    public String text(int width) {
      return wrapped(words, width);
    }

    @Override
    public String html() {
      return "<p>" + Html.prose(words) + "</p>";
    }
  }

  /** Text that stays as it is; only lines that are too long go on, further in, in the next one. */
  record Code(String lines) implements Part {
    private static final String INDENT = "  ";
    private static final int LONG = 90;

    @Override
    public String text(int width) {
      return lines.stripTrailing().lines().map(line -> INDENT + line)
          .map(line -> line.length() <= width ? line
              : hanging(line.substring(0, line.length() - line.stripLeading().length()), line, width - INDENT.length())
                  .replace("\n", "\n" + INDENT))
          .collect(Collectors.joining("\n"));
    }

    @Override
    public String html() {
      boolean wraps = lines.lines().anyMatch(line -> line.length() > LONG);
      return "<pre tabindex=\"0\"" + (wraps ? " class=\"wraps\">" : ">") + Html.escaped(lines.stripTrailing())
          + "</pre>";
    }
  }

  /** What to remember. */
  record Remember(List<String> sentences) implements Part {
    private static final String HEADING = "Remember";

    @Override
    public String text(int width) {
      return sentences.stream().map(sentence -> hanging("- ", sentence, width))
          .collect(Collectors.joining("\n", new Heading(HEADING).text(width) + "\n", ""));
    }

    @Override
    public String html() {
      return sentences.stream().map(sentence -> "<li>" + Html.prose(sentence) + "</li>")
          .collect(Collectors.joining("\n", "<section class=\"remember\"><h2>" + HEADING + "</h2>\n<ul>\n",
              "\n</ul></section>"));
    }
  }
}
