package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GapLessonTest {
  private static Shown shown;

  @BeforeAll
  static void show() {
    shown = Shown.of(new GapLesson());
  }

  @Test
  void forward() {
    assertThat(shown.words()).contains("dense (Dense) [N, 3] 9 ",
        "9 parameters, where flatten with the same dense layer has 27.", "-ln(0.3008), 1.2013,");
    assertThat(shown.text()).contains(
        """
            map    mean  written out
            ---  ------  -------------------------------------
              0  0.5000  (0.8 + 0.4 + 0.2 + 0.6) / 4 = 2.0 / 4
              1  0.4500  (0.1 + 0.9 + 0.5 + 0.3) / 4 = 1.8 / 4
            """,
        """
            class  logit z  probability p  gradient at z  finite difference
            -----  -------  -------------  -------------  -----------------
                0   0.0931         0.3008        -0.6992            -0.6992
                1   0.5046         0.4540         0.4540             0.4540
                2  -0.1112         0.2452         0.2452             0.2452
            """);
  }

  @Test
  void theGradientSpreadsEvenly() {
    assertThat(shown.text()).contains(
        """
            map  gradient at the mean  divided by 4  finite difference at its pixels
            ---  --------------------  ------------  ----------------------------------
              0               -0.0553       -0.0138  -0.0138  -0.0138  -0.0138  -0.0138
              1                0.3653        0.0913  0.0913  0.0913  0.0913  0.0913
            """,
        """
            Gradient at the maps [2, 2, 2]
              map 0               map 1
              -0.0138  -0.0138     0.0913   0.0913
              -0.0138  -0.0138     0.0913   0.0913
            """);
  }

  @Test
  void whereDoesNotMatter() {
    assertThat(shown.text()).contains("""
        head     maps         logit 0  logit 1  logit 2
        -------  -----------  -------  -------  -------
        gap      as they are   0.0931   0.5046  -0.1112
        gap      turned        0.0931   0.5046  -0.1112
        flatten  as they are   1.0856  -1.6298  -1.0819
        flatten  turned        1.5293  -1.6119  -0.8964
        """);
  }

  @Test
  void thePageHoldsTheTrace() {
    assertThat(shown.html()).contains("<iframe title=\"Two maps through global average pooling and dense, and back\"");
  }
}
