package dev.fovea.examples;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Fit;
import dev.fovea.train.History;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;

public class FirstProgram {
  public static void main(String[] args) throws IOException {
    Dataset train = Digits.generate(10_000, 1L);
    Dataset test = Digits.generate(2_000, 2L);             // or Mnist.train(dir), Mnist.test(dir)

    Sequential model = Sequential.of(Shape.of(1, 28, 28), 42L,   // one sample's shape, the seed
        Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(),
        Dense.of(128).withActivation(RELU), Dense.of(10).withActivation(SOFTMAX));
    System.out.println(model.summary());

    Trainer trainer = Trainer.of(model, Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
    History history = trainer.fit(train, Fit.epochs(5).batchSize(64).seed(7L).validation(test));
    System.out.println(history);
    System.out.println(trainer.evaluate(test));

    model.save(Path.of("digits.json"));
    int digit = Sequential.load(Path.of("digits.json")).predict(test.sample(0)).argMax();
    System.out.println("the first test picture is a " + test.label(0) + ", the saved model says " + digit);
  }
}
