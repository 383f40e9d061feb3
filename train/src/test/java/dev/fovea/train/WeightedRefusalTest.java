package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.data.Batch;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Sgd;
import org.junit.jupiter.api.Test;

/** What is said of weights of samples that cannot be gone by. */
class WeightedRefusalTest {
  private static final int SAMPLES = 12;
  private static final Loss LABELS = Loss.sparseCategoricalCrossEntropy().fromLogits();
  private static final Dataset DATA = Pictures.generate(SAMPLES, 1);

  private static Trainer trainer(Loss loss) {
    Sequential model = Sequential.of(Pictures.SAMPLE, 3, Conv2D.of(4, 3), RELU, Flatten.of(), Dense.of(3));
    return Trainer.of(model, Sgd.of(0.1), loss);
  }

  /** The loss of one's own that takes none. */
  private static final class MeanError implements Loss {
    @Override
    public Tensor apply(Tensor prediction, Tensor target) {
      return Ops.meanSquaredError(prediction, target);
    }

    @Override
    public String toString() {
      return "MeanError";
    }
  }

  @Test
  void refusesALossThatTakesNone() {
    Trainer trainer = trainer(new MeanError());
    Dataset plain = DATA.oneHot();
    Dataset weighted = plain.withWeights(new float[SAMPLES]);
    assertThatThrownBy(() -> trainer.fit(weighted, Fit.epochs(1))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training data: loss: expected no weights of the samples, MeanError takes none");
    assertThatThrownBy(() -> trainer.fit(plain, Fit.epochs(1).validation(weighted)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("validation data: loss: expected no weights of the samples, MeanError takes none");
    assertThatThrownBy(() -> trainer.evaluate(weighted)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("evaluation data: loss: expected no weights of the samples, MeanError takes none");
    assertThat(trainer.steps()).isZero();
    trainer.fit(plain, Fit.epochs(1).validation(plain).quietly());
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    Batch batch = new Batch(Pictures.x(4, 1), Pictures.y(4, 1), Tensor.of(Shape.of(3), 1, 1, 1));
    assertThatThrownBy(() -> trainer(LABELS).step(batch, 0)).isInstanceOf(ShapeException.class)
        .hasMessage("step: expected weights of the samples [4], got weights [3]");
  }

  /** Which a data set of one's own may have. */
  private record Bad(Dataset samples) implements Dataset {
    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public Shape sampleShape() {
      return samples.sampleShape();
    }

    @Override
    public Shape targetShape() {
      return samples.targetShape();
    }

    @Override
    public boolean isWeighted() {
      return true;
    }

    @Override
    public float weight(int index) {
      return index == 7 ? Float.NaN : 1;
    }

    @Override
    public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
      samples.read(index, x, xOffset, y, yOffset);
    }
  }

  @Test
  void aWeightThatIsNoNumber() {
    assertThatThrownBy(() -> trainer(LABELS).fit(new Bad(DATA), Fit.epochs(1).quietly()))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageMatching("step 1: the loss is NaN; the batch itself holds NaN, in the weight of its sample \\d+; the"
            + " weights are those from before the first step; check the data \\(sample 7 of the data set is the first"
            + " that holds such a value\\)");
  }
}
