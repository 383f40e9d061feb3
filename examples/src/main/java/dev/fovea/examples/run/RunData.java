package dev.fovea.examples.run;

import dev.fovea.data.Dataset;
import dev.fovea.data.Split;
import dev.fovea.data.image.ImageDataset;
import dev.fovea.data.image.SkippedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The data of a run.
 *
 * @param title what they are called
 * @param train what is trained on
 * @param validation what the best epoch is chosen by; no part of the training or test data
 * @param test what the result is judged by
 * @param notes what the user should know of them: files that were left out
 */
public record RunData(String title, Dataset train, Dataset validation, Dataset test, List<String> notes) {
  private static final int NAMED_SKIPPED = 5;

  /** Copies the notes. */
  public RunData {
    notes = List.copyOf(notes);
  }

  /**
   * Loads what the settings name; downloads it if need be. Validation and test data are cut from the whole by the
   * shares in the settings; data that have a part to test with are cut in two only.
   *
   * @throws IOException if that is not possible, saying why
   */
  public static RunData load(RunSettings settings, Waiting waiting) throws IOException {
    DataChoice choice = settings.data();
    Dataset all = choice.train(settings.seed(), waiting);
    if (choice.hasTestData()) {
      List<Dataset> parts = Split.stratified(all, settings.seed(), 1 - settings.validation(), settings.validation());
      return new RunData(choice.title(), parts.get(0), parts.get(1), choice.test(settings.seed(), waiting), List.of());
    }
    Split split = Split.of(all, settings.validation(), settings.test(), settings.seed());
    return new RunData(choice.title(), split.train(), split.validation(), split.test(), notes(all));
  }

  private static List<String> notes(Dataset data) {
    List<SkippedImage> skipped = data instanceof ImageDataset pictures ? pictures.skipped() : List.of();
    if (skipped.isEmpty()) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    notes.add(String.format(Locale.ROOT, "%,d of %,d files could not be read and were left out:", skipped.size(),
        skipped.size() + data.size()));
    skipped.stream().limit(NAMED_SKIPPED).forEach(each -> notes.add("  " + each.file() + ": " + each.reason()));
    if (skipped.size() > NAMED_SKIPPED) {
      notes.add("  and " + (skipped.size() - NAMED_SKIPPED) + " more");
    }
    return notes;
  }
}
