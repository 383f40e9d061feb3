package dev.fovea.examples.cli;

import dev.fovea.train.Callback;
import dev.fovea.train.History;
import dev.fovea.train.Progress;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar for each epoch where somebody watches; when the epoch is over, a line with its figures takes its
 * place.
 */
final class EpochBar implements Callback, AutoCloseable {
  private static final int REDRAWN_AFTER_MILLIS = 200;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final int images;
  private ProgressBar bar;

  /** Bars for epochs of so many images. */
  EpochBar(Terminal terminal, int images) {
    this.terminal = terminal;
    this.images = images;
  }

  @Override
  public void beforeEpoch(Progress progress) {
    if (terminal.interactive()) {
      bar = new ProgressBarBuilder()
          .setTaskName(name(progress))
          .setInitialMax(images)
          .setStyle(terminal.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
          .showSpeed(new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
          .setUpdateIntervalMillis(REDRAWN_AFTER_MILLIS)
          .setConsumer(new Line(terminal))
          .build();
    }
  }

  @Override
  public void afterBatch(Progress progress) {
    if (bar != null) {
      bar.setExtraMessage(String.format(Locale.ROOT, "  loss %.4f", progress.loss()));
      bar.stepTo(progress.samples());
    }
  }

  @Override
  public void afterEpoch(Progress progress) {
    close();
    terminal.out().println(line(progress));
  }

  private static String name(Progress progress) {
    return "epoch " + progress.epoch() + "/" + progress.lastEpoch();
  }

  private static String line(Progress progress) {
    History.Epoch epoch = progress.history().last();
    int width = Integer.toString(progress.lastEpoch()).length();
    return String.format(Locale.ROOT,
        "epoch %" + width + "d/%d  loss %.4f  accuracy %.4f  test accuracy %.4f  images/s %.0f",
        epoch.number(), progress.lastEpoch(), epoch.loss(), epoch.accuracy(), epoch.validationAccuracy(),
        epoch.imagesPerSecond());
  }

  /** Takes the bar away, if there is one. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /**
   * Draws the bar over itself. The library's own way asks a native library for the terminal; this one needs none.
   */
  private static final class Line implements ProgressBarConsumer {
    private final Terminal terminal;

    private Line(Terminal terminal) {
      this.terminal = terminal;
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
      terminal.out().print(CLEAR_LINE);
      terminal.out().flush();
    }
  }
}
