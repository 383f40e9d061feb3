package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrderLessonTest {
  /** One in the last decimal: rounding may fall to either side. */
  private static final Offset<Double> ROUNDING = Offset.offset(1.1e-4);

  private static Shown shown;

  @BeforeAll
  static void show() {
    shown = Shown.of(new OrderLesson());
  }

  @Test
  void anyOrderGivesTheSameScores() {
    assertThat(shown.text()).contains("""
        order                     logit 0  logit 1  logit 2    loss  class
        ------------------------  -------  -------  -------  ------  -----
        as it is                   1.0856  -1.6298  -1.0819  0.1661      0
        moved, the weights alike   1.0856  -1.6298  -1.0819  0.1661      0
        """);
  }

  @Test
  void gradientsArePermutedAlike() {
    List<String> usual = numbersBelow("Gradient at the vector as it is [1, 8]\n");
    List<String> moved = numbersBelow("Gradient at the moved one: the same numbers, moved alike [1, 8]\n");
    assertThat(usual).containsExactly("-0.1003", "0.0410", "-0.1066", "-0.1980", "0.0957", "-0.0467", "-0.1659",
        "-0.1435");
    Matcher order = Pattern.compile("in the order \\[([0-9, ]+)]").matcher(shown.words());
    assertThat(order.find()).isTrue();
    List<String> places = List.of(order.group(1).split(", "));
    assertThat(places).hasSize(8).isNotEqualTo(List.of("0", "1", "2", "3", "4", "5", "6", "7"));
    assertThat(moved).isEqualTo(places.stream().map(place -> usual.get(Integer.parseInt(place))).toList());
  }

  private static List<String> numbersBelow(String caption) {
    String text = shown.text();
    int from = text.indexOf(caption) + caption.length();
    return Arrays.asList(text.substring(from, text.indexOf('\n', from)).strip().split(" +"));
  }

  @Test
  void everyStepOfTheTrainingRunHasTheSameLoss() {
    Matcher line = Pattern.compile("\n +(\\d+) +(\\d\\.\\d{4}) +(\\d\\.\\d{4})(?=\n)").matcher(shown.text());
    double before = Double.POSITIVE_INFINITY;
    for (String step : List.of("1", "2", "5", "10", "20", "50")) {
      assertThat(line.find()).isTrue();
      assertThat(line.group(1)).isEqualTo(step);
      assertThat(Double.parseDouble(line.group(3))).isEqualTo(Double.parseDouble(line.group(2)), ROUNDING)
          .isLessThan(before);
      before = Double.parseDouble(line.group(3));
    }
    assertThat(shown.words()).containsPattern("Over all 50 steps the losses were never further apart than "
        + "[0-9]e-0[678]; after the last one the first weights, moved alike, differ by at most [0-9]e-0[5678]\\.");
  }

  @Test
  void aWrongOrderHides() {
    assertThat(shown.text()).contains(
        "The vector, channel last [1, 8]\n  0.8000  0.1000  0.4000  0.9000  0.2000  0.5000  0.6000  0.3000\n",
        """
            vector         weights        logit 0  logit 1  logit 2    loss  class
            -------------  -------------  -------  -------  -------  ------  -----
            channel first  channel first   1.0856  -1.6298  -1.0819  0.1661      0
            channel last   channel first   1.5136  -1.5189  -1.3099  0.1022      0
            channel last   channel last    1.0856  -1.6298  -1.0819  0.1661      0
            """);
  }

  @Test
  void weightsFromAChannelsLastFrameworkAreMoved() {
    assertThat(shown.text()).contains("""
        column here  channel  row  column  row there
        -----------  -------  ---  ------  ---------
                  0        0    0       0          0
                  1        0    0       1          2
                  2        0    1       0          4
                  3        0    1       1          6
                  4        1    0       0          1
                  5        1    0       1          3
                  6        1    1       0          5
                  7        1    1       1          7
        """);
    assertThat(shown.words()).contains("Loaded like this the logits are 1.0856 -1.6298 -1.0819 again.");
  }

  @Test
  void theSeedDecidesTheOrder() {
    LessonOptions other = new LessonOptions(Optional.empty(), Optional.empty(), 2, false);
    assertThat(Shown.of(new OrderLesson(), other).text()).isNotEqualTo(shown.text())
        .contains("moved, the weights alike   1.0856  -1.6298  -1.0819  0.1661      0");
  }
}
