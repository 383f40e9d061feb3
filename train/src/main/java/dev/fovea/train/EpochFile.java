package dev.fovea.train;

import dev.fovea.core.io.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A text file that grows by a line an epoch, or a step, while a fit trains, so that other programs can look on; when
 * training goes on from a checkpoint the lines after it are dropped and written anew.
 *
 * <pre>{@code
 * trainer.fit(train, Fit.epochs(20).callback(EpochFile.csv(Path.of("run/history.csv")))
 *     .callback(EpochFile.jsonLines(Path.of("run/history.jsonl"))));
 * }</pre>
 *
 * <p>The folder is made if there is none. What was in the file before is replaced when training begins. A line that
 * cannot be written ends training, naming the file.
 */
public final class EpochFile implements Callback {
  private final Path file;
  private final String heading;
  private final Function<Progress, String> epochLine;
  private final Function<Progress, String> stepLine;
  private final Function<Progress, String> past;

  private EpochFile(Path file, String heading, Function<Progress, String> epochLine,
      Function<Progress, String> stepLine, Function<Progress, String> past) {
    this.file = file;
    this.heading = heading;
    this.epochLine = epochLine;
    this.stepLine = stepLine;
    this.past = past;
  }

  /** What {@link History#writeCsv} writes, epoch by epoch; {@link History#readCsv} reads it. */
  public static EpochFile csv(Path file) {
    return new EpochFile(file, HistoryCsv.HEADING + "\n", progress -> HistoryCsv.line(progress.history().last()), null,
        progress -> lines(progress, HistoryCsv::line));
  }

  /** A JSON object a line: {@code {"epoch":1,"loss":0.5,...}}; a figure that there is none of is {@code null}. */
  public static EpochFile jsonLines(Path file) {
    return new EpochFile(file, "", progress -> json(progress.history().last()), null,
        progress -> lines(progress, EpochFile::json));
  }

  /** The line for people that is logged for each epoch, without the logger's ornaments. */
  public static EpochFile text(Path file) {
    return new EpochFile(file, "", progress -> EpochLog.line(progress.history().last(), progress.lastEpoch()), null,
        progress -> lines(progress, epoch -> EpochLog.line(epoch, progress.lastEpoch())));
  }

  /** The learning rate of every step: {@code step,learning_rate,loss}; steps before a checkpoint are kept. */
  public static EpochFile learningRates(Path file) {
    return new EpochFile(file, "step,learning_rate,loss\n", null, progress -> progress.lastStep().step() + ","
        + progress.lastStep().rate() + "," + progress.lastStep().loss(), null);
  }

  private static String lines(Progress progress, Function<History.Epoch, String> line) {
    return progress.history().epochs().stream().map(epoch -> line.apply(epoch) + "\n").collect(Collectors.joining());
  }

  private static String json(History.Epoch epoch) {
    return String.format(Locale.ROOT, "{\"epoch\":%d,\"loss\":%s,\"accuracy\":%s,\"validation_loss\":%s,"
        + "\"validation_accuracy\":%s,\"learning_rate\":%s,\"seconds\":%s,\"images_per_second\":%s}", epoch.number(),
        number(epoch.loss()), number(epoch.accuracy()), number(epoch.validationLoss()),
        number(epoch.validationAccuracy()), number(epoch.rate()), number(epoch.seconds()),
        number(epoch.imagesPerSecond()));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "null";
  }

  @Override
  public void beforeTraining(Progress progress) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      String before = past != null ? past.apply(progress) : earlierSteps(progress.step());
      AtomicFile.replace(file, out -> out.write((heading + before).getBytes(StandardCharsets.UTF_8)));
    } catch (FileSystemException e) {
      throw cannot(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The lines of the steps before this one, where a file of an interrupted run is gone on with. */
  private String earlierSteps(long step) throws IOException {
    if (step == 0 || !Files.isRegularFile(file)) {
      return "";
    }
    return Files.readAllLines(file).stream().filter(line -> line.matches("\\d{1,18},.*")
        && Long.parseLong(line.substring(0, line.indexOf(','))) <= step).map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public void afterBatch(Progress progress) {
    append(stepLine, progress);
  }

  @Override
  public void afterEpoch(Progress progress) {
    append(epochLine, progress);
  }

  private void append(Function<Progress, String> line, Progress progress) {
    if (line != null) {
      byte[] bytes = (line.apply(progress) + "\n").getBytes(StandardCharsets.UTF_8);
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(bytes);
      } catch (IOException e) {
        throw cannot(e);
      }
    }
  }

  private UncheckedIOException cannot(IOException e) {
    return new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
  }
}
