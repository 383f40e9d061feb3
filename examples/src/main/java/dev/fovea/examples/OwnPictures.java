package dev.fovea.examples;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Tensor;
import dev.fovea.data.Split;
import dev.fovea.data.image.ImageDataset;
import dev.fovea.data.image.ImageFit;
import dev.fovea.data.image.ImageFolder;
import dev.fovea.data.image.ImageLoader;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Metadata;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Fit;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A classifier for pictures of one's own, which lie in a folder with one sub-folder for each class: read, split,
 * trained on, and asked about one more picture.
 */
public final class OwnPictures {
  private OwnPictures() {}

  /** Arguments: the folder, a picture to be asked about, and the file the model is saved in. */
  public static void main(String[] args) throws IOException {
    run(System.out, Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), 20);
  }

  static String run(PrintStream out, Path folder, Path picture, Path file, int epochs) throws IOException {
    // One way from a file to a tensor, for training and for use.
    ImageLoader loader = ImageLoader.of(64, 64).withFit(ImageFit.CROP);
    ImageDataset pictures = ImageFolder.of(folder, loader).open();
    pictures.skipped().forEach(skipped -> out.println("left out: " + skipped));
    Split split = Split.of(pictures, 0.15, 0.15, 7L);
    int classes = pictures.classNames().size();

    Sequential model = Sequential.of(loader.sampleShape(), 42L,
        Conv2D.of(16, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(64, 3).withActivation(RELU), GlobalAveragePooling.of(),
        Dense.of(classes).withActivation(SOFTMAX))
        .withMetadata(Metadata.none().withClasses(pictures.classNames()));
    Trainer trainer = Trainer.of(model, Adam.of(2e-3), Loss.sparseCategoricalCrossEntropy());
    trainer.fit(split.train(), Fit.epochs(epochs).batchSize(32).seed(7L).validation(split.validation()));
    out.printf(Locale.ROOT, "of %d pictures it has never seen %.1f %% are right%n",
        split.test().size(), 100 * trainer.evaluate(split.test()).accuracy());
    model.save(file);

    Sequential saved = Sequential.load(file);
    Tensor scores = saved.predict(loader.read(picture));
    String answer = saved.metadata().classes().get(scores.argMax());
    out.println(picture.getFileName() + ": " + answer);
    return answer;
  }
}
