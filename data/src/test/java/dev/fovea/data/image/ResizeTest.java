package dev.fovea.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ResizeTest {
  private static final Offset<Float> EXACT = Offset.offset(1e-6f);
  private static final Offset<Float> PILLOW = Offset.offset(2e-4f);

  /** {@code (7xx + 31y + 13xy) mod 256}, 7 rows of 9. */
  private static float[] picture() {
    float[] picture = new float[63];
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 9; x++) {
        picture[y * 9 + x] = (7 * x * x + 31 * y + 13 * x * y) % 256;
      }
    }
    return picture;
  }

  @Test
  void sameSizeIsTheSamePicture() {
    float[] picture = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f};
    assertThat(Resize.plane(picture, 2, 3, 2, 3)).containsExactly(picture);
  }

  /** {@code Image.fromarray(picture.astype(float32)).resize((4, 3), Image.BICUBIC)} in Pillow 9.4. */
  @Test
  void shrinksAsPillowDoes() {
    assertThat(Resize.plane(picture(), 7, 9, 3, 4)).containsExactly(new float[] {
        36.094303f, 105.760612f, 132.711105f, 149.044296f, 122.862053f, 107.344131f, 120.678688f, 139.801483f,
        136.624435f, 115.234894f, 121.259048f, 133.200073f}, PILLOW);
  }

  /** {@code resize((13, 2), Image.BICUBIC)} of the same. */
  @Test
  void growsAlongOneAxisAndShrinksAlongTheOther() {
    assertThat(Resize.plane(picture(), 7, 9, 2, 13)).containsExactly(new float[] {
        41.710175f, 57.997467f, 81.613579f, 100.502197f, 108.901695f, 113.805336f, 116.596489f, 104.899361f,
        128.213364f, 166.572052f, 143.904297f, 138.340912f, 142.831421f, 141.863937f, 150.838013f, 137.890182f,
        85.388718f, 116.522705f, 125.631332f, 93.403511f, 135.429794f, 136.342773f, 104.526466f, 112.292511f,
        141.796219f, 167.686691f}, PILLOW);
  }

  @Test
  void oneColourStaysOneColour() {
    float[] picture = new float[31 * 17];
    Arrays.fill(picture, 0.5f);
    for (int size : new int[] {1, 5, 16, 17, 40}) {
      for (float value : Resize.plane(picture, 31, 17, size, size + 1)) {
        assertThat(value).isCloseTo(0.5f, EXACT);
      }
    }
    assertThat(Resize.plane(new float[] {0.5f}, 1, 1, 2, 2)).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
  }

  /** A fine chequered board becomes even grey, not a coarse one: 30 points of every 100 would do the latter. */
  @Test
  void shrinkingMakesNoPatterns() {
    float[] board = new float[200 * 200];
    for (int i = 0; i < board.length; i++) {
      board[i] = (i / 200 + i % 200) % 2;
    }
    for (float value : Resize.plane(board, 200, 200, 60, 60)) {
      assertThat(value).isBetween(0.48f, 0.52f);
    }
  }

  @Test
  void coloursAreScaledOneByOne() {
    float[] colors = new float[3 * 63];
    for (int i = 0; i < 63; i++) {
      colors[3 * i] = picture()[i];
      colors[3 * i + 1] = 255 - picture()[i];
      colors[3 * i + 2] = picture()[62 - i];
    }
    Taps down = Taps.of(7, 1, 6, 3);
    Taps across = Taps.of(9, 0, 9, 4);
    float[] scaled = Resize.interleaved((y, row) -> System.arraycopy(colors, y * 27, row, 0, 27), 3, down, 9, across);
    for (int channel = 0; channel < 3; channel++) {
      int at = channel;
      float[] alone = Resize.interleaved((y, row) -> {
        for (int x = 0; x < 9; x++) {
          row[x] = colors[(y * 9 + x) * 3 + at];
        }
      }, 1, down, 9, across);
      for (int i = 0; i < 12; i++) {
        assertThat(scaled[3 * i + channel]).isEqualTo(alone[i]);
      }
    }
  }
}
