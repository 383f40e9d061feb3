package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuestionsLessonTest {
  private static Shown shown;

  @BeforeAll
  static void show() {
    shown = Shown.of(new QuestionsLesson());
  }

  @Test
  void noOrderMovesTheScores() {
    assertThat(shown.words()).containsPattern("in each of the 40,320 orders that 8 cells can have, .* "
        + "No logit ever moved by more than [0-9]e-0[678],");
  }

  @Test
  void parametersOfBothHeads() {
    assertThat(shown.text()).contains("""
        head     inputs of the dense layer  weights  biases  parameters
        -------  -------------------------  -------  ------  ----------
        flatten                         36      180       5         185
        gap                              4       20       5          25
        """, "\n7.4 times as many with flatten");
  }

  @Test
  void aSmallerRowLeavesTheClass() {
    assertThat(shown.text()).contains("""
        row 0 times  logit 0  logit 1  logit 2  p of class 0  class
        -----------  -------  -------  -------  ------------  -----
             1.0000   1.0856  -1.6298  -1.0819        0.8470      0
             0.1000   0.1086  -1.6298  -1.0819        0.6757      0
             0.0000   0.0000  -1.6298  -1.0819        0.6515      0
            -0.5000  -0.5428  -1.6298  -1.0819        0.5207      0
            -0.9900  -1.0747  -1.6298  -1.0819        0.3896      0
            -1.0000  -1.0856  -1.6298  -1.0819        0.3870      2
        """);
    assertThat(shown.words()).contains("at a factor of -1.0819 / 1.0856 = -0.9967. No factor above 0 can do that.",
        "of 1,000 random pairs of maps 998 are of class 0, and with row 0 times 0.1 18 of these are not any more.");
  }

  @Test
  void aLargerPictureBreaksFlattenOnly() {
    assertThat(shown.text()).contains("""
        \s layer 3 dense, Dense.of(10): dense expects 7688 = 8x31x31 values, got
            8x63x63 = 31752; resize the pictures to 128x128, or use GlobalAveragePooling
            instead of Flatten, which takes any size
            shapes: input [3, 256, 256] -> conv2d [8, 254, 254] -> max_pooling2d [8,
              63, 63] -> flatten [31752] -> dense
        """);
    assertThat(shown.words()).contains("With GAP there is one number a map however large it is, and ten scores come "
        + "out, shape [10].");
  }

  @Test
  void beingSideBySideTeachesNothing() {
    assertThat(shown.text()).contains("""
        cells         gradient at weight 3 of class 0  gradient at weight 4 of class 0
        ------------  -------------------------------  -------------------------------
        side by side                          -0.0918                          -0.0153
        apart                                 -0.0918                          -0.0153
        """);
    assertThat(shown.words()).containsPattern("have the same loss at each of 100 steps \\(from 1\\.4550 to 0\\.1993, "
        + "never further apart than [0-9]e-0[678]\\)");
  }
}
