package dev.fovea.train;

import dev.fovea.core.io.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@linkplain Checkpoint checkpoints} into a folder while a fit trains, {@code checkpoint-000001200.zip} after
 * step 1200, and keeps the last of them; on demand also {@code best.zip}. Each file is written beside and moved to its
 * place once it is whole and on the disk: whatever kills the program, those that are there can be gone on from.
 *
 * <pre>{@code
 * Checkpoints checkpoints = Checkpoints.in(Path.of("run")).everyEpoch().everySeconds(60).keeping(3)
 *     .withBest(Monitor.VALIDATION_LOSS);
 * trainer.fit(train, Fit.epochs(20).validation(test).callback(checkpoints));
 * }</pre>
 *
 * <p>Unless something else is said, one is written after every epoch and three are kept. A folder that cannot be
 * written to is an error before training begins; a file that cannot be written later, as on a full disk, is logged as a
 * warning, training goes on, and the next time it is tried again.
 *
 * <p>The withers give other settings; one object serves one fit. Only {@link #stop} may be called by other threads.
 */
public final class Checkpoints implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,18})\\.zip");
  private static final String BEST = "best.zip";
  private static final int KEPT = 3;
  private static final long NANOS = 1_000_000_000L;

  private final Path folder;
  private final Rhythm rhythm;
  private final int kept;
  private final Monitor monitor;
  private double best = Double.NaN;
  private long writtenAt;
  private volatile boolean stopRequested;
  private Path last;

  /** When to write; 0 for never. */
  private record Rhythm(boolean epochs, long steps, double seconds) {}

  private Checkpoints(Path folder, Rhythm rhythm, int kept, Monitor monitor) {
    this.folder = folder;
    this.rhythm = rhythm;
    this.kept = kept;
    this.monitor = monitor;
  }

  /** Checkpoints in this folder, which is made if there is none: one after every epoch, the last three are kept. */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(folder, new Rhythm(true, 0, 0), KEPT, null);
  }

  /** These, and one after each epoch, as it is unless {@link #notEveryEpoch} has been said. */
  public Checkpoints everyEpoch() {
    return new Checkpoints(folder, new Rhythm(true, rhythm.steps, rhythm.seconds), kept, monitor);
  }

  /** These, but none for an epoch's end. */
  public Checkpoints notEveryEpoch() {
    return new Checkpoints(folder, new Rhythm(false, rhythm.steps, rhythm.seconds), kept, monitor);
  }

  /**
   * These, and one after each step whose number this divides.
   *
   * @throws IllegalArgumentException if that is below 1
   */
  public Checkpoints everySteps(long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("checkpoints: the number of steps must be at least 1, got " + steps);
    }
    return new Checkpoints(folder, new Rhythm(rhythm.epochs, steps, rhythm.seconds), kept, monitor);
  }

  /**
   * These, and one after the first step that ends so many seconds or more after the last one was written.
   *
   * @throws IllegalArgumentException if that is not above 0
   */
  public Checkpoints everySeconds(double seconds) {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("checkpoints: the number of seconds must be above 0, got " + seconds);
    }
    return new Checkpoints(folder, new Rhythm(rhythm.epochs, rhythm.steps, seconds), kept, monitor);
  }

  /**
   * These, but so many of the last are kept.
   *
   * @throws IllegalArgumentException if that is below 1
   */
  public Checkpoints keeping(int kept) {
    if (kept < 1) {
      throw new IllegalArgumentException("checkpoints: the number kept must be at least 1, got " + kept);
    }
    return new Checkpoints(folder, rhythm, kept, monitor);
  }

  /** These, and {@code best.zip} after each epoch in which this figure was better than in all before it. */
  public Checkpoints withBest(Monitor monitor) {
    Trainer.requirePresent("checkpoints", "a figure to find the best by", monitor);
    return new Checkpoints(folder, rhythm, kept, monitor);
  }

  /**
   * The checkpoint in a folder after the most steps; empty if there is none, or no folder.
   *
   * @throws IOException if the folder cannot be read
   */
  public static Optional<Path> latest(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    List<Path> all = list(folder);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Where the best checkpoint of a folder is or will be. */
  public static Path best(Path folder) {
    return folder.resolve(BEST);
  }

  /**
   * Asks, from any thread, to leave off: after the step under way a checkpoint is written, and {@code fit} returns
   * without closing the epoch. For what is to happen when somebody presses Ctrl-C.
   */
  public void stop() {
    stopRequested = true;
  }

  /** The last checkpoint written by this object; empty if there is none. */
  public Optional<Path> last() {
    return Optional.ofNullable(last);
  }

  @Override
  public void beforeTraining(Progress progress) {
    writtenAt = System.nanoTime();
    try {
      Files.createDirectories(folder);
      // What a killed process has left behind.
      try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "fovea-*.tmp")) {
        for (Path leftover : leftovers) {
          Files.deleteIfExists(leftover);
        }
      }
      AtomicFile.requireWritable(file(progress.step()));
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoints: no files can be made in " + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void afterBatch(Progress progress) {
    if (progress.gathered() > 0) {
      return;
    }
    boolean due = rhythm.steps > 0 && progress.step() % rhythm.steps == 0
        || rhythm.seconds > 0 && System.nanoTime() - writtenAt >= rhythm.seconds * NANOS;
    if (stopRequested) {
      progress.suspend();
      try {
        write(progress);
      } catch (IOException e) {
        throw new UncheckedIOException("checkpoints: " + e.getMessage(), e);
      }
    } else if (due) {
      tryToWrite(progress);
    }
  }

  @Override
  public void afterEpoch(Progress progress) {
    if (monitor != null) {
      double figure = monitor.require("checkpoints", progress.history().last());
      if (monitor.isBetter(figure, best, 0)) {
        best = figure;
        try {
          progress.save(folder.resolve(BEST));
        } catch (IOException e) {
          warn(e);
        }
      }
    }
    if (stopRequested) {
      progress.suspend();
    }
    if (rhythm.epochs || stopRequested) {
      tryToWrite(progress);
    }
  }

  private void tryToWrite(Progress progress) {
    try {
      write(progress);
    } catch (IOException e) {
      warn(e);
    }
  }

  private static void warn(IOException e) {
    LOG.warn("no checkpoint could be written, training goes on: {}", e.getMessage());
  }

  private void write(Progress progress) throws IOException {
    Path file = file(progress.step());
    progress.save(file);
    last = file;
    writtenAt = System.nanoTime();
    // Those after more steps than this are of a run that was gone on from further back.
    List<Path> older = new ArrayList<>(list(folder));
    older.removeIf(each -> step(each) > progress.step());
    for (int i = 0; i < older.size() - kept; i++) {
      Files.deleteIfExists(older.get(i));
    }
  }

  private Path file(long step) {
    return folder.resolve(String.format(Locale.ROOT, "checkpoint-%09d.zip", step));
  }

  /** All checkpoints but the best, by the number of steps. */
  private static List<Path> list(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> {
        if (NAME.matcher(file.getFileName().toString()).matches()) {
          all.add(file);
        }
      });
    } catch (NotDirectoryException e) {
      throw new IOException(folder + ": expected a folder of checkpoints, got a file", e);
    }
    all.sort(Comparator.comparingLong(Checkpoints::step));
    return Collections.unmodifiableList(all);
  }

  private static long step(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  @Override
  public CallbackState state() {
    return monitor == null ? CallbackState.empty() : CallbackState.empty().with("best", best);
  }

  @Override
  public void restore(CallbackState state, Progress progress) {
    best = state.number("best");
  }
}
