package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Parameter;
import dev.fovea.data.Dataset;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.data.augment.Noise;
import dev.fovea.data.augment.Shift;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Training that takes a blink and has all that makes it hard to go on with: running statistics, dropout, an optimizer
 * that remembers, a rate that changes, augmented samples, a last batch that is shorter; 3 epochs of 5 steps.
 */
final class SmallRun {
  static final int STEPS = 5;
  static final int EPOCHS = 3;
  static final Dataset DATA = Pictures.generate(23, 1);
  static final Dataset VALIDATION = Pictures.generate(10, 2);

  static final Augmentation AUGMENTATION = Augmentation.of(Shift.of(1), Noise.of(0.1));

  private SmallRun() {}

  static Trainer trainer() {
    return Trainer.of(model(4), adam(), Loss.sparseCategoricalCrossEntropy()).withClipping(Clipping.byGlobalNorm(1));
  }

  static Sequential model(int filters) {
    return Sequential.of(Pictures.SAMPLE, 1, Conv2D.of(filters, 3), BatchNormalization.of(), RELU, MaxPooling2D.of(2),
        Flatten.of(), Dropout.of(0.25), Dense.of(3).withActivation(SOFTMAX));
  }

  static Adam adam() {
    return Adam.of(Schedule.cosine(0.01, 15, 0.001).withWarmup(3)).withAmsgrad();
  }

  static Fit fit() {
    return fit(EPOCHS);
  }

  static Fit fit(int epochs) {
    return Fit.epochs(epochs).batchSize(5).seed(7L).validation(VALIDATION).augmentation(AUGMENTATION)
        .quietly();
  }

  /** Everything that must be the same to the bit. */
  static List<String> bits(Trainer trainer, History history) {
    List<String> bits = new ArrayList<>();
    for (Parameter parameter : trainer.model().parameters()) {
      bits.add(parameter.name() + " " + hash(parameter.data()));
    }
    trainer.optimizerState().arrays().forEach((name, values) -> bits.add(name + " " + hash(values)));
    bits.add("steps " + trainer.steps() + ", epochs " + trainer.epochs() + ", updates "
        + trainer.optimizerState().updates() + ", rate " + trainer.optimizerState().rate());
    for (History.Epoch epoch : history.epochs()) {
      bits.add(epoch.number() + " " + Double.toHexString(epoch.loss()) + " " + Double.toHexString(epoch.accuracy())
          + " " + Double.toHexString(epoch.validationLoss()) + " " + epoch.validationAccuracy() + " " + epoch.rate());
    }
    return bits;
  }

  private static String hash(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return Integer.toHexString(Arrays.hashCode(bits));
  }
}
