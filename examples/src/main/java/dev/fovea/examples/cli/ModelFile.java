package dev.fovea.examples.cli;

import dev.fovea.data.Dataset;
import dev.fovea.examples.run.RunFolder;
import dev.fovea.layers.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A saved model, read for a command. */
final class ModelFile {
  private ModelFile() {}

  /** Reads a model file, or that of a run's folder. */
  static Model load(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      Path inside = new RunFolder(file).model();
      if (!Files.exists(inside)) {
        throw new IOException(file + ": expected a model file or the folder of a run, got a folder without "
            + inside.getFileName());
      }
      return Model.load(inside);
    }
    if (!Files.exists(file)) {
      throw new IOException(file + ": there is no such file");
    }
    return Model.load(file);
  }

  /** Refuses data of another shape than the model's, or with classes it does not know. */
  static void requireFits(Path file, Model model, Dataset data) {
    if (!model.inputShape().equals(data.sampleShape())) {
      throw new IllegalArgumentException(file + ": the model takes samples of shape " + model.inputShape()
          + ", the data have " + data.sampleShape());
    }
    int classes = classNames(model).size();
    if (classes < data.classNames().size()) {
      throw new IllegalArgumentException(
          file + ": the model knows " + classes + " classes, the data have " + data.classNames().size());
    }
  }

  /** The names of the classes: those in the file, else numbers. */
  static List<String> classNames(Model model) {
    int outputs = model.outputShape().size();
    List<String> names = model.metadata().classes();
    return names.size() == outputs ? names : IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
  }
}
