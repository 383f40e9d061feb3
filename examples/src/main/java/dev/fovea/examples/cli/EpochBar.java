package dev.fovea.examples.cli;

import dev.fovea.train.Callback;
import dev.fovea.train.History;
import dev.fovea.train.Progress;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/**
 * A progress bar for each epoch where somebody watches; when the epoch is over, a line with its figures takes its
 * place.
 */
final class EpochBar implements Callback, AutoCloseable {
  private final Terminal terminal;
  private final int images;
  private final String validation;
  private ProgressBar bar;

  /**
   * Bars for epochs of so many images.
   *
   * @param validation what the accuracy on the validation data is called
   */
  EpochBar(Terminal terminal, int images, String validation) {
    this.terminal = terminal;
    this.images = images;
    this.validation = validation;
  }

  @Override
  public void beforeEpoch(Progress progress) {
    if (terminal.interactive()) {
      bar = TerminalBar.start(terminal, name(progress), images);
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
    clear();
    terminal.out().println(line(progress));
  }

  private static String name(Progress progress) {
    return "epoch " + progress.epoch() + "/" + progress.lastEpoch();
  }

  private String line(Progress progress) {
    History.Epoch epoch = progress.history().last();
    int width = Integer.toString(progress.lastEpoch()).length();
    return String.format(Locale.ROOT,
        "epoch %" + width + "d/%d  loss %.4f  accuracy %.4f  %s %.4f  images/s %.0f",
        epoch.number(), progress.lastEpoch(), epoch.loss(), epoch.accuracy(), validation, epoch.validationAccuracy(),
        epoch.imagesPerSecond());
  }

  /** Takes the bar away, if there is one. */
  void clear() {
    if (bar != null) {
      TerminalBar.end(terminal, bar);
      bar = null;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
