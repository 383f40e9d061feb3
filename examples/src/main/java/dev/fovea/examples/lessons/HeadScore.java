package dev.fovea.examples.lessons;

import dev.fovea.train.History;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one head came to with one amount of training data.
 *
 * @param images how many pictures it was trained on
 * @param parameters of the whole model
 * @param imagesPerSecond in training, the first epoch left out where there are more
 * @param train the mean accuracy on the pictures trained on
 * @param tests the accuracy on the test pictures in each repeat
 */
record HeadScore(Head head, int images, long parameters, double imagesPerSecond, double train, List<Double> tests) {

  /** A score for each head that was run, in the order of the heads. */
  static List<HeadScore> of(List<HeadStudy.Run> runs) {
    return Arrays.stream(Head.values())
        .map(head -> runs.stream().filter(run -> run.head() == head).toList())
        .filter(repeats -> !repeats.isEmpty()).map(HeadScore::ofRepeats).toList();
  }

  private static HeadScore ofRepeats(List<HeadStudy.Run> repeats) {
    HeadStudy.Run first = repeats.get(0);
    List<History.Epoch> warm = repeats.stream().map(run -> run.history().epochs())
        .flatMap(epochs -> epochs.subList(Math.min(1, epochs.size() - 1), epochs.size()).stream()).toList();
    double seconds = warm.stream().mapToDouble(History.Epoch::seconds).sum();
    return new HeadScore(first.head(), first.images(), first.parameters(), warm.size() * first.images() / seconds,
        mean(repeats.stream().map(HeadStudy.Run::trainAccuracy).toList()),
        repeats.stream().map(HeadStudy.Run::testAccuracy).toList());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  /** The mean accuracy on the test pictures. */
  double test() {
    return mean(tests);
  }

  /** The generalization gap: how much better it reads what it has learned from than what it has never seen. */
  double gap() {
    return train - test();
  }

  /**
   * Whether this is better than the other beyond doubt: it is in every repeat, in which both had the same pictures and
   * the same trunk to begin with, and the means differ by more than {@linkplain #chance chance} explains.
   */
  boolean clearlyBeats(HeadScore other, int testImages) {
    return IntStream.range(0, tests.size()).allMatch(repeat -> tests.get(repeat) > other.tests.get(repeat))
        && test() - other.test() > chance(other, testImages);
  }

  /**
   * The difference that chance in the choice of n test pictures explains: two standard errors of the difference of two
   * accuracies around p, 2 sqrt(2 p (1 - p) / n).
   */
  double chance(HeadScore other, int testImages) {
    double p = (test() + other.test()) / 2;
    return 2 * Math.sqrt(2 * p * (1 - p) / testImages);
  }
}
