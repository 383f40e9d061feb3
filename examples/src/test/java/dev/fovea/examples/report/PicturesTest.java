package dev.fovea.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static int[] colors(BufferedImage image) {
    int[] colors = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (int i = 0; i < colors.length; i++) {
      colors[i] &= 0xffffff;
    }
    return colors;
  }

  @Test
  void oneChannelIsGrey() {
    BufferedImage image = Pictures.sample(Tensor.of(Shape.of(1, 1, 3), 0, 0.2f, 7));
    assertThat(colors(image)).containsExactly(0x000000, 0x333333, 0xffffff);
  }

  @Test
  void threeChannelsAreColours() {
    BufferedImage image = Pictures.sample(Tensor.of(Shape.of(3, 2, 1), 1, 0, 0, 1, 0.2f, -1));
    assertThat(colors(image)).containsExactly(0xff0033, 0x00ff00);
  }

  @Test
  void otherChannelsAreAveraged() {
    assertThat(colors(Pictures.sample(Tensor.of(Shape.of(2, 1, 1), 0.4f, 0)))).containsExactly(0x333333);
  }

  @Test
  void aPlaneGoesFromItsLowestToItsHighest() {
    assertThat(colors(Pictures.plane(new float[] {9, -1, 0, 4}, 1, 1, 3)))
        .containsExactly(0x000000, 0x333333, 0xffffff);
    assertThat(colors(Pictures.plane(new float[] {5, 5}, 0, 2, 1))).containsExactly(0x000000, 0x000000);
  }

  @Test
  void signsAreRedAndBlue() {
    assertThat(colors(Pictures.signed(new float[] {5, 0, -4}, 0, 1, 3))).containsExactly(0xff0000, 0xffffff, 0x3333ff);
    assertThat(colors(Pictures.signed(new float[1], 0, 1, 1))).containsExactly(0xffffff);
  }

  @Test
  void strengthIsTheLargestSizeOverTheChannels() {
    Tensor gradient = Tensor.of(Shape.of(2, 1, 3), 0, -1, 2, 0, 0.5f, -5);
    assertThat(colors(Pictures.strength(gradient))).containsExactly(0x000000, 0x333333, 0xffffff);
  }

  @Test
  void anElementHoldsThePictureItself() {
    assertThat(Pictures.element(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "a \"b\""))
        .startsWith("<img class=\"pixels\" width=\"3\" height=\"2\" alt=\"a &quot;b&quot;\" "
            + "src=\"data:image/png;base64,iVBOR").endsWith("\">");
  }
}
