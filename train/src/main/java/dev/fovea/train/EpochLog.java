package dev.fovea.train;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line for each epoch. */
final class EpochLog implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  @Override
  public void afterEpoch(Progress progress) {
    LOG.info("{}", line(progress.history().last(), progress.lastEpoch()));
  }

  static String line(History.Epoch epoch, int lastEpoch) {
    StringBuilder line = new StringBuilder("epoch ").append(epoch.number()).append('/').append(lastEpoch);
    figure(line, "loss", epoch.loss());
    figure(line, "accuracy", epoch.accuracy());
    figure(line, "validation loss", epoch.validationLoss());
    figure(line, "validation accuracy", epoch.validationAccuracy());
    return line.append("  images/s ").append(Figures.amount(epoch.imagesPerSecond()))
        .append("  rate ").append(Figures.rate(epoch.rate())).toString();
  }

  private static void figure(StringBuilder line, String name, double value) {
    if (!Double.isNaN(value)) {
      line.append("  ").append(name).append(' ').append(Figures.score(value));
    }
  }
}
