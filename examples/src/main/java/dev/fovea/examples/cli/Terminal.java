package dev.fovea.examples.cli;

import java.io.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a command prints, and what can be shown there.
 *
 * @param out standard output, or what stands for it in a test
 * @param interactive whether somebody watches it: lines may be drawn over
 * @param colors whether escape sequences for shades of grey are understood
 * @param unicode whether it takes block characters
 * @param width how many characters fit a line
 */
record Terminal(PrintStream out, boolean interactive, boolean colors, boolean unicode, int width) {
  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 40;
  private static final String BLOCKS = "\u2588\u2580";

  /** This process's standard output. */
  static Terminal system() {
    Map<String, String> environment = System.getenv();
    boolean interactive = isTerminal(System.console()) && !"dumb".equals(environment.get("TERM"));
    boolean colors = interactive && environment.get("TERM") != null && environment.get("NO_COLOR") == null;
    return new Terminal(System.out, interactive, colors, charset().newEncoder().canEncode(BLOCKS),
        width(environment.get("COLUMNS")));
  }

  /** Plain text into this stream. */
  static Terminal plain(OutputStream out) {
    return new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, false, false, USUAL_WIDTH);
  }

  /** Up to Java 21 there is a console only where input and output are a terminal's; later ones are to be asked. */
  private static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }

  /** What Java writes standard output in; the property's name depends on its version. */
  private static Charset charset() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
        .map(System::getProperty)
        .filter(name -> name != null && Charset.isSupported(name))
        .findFirst().map(Charset::forName).orElse(Charset.defaultCharset());
  }

  /** A number of columns from text; the usual one where it is no sensible number. */
  static int width(String columns) {
    return columns != null && columns.matches("\\d{2,4}")
        ? Math.max(LEAST_WIDTH, Integer.parseInt(columns)) : USUAL_WIDTH;
  }
}
