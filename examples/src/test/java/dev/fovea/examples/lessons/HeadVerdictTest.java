package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadVerdictTest {
  private static final int TESTED = 10_000;

  private static HeadScore score(Head head, int images, double train, Double... tests) {
    boolean pooled = head == Head.GAP || head == Head.GMP;
    return new HeadScore(head, images, pooled ? 16_890 : 51_802, pooled ? 1_500 : 1_000, train, List.of(tests));
  }

  private static List<HeadScore> once(int images, double flatten, double dropout, double gap, double gmp) {
    return List.of(score(Head.FLATTEN, images, 1.0, flatten), score(Head.FLATTEN_DROPOUT, images, 0.98, dropout),
        score(Head.GAP, images, 0.99, gap), score(Head.GMP, images, 1.0, gmp));
  }

  @SafeVarargs
  private static HeadVerdict verdict(List<HeadScore>... portions) {
    return new HeadVerdict(List.of(portions), TESTED);
  }

  @Test
  void chanceIsTwoStandardErrorsOfADifference() {
    HeadScore one = score(Head.FLATTEN, 500, 1.0, 0.92);
    HeadScore other = score(Head.GAP, 500, 1.0, 0.88);
    assertThat(one.chance(other, 10_000)).isCloseTo(0.0085, within(5e-5));   // 2 sqrt(2 * 0.9 * 0.1 / 10000)
    assertThat(one.clearlyBeats(other, 10_000)).isTrue();
    assertThat(one.clearlyBeats(other, 100)).isFalse();
  }

  @Test
  void betterOnTheWholeIsNotClearlyBetterUnlessItIsEveryTime() {
    HeadScore one = score(Head.FLATTEN, 500, 1.0, 0.95, 0.89);
    HeadScore other = score(Head.GAP, 500, 1.0, 0.86, 0.90);
    assertThat(one.test()).isCloseTo(0.92, within(1e-9));
    assertThat(one.gap()).isCloseTo(0.08, within(1e-9));
    assertThat(one.clearlyBeats(other, TESTED)).isFalse();
    assertThat(score(Head.FLATTEN, 500, 1.0, 0.95, 0.91).clearlyBeats(other, TESTED)).isTrue();
  }

  @Test
  void aWinner() {
    assertThat(verdict(once(500, 0.93, 0.92, 0.96, 0.94)).winners()).containsExactly(
        "With 500 pictures GAP wins: 0.9600, which is 0.0200 more than the next, GMP; chance explains 0.0062.");
  }

  @Test
  void aSharedFirstPlace() {
    assertThat(verdict(once(2_000, 0.981, 0.97, 0.982, 0.96)).winners()).containsExactly("With 2,000 pictures "
        + "GAP (0.9820) and flatten (0.9810) share the first place, not told apart by the test; clearly behind: "
        + "flatten + dropout (0.9700) and GMP (0.9600).");
  }

  @Test
  void nobodyWins() {
    assertThat(verdict(once(60_000, 0.991, 0.9905, 0.992, 0.9915)).winners()).containsExactly("With 60,000 pictures "
        + "nobody wins: from GAP (0.9920) down to flatten + dropout (0.9905), the test does not tell them apart.");
  }

  @Test
  void theGaps() {
    assertThat(verdict(once(500, 0.93, 0.92, 0.96, 0.94)).gaps()).containsExactly("With 500 pictures the gap is "
        + "narrowest with GAP, 0.0300 (0.9900 on the pictures it was trained on), and widest with flatten, 0.0700 "
        + "(1.0000).");
  }

  @Test
  void dropout() {
    assertThat(verdict(once(500, 0.93, 0.92, 0.96, 0.94), once(2_000, 0.95, 0.97, 0.96, 0.94),
        once(5_000, 0.97, 0.949, 0.96, 0.94), once(6_000, 0.99, 0.989, 0.96, 0.94)).dropout()).containsExactly(
        "With 500 pictures dropout makes the gap narrower (0.0600 instead of 0.0700) and the test accuracy clearly "
            + "worse (0.9200 instead of 0.9300).",
        "With 2,000 pictures dropout makes the gap narrower (0.0100 instead of 0.0500) and the test accuracy clearly "
            + "better (0.9700 instead of 0.9500).",
        "With 5,000 pictures dropout makes the gap no narrower (0.0310 instead of 0.0300) and the test accuracy "
            + "clearly worse (0.9490 instead of 0.9700).",
        "With 6,000 pictures dropout makes the gap narrower (-0.0090 instead of 0.0100) and the test accuracy neither "
            + "clearly better nor clearly worse (0.9890 instead of 0.9900).");
  }

  @Test
  void theCost() {
    List<HeadScore> portion = once(500, 0.93, 0.92, 0.96, 0.94);
    assertThat(verdict(portion).cost()).isEqualTo("The model with GAP has 16,890 parameters and the one with flatten "
        + "51,802, 3.1 times as many. GAP trained faster every time (with 500 pictures 1,500 a second,"
        + " flatten 1,000).");
    assertThat(verdict(withSpeed(portion, 900)).cost())
        .endsWith("GAP trained more slowly every time (with 500 pictures 900 a second, flatten 1,000).");
    assertThat(verdict(withSpeed(portion, 900), portion).cost()).endsWith("GAP trained now faster, now not, "
        + "so that the clock does not tell them apart (with 500 pictures 1,500 a second,"
        + " flatten 1,000).");
    assertThat(verdict(withSpeed(portion, 1_050)).cost()).contains("so that the clock does not tell them apart");
  }

  private static List<HeadScore> withSpeed(List<HeadScore> portion, double speed) {
    return portion.stream().map(score -> score.head() != Head.GAP ? score : new HeadScore(Head.GAP, score.images(),
        score.parameters(), speed, score.train(), score.tests())).toList();
  }

  @Test
  void theAdvice() {
    List<HeadScore> better = once(500, 0.93, 0.92, 0.96, 0.94);
    List<HeadScore> even = once(2_000, 0.96, 0.92, 0.961, 0.94);
    List<HeadScore> worse = once(9_000, 0.99, 0.92, 0.96, 0.94);
    assertThat(verdict(better).advice()).isEqualTo(
        "\"Do not flatten\": so it is here. GAP was clearly better than flatten with 500 pictures.");
    assertThat(verdict(better, even).advice()).isEqualTo("\"Do not flatten\": so it is here. GAP was clearly better "
        + "than flatten with 500 pictures; otherwise the test does not tell the two apart.");
    assertThat(verdict(worse).advice()).isEqualTo(
        "\"Do not flatten\": not so here. Flatten was clearly better than GAP with 9,000 pictures.");
    assertThat(verdict(better, even, worse).advice()).isEqualTo("\"Do not flatten\": that depends. GAP was clearly "
        + "better than flatten with 500 pictures; flatten was clearly better than GAP with 9,000 pictures; otherwise "
        + "the test does not tell the two apart.");
    assertThat(verdict(even).advice()).isEqualTo("\"Do not flatten\": accuracy gives no reason here, GAP was never "
        + "clearly better than flatten nor clearly worse. The parameters do.");
  }
}
