package dev.fovea.examples.lessons;

import dev.fovea.core.Tensor;
import dev.fovea.core.io.AtomicFile;
import dev.fovea.examples.html.HtmlPage;
import dev.fovea.examples.html.Png;
import dev.fovea.train.trace.Trace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a lesson shows: printed as it comes, and kept, so that it can be written as one HTML file. */
public final class Page {
  private static final int WIDEST = 80;

  private final String title;
  private final PrintStream out;
  private final int width;
  private final LessonOptions options;
  private final Bar.Maker bars;
  private final List<Part> parts = new ArrayList<>();
  private int plots;

  /**
   * A page with nothing but its title, which is printed.
   *
   * @param title what it is about
   * @param out where it is printed
   * @param width how many characters fit a line there; no more than 80 are used
   * @param options what was said on the command line
   */
  public Page(String title, PrintStream out, int width, LessonOptions options) {
    this(title, out, width, options, (task, total) -> Bar.NONE);
  }

  /** The same where somebody watches, to whom bars are shown while something takes long. */
  public Page(String title, PrintStream out, int width, LessonOptions options, Bar.Maker bars) {
    this.title = title;
    this.out = out;
    this.width = Math.min(WIDEST, width);
    this.options = options;
    this.bars = bars;
    String lines = Prose.wrapped(title, this.width);
    print(lines + "\n" + "=".repeat(lines.lines().mapToInt(String::length).max().orElse(0)));
  }

  /** What was said on the command line. */
  LessonOptions options() {
    return options;
  }

  /** A bar in the terminal for something that takes long; it leaves nothing behind. */
  Bar bar(String task, long total) {
    return bars.make(task, total);
  }

  /** Begins a section. */
  void heading(String words) {
    add(new Prose.Heading(words));
  }

  /** A paragraph; {@code `this`} is code. With figures it is a {@linkplain String#format format} for them. */
  void text(String paragraph, Object... figures) {
    add(new Prose.Paragraph(figures.length == 0 ? paragraph : String.format(Locale.ROOT, paragraph, figures)));
  }

  /** Rows and columns. */
  void table(Table table) {
    add(table);
  }

  /** Numbers with four decimals, shaded by their value on the page. */
  void tensor(String caption, Tensor tensor) {
    add(new HeatMap(caption, tensor));
  }

  /** Lines that stay as they are: a summary, an error. */
  void code(String lines) {
    add(new Prose.Code(lines));
  }

  /**
   * A picture; it is written to the file that {@code --plot} names, further ones beside it with a number.
   *
   * @throws IOException if it cannot be written
   */
  void picture(String caption, BufferedImage image) throws IOException {
    byte[] png = Png.bytes(image);
    if (options.plot().isEmpty()) {
      add(new Figure(caption, png, "to be seen with --plot FILE.png or --html FILE"));
      return;
    }
    Path file = numbered(options.plot().get(), ++plots);
    AtomicFile.replace(file, stream -> stream.write(png));
    add(new Figure(caption, png, "written to " + file));
  }

  private static Path numbered(Path file, int number) {
    return number == 1 ? file
        : file.resolveSibling(file.getFileName().toString().replaceFirst("(\\.\\w+)?$", "-" + number + "$1"));
  }

  /** A trace to be touched; the terminal only says that the page has it. */
  void trace(String caption, Trace trace) {
    add(new TraceFrame(caption, trace));
  }

  /** The end: what to remember. */
  void remember(String... sentences) {
    add(new Prose.Remember(List.of(sentences)));
  }

  private void add(Part part) {
    parts.add(part);
    print("\n" + part.text(width));
  }

  private void print(String lines) {
    out.print((lines + "\n").replace("\n", System.lineSeparator()));
    out.flush();
  }

  /**
   * Writes what was shown as one file that needs nothing but itself. It is replaced at once or not at all.
   *
   * @throws IOException if that is not possible, saying why
   */
  public void writeHtml(Path file) throws IOException {
    byte[] page = html().getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(file, stream -> stream.write(page));
  }

  /** The whole page. */
  String html() {
    return HtmlPage.of(title, HtmlPage.resource(Page.class, "lesson.css"),
        parts.stream().map(Part::html).collect(Collectors.joining("\n")));
  }
}
