package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.examples.html.Png;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ThereAndBackTest {
  private static final Tensor ZEROS = Tensor.zeros(Shape.of(2, 2, 2));

  private static BufferedImage drawn(Tensor maps, Tensor vector) {
    return ThereAndBack.of(maps, vector, ZEROS, Tensor.zeros(vector.shape()));
  }

  private static int colorsOf(BufferedImage image) {
    return (int) Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0,
        image.getWidth())).distinct().count();
  }

  @Test
  void aPixelOfEachMapIsShadedByItsValue() {
    Tensor maps = Tensor.of(Shape.of(2, 2, 2), 0, 0, 0, 0, 0, 0, 0, 0);
    BufferedImage blank = drawn(maps, Tensor.vector(0, 0));
    maps.data()[0] = 0.8f;
    BufferedImage shaded = drawn(maps, Tensor.vector(0, 0));
    int x = 56;
    int y = 116;
    assertThat(new Color(blank.getRGB(x, y))).isEqualTo(Color.WHITE);
    assertThat(new Color(shaded.getRGB(x, y))).isEqualTo(new Color(0x7FBF7B));
  }

  @Test
  void valuesBelowZeroHaveAColorOfTheirOwn() {
    BufferedImage image = drawn(Tensor.of(Shape.of(2, 2, 2), -1, 1, 0, 0, 0, 0, 0, 0), Tensor.vector(0, 0));
    assertThat(new Color(image.getRGB(56, 116))).isEqualTo(new Color(0xC2A5CF));
  }

  @Test
  void aVectorOfAllPixelsAndOneOfAllMapsAreDrawnDifferently() {
    BufferedImage flat = drawn(ZEROS, Tensor.zeros(Shape.of(8)));
    BufferedImage pooled = drawn(ZEROS, Tensor.zeros(Shape.of(2)));
    assertThat(flat.getWidth()).isEqualTo(pooled.getWidth());
    assertThat(flat.getHeight()).isEqualTo(pooled.getHeight());
    assertThat(Png.bytes(flat)).isNotEqualTo(Png.bytes(pooled));
    assertThat(colorsOf(flat)).isGreaterThan(3);
  }
}
