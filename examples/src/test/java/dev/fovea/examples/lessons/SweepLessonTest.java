package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;

class SweepLessonTest {
  @Test
  void theTable() {
    assertThat(SweepLesson.SIDES).containsExactly(2, 4, 7, 14, 28);
    assertThat(SweepLesson.SIDES.stream().map(side -> SweepLesson.flattened(2, side, 3)))
        .containsExactly(27L, 99L, 297L, 1179L, 4707L);
    assertThat(SweepLesson.SIDES.stream().map(side -> SweepLesson.pooled(2, side, 3))).containsOnly(9L);
  }

  @Test
  void twoMore() {
    assertThat(SweepLesson.flattened(4, 3, 5)).isEqualTo(185);
    assertThat(SweepLesson.pooled(4, 3, 5)).isEqualTo(25);
    assertThat(185.0 / 25).isEqualTo(7.4);
    assertThat(SweepLesson.flattened(512, 7, 1000)).isEqualTo(25_089_000);
  }

  @Test
  void shownInFull() {
    assertThat(Shown.of(new SweepLesson()).text()).contains("""
        maps   values  flatten + dense  GAP + dense  times as many
        -----  ------  ---------------  -----------  -------------
        2x2         8               27            9            3.0
        4x4        32               99            9           11.0
        7x7        98              297            9           33.0
        14x14     392            1,179            9          131.0
        28x28   1,568            4,707            9          523.0
        """, """
        From 14x14 to 28x28 the side doubles and the weights become 4 times as many:
        """, """
        maps        classes  flatten + dense  GAP + dense  times as many
        ----------  -------  ---------------  -----------  -------------
        4 of 3x3          5              185           25            7.4
        512 of 7x7    1,000       25,089,000      513,000           48.9
        """, "25,089,000\nparameters, 96 MB as float32.", "\nRemember\n--------\n- Flatten + dense costs ");
  }

  @Test
  void thePlot(@TempDir Path folder) throws IOException {
    XYChart chart = SweepLesson.plot();
    assertThat(chart.getSeries("flatten + dense").getYData()).containsExactly(27, 99, 297, 1179, 4707);
    assertThat(chart.getSeries("GAP + dense").getYData()).containsOnly(9);

    Path file = folder.resolve("sweep.png");
    LessonOptions options = new LessonOptions(Optional.empty(), Optional.of(file), 1, false);
    String words = Shown.of(new SweepLesson(), options).words();
    assertThat(words).contains("(written to " + file + ")");
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(800);
    assertThat(image.getHeight()).isEqualTo(500);
    assertThat(image.getRGB(2, 2)).as("a white ground").isEqualTo(Color.WHITE.getRGB());
    assertThat(Shown.of(new SweepLesson()).html()).contains("src=\"data:image/png;base64,");
  }
}
