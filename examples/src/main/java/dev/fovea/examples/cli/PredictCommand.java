package dev.fovea.examples.cli;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.image.ImageLoader;
import dev.fovea.layers.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea predict}: what a saved model says of pictures. */
@Command(name = "predict", description = {
    "Prints what a saved model says of pictures: the classes with their probabilities, best first.",
    "A picture is brought to the size of the model's input, each side by itself, and made grey if the model takes one "
        + "channel. A model trained on MNIST or on generated digits expects light ink on a dark ground: for "
        + "dark ink on light paper say --invert. Cut the picture so that one digit fills most of it."})
final class PredictCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Terminal terminal;
  private final InputStream in;

  @Spec
  private CommandSpec command;

  @Parameters(index = "0", paramLabel = "FILE", description = "The model, as --save wrote it, or the folder of a run.")
  private Path file;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description =
      "Pictures: PNG, JPEG, GIF or BMP; - reads their names from standard input, one a line.")
  private List<Path> images;

  @Option(names = "--invert", description = "Exchange dark and light: for dark ink on light paper.")
  private boolean invert;

  @Option(names = "--json", description = "Prints a line of JSON for each picture.")
  private boolean json;

  private boolean begun;

  PredictCommand(Terminal terminal, InputStream in) {
    this.terminal = terminal;
    this.in = in;
  }

  @Override
  public Integer call() throws Exception {
    Model model = ModelFile.load(file);
    List<String> names = ModelFile.classNames(model);
    ImageLoader loader = loader(model.inputShape());
    boolean allRead = true;
    for (Path image : images) {
      if (!image.toString().equals(STANDARD_INPUT)) {
        allRead &= predict(model, names, loader, image);
        continue;
      }
      // Not all lines at once: whoever writes them may wait for the first answer.
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        allRead &= line.isBlank() || predict(model, names, loader, Path.of(line));
      }
    }
    return allRead ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** A picture that cannot be read is told of, and the next one follows. */
  private boolean predict(Model model, List<String> names, ImageLoader loader, Path image) {
    float[] values;
    try {
      values = model.predict(sample(loader, image)).toArray();
    } catch (IOException e) {
      command.commandLine().getErr().println("fovea: " + Failure.message(e));
      return false;
    }
    if (json) {
      terminal.out().println(Prediction.of(image, names, values).json());
    } else {
      terminal.out().print(begun ? System.lineSeparator() : "");
      terminal.out().println(image);
      print(names, values);
    }
    terminal.out().flush();
    begun = true;
    return true;
  }

  /** What is transparent shows the ground: black, or white if dark and light are exchanged. */
  private ImageLoader loader(Shape sample) {
    if (sample.rank() != 3 || sample.dim(0) != 1 && sample.dim(0) != 3) {
      throw new IllegalArgumentException(
          "predict: pictures fit a model that takes [1, H, W] (grey) or [3, H, W] (colour), this one takes " + sample);
    }
    return invert ? ImageLoader.of(sample).withWhiteGround() : ImageLoader.of(sample);
  }

  private Tensor sample(ImageLoader loader, Path image) throws IOException {
    Tensor sample = loader.read(image);
    for (int i = 0; invert && i < sample.data().length; i++) {
      sample.data()[i] = 1 - sample.data()[i];
    }
    return sample;
  }

  private void print(List<String> names, float[] values) {
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    IntStream.range(0, values.length).boxed()
        .sorted(Comparator.comparingDouble(k -> -values[k]))
        .forEach(k -> terminal.out().printf(Locale.ROOT, "  %-" + width + "s  %6.4f%n", names.get(k), values[k]));
  }
}
