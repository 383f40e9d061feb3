package dev.fovea.examples.cli;

import dev.fovea.examples.lessons.Bar;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Draws a bar over itself, for the terminal. The library's own way asks a native library for the terminal; this one
 * needs none.
 */
final class TerminalBar implements ProgressBarConsumer {
  private static final int REDRAWN_AFTER_MILLIS = 200;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Terminal terminal;

  private TerminalBar(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Shows a bar. */
  static ProgressBar start(Terminal terminal, String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setStyle(terminal.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .showSpeed(new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
        .setUpdateIntervalMillis(REDRAWN_AFTER_MILLIS)
        .setConsumer(new TerminalBar(terminal))
        .build();
  }

  /** Takes a bar away. The library forgets to where the bar is closed before it was first drawn. */
  static void end(Terminal terminal, ProgressBar bar) {
    bar.close();
    clear(terminal);
  }

  private static void clear(Terminal terminal) {
    terminal.out().print(CLEAR_LINE);
    terminal.out().flush();
  }

  /** A lesson's bar: shown where somebody watches. */
  static Bar forLesson(Terminal terminal, String task, long total) {
    if (!terminal.interactive()) {
      return Bar.NONE;
    }
    ProgressBar bar = start(terminal, task, total);
    return new Bar() {
      @Override
      public void stepTo(long done) {
        bar.stepTo(done);
      }

      @Override
      public void close() {
        end(terminal, bar);
      }
    };
  }

  @Override
  public int getMaxRenderedLength() {
    return terminal.width() - 1;
  }

  @Override
  public void accept(String text) {
    terminal.out().print(CLEAR_LINE + text);
    terminal.out().flush();
  }

  @Override
  public void close() {
    clear(terminal);
  }
}
