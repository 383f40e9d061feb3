package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FlattenLessonTest {
  private static Shown shown;

  @BeforeAll
  static void show() {
    shown = Shown.of(new FlattenLesson());
  }

  @Test
  void forward() {
    assertThat(shown.text()).contains(
        "\n  dense (Dense)      [N, 3]             27\n",
        """
            Two maps [2, 2, 2]
              map 0             map 1
              0.8000  0.4000    0.1000  0.9000
              0.2000  0.6000    0.5000  0.3000
            """,
        "row by row [8]\n  0.8000  0.4000  0.2000  0.6000  0.1000  0.9000  0.5000  0.3000\n",
        """
            [3, 8]
               0.2484  -0.0691   0.3238   0.7615  -0.1171  -0.1171   0.7896   0.3837
              -0.2347   0.2713  -0.2317  -0.2329   0.1210  -0.9566  -0.8625  -0.2811
              -0.5064   0.1571  -0.4540  -0.7062   0.7328  -0.1129   0.0338  -0.7124
            """,
        """
            \s z_0 =  0.2484 * 0.8
                  + -0.0691 * 0.4
                  +  0.3238 * 0.2
                  +  0.7615 * 0.6
                  + -0.1171 * 0.1
                  + -0.1171 * 0.9
                  +  0.7896 * 0.5
                  +  0.3837 * 0.3
                  =  1.0856
            """,
        """
            class  logit z  probability p
            -----  -------  -------------
                0   1.0856         0.8470
                1  -1.6298         0.0561
                2  -1.0819         0.0970

            The largest is that of class 0:""");
  }

  @Test
  void backwardToTheVector() {
    assertThat(shown.words()).contains("-ln(0.8470): 0.1661.");
    assertThat(shown.text()).contains(
        """
            class       p  wanted  gradient  finite difference
            -----  ------  ------  --------  -----------------
                0  0.8470       1   -0.1530            -0.1530
                1  0.0561       0    0.0561             0.0561
                2  0.0970       0    0.0970             0.0970
            """,
        """
            flat cell  came from                value  gradient  finite difference
            ---------  ----------------------  ------  --------  -----------------
                    0  map 0, row 0, column 0  0.8000   -0.1003            -0.1003
                    1  map 0, row 0, column 1  0.4000    0.0410             0.0410
                    2  map 0, row 1, column 0  0.2000   -0.1066            -0.1066
                    3  map 0, row 1, column 1  0.6000   -0.1980            -0.1980
                    4  map 1, row 0, column 0  0.1000    0.0957             0.0957
                    5  map 1, row 0, column 1  0.9000   -0.0467            -0.0467
                    6  map 1, row 1, column 0  0.5000   -0.1659            -0.1659
                    7  map 1, row 1, column 1  0.3000   -0.1435            -0.1435
            """);
  }

  @Test
  void backwardToTheMaps() {
    String folded = """
         [2, 2, 2]
          map 0               map 1
          -0.1003   0.0410     0.0957  -0.0467
          -0.1066  -0.1980    -0.1659  -0.1435
        """;
    assertThat(shown.text()).contains("\nGradient at the maps" + folded,
        "\nBy finite differences, through the whole network" + folded);
  }

  @Test
  void everyGradientIsCheckedAgainstAFiniteDifference() {
    assertThat(shown.text()).contains("\n-----------  -------  ----")
        .containsPattern("\nlogits +3 +\\d\\.\\de-06\nvector +8 +\\d\\.\\de-06\nmaps +8 +\\d\\.\\de-06\n"
            + "weights +24 +\\d\\.\\de-06\nbias +3 +\\d\\.\\de-06\n");
  }

  @Test
  void thePageHoldsTheTrace() {
    assertThat(shown.html()).contains("<iframe title=\"Two maps through flatten and dense, and back\" srcdoc=\"",
        "&lt;script type=&quot;application/json&quot; id=&quot;data&quot;&gt;");
  }
}
