package dev.fovea.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How busy the processors are with other things: a framework whose threads wait awake for each other loses most of its
 * speed to a single busy neighbour, and a ratio to it says nothing.
 *
 * @param idle ticks without work since the machine's start, of all processors
 * @param all ticks altogether
 */
record Load(long idle, long all) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final int IDLE = 4;
  private static final int WAITING = 5;
  /** Behind them come guests, which are counted among the users already. */
  private static final int STOLEN = 8;

  /** The share of a second, from 0 to 1, in which the processors were not idle; NaN where that cannot be told. */
  static double ofOneSecond() {
    if (!Files.exists(STAT)) {
      return Double.NaN;
    }
    try {
      Load before = parse(Files.readString(STAT));
      TimeUnit.SECONDS.sleep(1);
      return before.until(parse(Files.readString(STAT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
  }

  /** Reads the first line of {@code /proc/stat}. */
  static Load parse(String stat) {
    String[] words = stat.lines().findFirst().orElse("").split("\\s+");
    long all = 0;
    for (int i = 1; i <= Math.min(STOLEN, words.length - 1); i++) {
      all += Long.parseLong(words[i]);
    }
    return new Load(Long.parseLong(words[IDLE]) + Long.parseLong(words[WAITING]), all);
  }

  /** The share that was not idle between this moment and a later one. */
  double until(Load later) {
    return later.all == all ? 0 : 1 - (double) (later.idle - idle) / (later.all - all);
  }
}
