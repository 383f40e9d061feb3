package dev.fovea.examples;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Window2D;
import dev.fovea.data.Digits;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Initializer;
import dev.fovea.layers.Layer;
import dev.fovea.layers.LayerRegistry;
import dev.fovea.layers.ParameterSpec;
import dev.fovea.layers.Parameters;
import dev.fovea.layers.Pass;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Fit;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A layer of one's own: a record, what parameters it needs, how it computes. Operations bring its gradient. */
public final class MyOwnLayer {
  private MyOwnLayer() {}

  /**
   * Pooling that learns how: y = mix * maximum + (1 - mix) * mean of each window, with one mix for each channel.
   *
   * @param window the side of a window, and its stride
   */
  record MixedPooling2D(int window) implements Layer {
    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return List.of(ParameterSpec.of("mix", Shape.of(input.dim(0), 1, 1), Initializer.constant(0.5)));
    }

    @Override
    public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
      Window2D windows = Window2D.of(window).withStride(window);
      Tensor maximum = Ops.maxPool2d(input, windows);
      Tensor mean = Ops.averagePool2d(input, windows, false);
      // The same as above, with one product fewer: mean + mix * (maximum - mean).
      return Ops.add(mean, Ops.multiply(Ops.subtract(maximum, mean), parameters.get("mix")));
    }
  }

  /** Trains a network with this layer, and saves and loads it. */
  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("my-own-layer", ".json");
    run(System.out, 2_000, file);
    Files.delete(file);
  }

  static void run(PrintStream out, int digits, Path file) throws IOException {
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 42L,
        Conv2D.of(8, 5).withActivation(RELU), new MixedPooling2D(2),
        Flatten.of(), Dense.of(10).withActivation(SOFTMAX));
    out.println(model.summary());
    Trainer.of(model, Adam.of(2e-3), Loss.sparseCategoricalCrossEntropy())
        .fit(Digits.generate(digits, 1L), Fit.epochs(3).batchSize(32).seed(7L));

    LayerRegistry registry = LayerRegistry.standard().with("mixed_pooling2d", MixedPooling2D.class, null);
    model.save(file, registry);
    Sequential loaded = Sequential.load(file, registry);
    out.println("\nEach channel's share of the maximum began at 0.5; saved and loaded again it is now:");
    out.println(loaded.parameter("mixed_pooling2d.mix"));
  }
}
