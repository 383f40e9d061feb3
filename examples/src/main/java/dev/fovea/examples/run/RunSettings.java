package dev.fovea.examples.run;

import dev.fovea.core.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run was asked for: all that decides its result. Kept as JSON in the run's folder.
 *
 * @param data which data
 * @param recipe the recipe's name, which decides all else but the seed; {@code null} for none
 * @param network the network's name; {@code null} with a recipe
 * @param augmentation the name of the changes that training pictures go through; {@code null} with a recipe
 * @param epochs how often the training data are gone through
 * @param batchSize pictures a step
 * @param optimizer the optimizer's name; {@code null} with a recipe
 * @param rate the highest learning rate; 0 with a recipe
 * @param seed decides the first weights, the order of the data, the split and the augmentation
 * @param validation the share of the data that the best epoch is chosen by
 * @param test the share that is kept for the test, where the data bring no test data of their own
 * @param facts what else is worth knowing of the run once it is over
 */
public record RunSettings(DataChoice data, String recipe, String network, String augmentation, int epochs,
    int batchSize, String optimizer, double rate, long seed, double validation, double test,
    Map<String, String> facts) {
  private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=,+@%-]+");

  /** Copies the facts, in their order. */
  public RunSettings {
    facts = facts == null ? Map.of() : new LinkedHashMap<>(facts);
  }

  /** These settings with what came of them. */
  public RunSettings withFacts(Map<String, String> more) {
    return new RunSettings(data, recipe, network, augmentation, epochs, batchSize, optimizer, rate, seed, validation,
        test, more);
  }

  /**
   * Refuses to go on with a run that was asked for otherwise.
   *
   * @throws IllegalArgumentException if another setting than the facts differs, giving both commands
   */
  public void requireSame(RunSettings other) {
    if (!withFacts(Map.of()).equals(other.withFacts(Map.of()))) {
      throw new IllegalArgumentException("resume: expected the settings that the run began with,\n  " + command()
          + "\ngot\n  " + other.command());
    }
  }

  /** The command that asks for the same again, every setting said. */
  public String command() {
    List<String> words = new ArrayList<>(List.of("./fovea", "train", data.name()));
    option(words, "--data", data.folder());
    if (!data.hasTestData()) {
      option(words, "--image-size", data.height() + "x" + data.width());
      option(words, "--test", test);
    }
    flag(words, "--grey", data.grey());
    flag(words, "--strict", data.strict());
    option(words, "--recipe", recipe);
    if (recipe == null) {
      option(words, "--arch", network);
      option(words, "--augment", augmentation);
      option(words, "--epochs", epochs);
      option(words, "--batch-size", batchSize);
      option(words, "--optimizer", optimizer);
      option(words, "--learning-rate", rate);
      option(words, "--validation", validation);
    }
    option(words, "--seed", seed);
    return shell(words);
  }

  /** The command that goes on with the run in this folder. */
  public String commandToResume(Path run) {
    return command() + " " + shell(List.of("--out", run.toString(), "--resume"));
  }

  private static String shell(List<String> words) {
    return words.stream().map(RunSettings::quoted).collect(Collectors.joining(" "));
  }

  private static void option(List<String> words, String name, Object value) {
    if (value != null) {
      words.add(name);
      words.add(value.toString());
    }
  }

  private static void flag(List<String> words, String name, boolean set) {
    if (set) {
      words.add(name);
    }
  }

  /** A word as a shell takes it for one. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * Writes them.
   *
   * @throws IOException if that is not possible; the old file is then as it was
   */
  public void write(Path file) throws IOException {
    byte[] json = (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(file, out -> out.write(json));
  }

  /**
   * Reads them.
   *
   * @throws IOException if there is no such file or it holds something else, saying where
   */
  public static RunSettings read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readString(file), RunSettings.class);
    } catch (JacksonException e) {
      throw new IOException(file + ": expected the settings of a run: " + e.getOriginalMessage(), e);
    }
  }
}
