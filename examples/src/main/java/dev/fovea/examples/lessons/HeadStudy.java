package dev.fovea.examples.lessons;

import dev.fovea.data.Dataset;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.Schedule;
import dev.fovea.train.Callback;
import dev.fovea.train.Fit;
import dev.fovea.train.History;
import dev.fovea.train.Loss;
import dev.fovea.train.Progress;
import dev.fovea.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Trains the same trunk under every {@link Head} and keeps what was measured. All heads get the same pictures in the
 * same order, the same first weights of the trunk, the same optimizer and the same number of steps; what differs is the
 * head.
 *
 * @param train the pictures to train with, of which each portion takes some
 * @param test the pictures to test with
 * @param portions the amounts of training data, in the order in which they are trained on
 * @param seed what the choice of pictures, the first weights and the order follow from
 */
record HeadStudy(Dataset train, Dataset test, List<Portion> portions, long seed) {
  static final int BATCH_SIZE = 32;
  private static final double RATE = 3e-3;
  /** Pictures on which accuracy by epoch is measured; the figures at the end are of all of them. */
  private static final int WATCHED = 2_000;
  private static final int TRIAL_STEPS = 40;
  /** A pass forward costs about a third of a step, whose way back computes gradients of both weights and inputs. */
  private static final double FORWARD = 1 / 3.0;

  /**
   * An amount of training data.
   *
   * @param images how many pictures are trained on
   * @param epochs how often they are gone through
   * @param repeats how often all of it is done, each time with other pictures and first weights
   */
  record Portion(int images, int epochs, int repeats) {
    /** How many pictures all heads together are shown, each counted as often as it is shown. */
    long work() {
      return (long) images * epochs * repeats * Head.values().length;
    }
  }

  /**
   * One head trained once.
   *
   * @param history accuracy by epoch, on some of the test pictures
   * @param trainAccuracy on the very pictures it was trained on, after training, with nothing dropped
   * @param testAccuracy on all test pictures
   */
  record Run(Head head, int images, long parameters, History history, double trainAccuracy, double testAccuracy) {}

  /**
   * Trains every head on a portion, as often as it says.
   *
   * @param seen is told again and again how many pictures have been trained on so far
   */
  List<Run> run(Portion portion, LongConsumer seen) {
    List<Run> runs = new ArrayList<>();
    for (int repeat = 0; repeat < portion.repeats; repeat++) {
      for (Head head : Head.values()) {
        long before = (long) runs.size() * portion.epochs * portion.images;
        runs.add(run(head, portion, seed + repeat, images -> seen.accept(before + images)));
      }
    }
    return runs;
  }

  private Run run(Head head, Portion portion, long seed, LongConsumer seen) {
    Dataset images = train.shuffled(seed).take(portion.images);
    long steps = (long) portion.epochs * ((portion.images + BATCH_SIZE - 1) / BATCH_SIZE);
    Trainer trainer = trainer(head, Schedule.cosine(RATE, steps, 0), seed);
    History history = trainer.fit(images, Fit.epochs(portion.epochs).batchSize(BATCH_SIZE).seed(seed)
        .validation(watched()).quietly().callback(new Callback() {
          @Override
          public void afterBatch(Progress progress) {
            seen.accept((progress.epoch() - 1L) * portion.images + progress.samples());
          }
        }));
    return new Run(head, portion.images, trainer.model().parameterCount(), history,
        trainer.evaluate(images).accuracy(), trainer.evaluate(test).accuracy());
  }

  /** The test pictures on which accuracy by epoch is measured. */
  Dataset watched() {
    return test.take(Math.min(WATCHED, test.size()));
  }

  /** The model with this head for these data. */
  Sequential model(Head head, long seed) {
    return head.model(train.sampleShape(), train.classNames().size(), seed);
  }

  private Trainer trainer(Head head, Schedule rate, long seed) {
    return Trainer.of(model(head, seed), Adam.of(rate), Loss.sparseCategoricalCrossEntropy());
  }

  /** About how many seconds all of it will take: each head is tried for some steps, which also warms Java up. */
  double expectedSeconds() {
    Dataset images = train.take(Math.min(TRIAL_STEPS * BATCH_SIZE, train.size()));
    Fit trial = Fit.epochs(2).batchSize(BATCH_SIZE).quietly();
    double secondsAnImage = Arrays.stream(Head.values()).mapToDouble(head ->
        1 / trainer(head, Schedule.constant(RATE), seed).fit(images, trial).last().imagesPerSecond())
        .average().orElseThrow();
    double work = 0;
    for (Portion portion : portions) {
      double tested = portion.images + test.size() + (double) portion.epochs * watched().size();
      work += portion.work() + FORWARD * tested * portion.repeats * Head.values().length;
    }
    return work * secondsAnImage;
  }
}
