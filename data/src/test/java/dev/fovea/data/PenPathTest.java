package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PenPathTest {
  private final PenPath path = new PenPath();

  @Test
  void isMovedByItsMiddle() {
    path.begin();
    path.add(1, 10, true);
    path.add(5, 2, true);
    assertThat(path.width()).isEqualTo(4);
    assertThat(path.height()).isEqualTo(8);
    path.moveCentre(4.5, 4.5);
    assertThat(drawn()[4 * 9 + 4]).as("the middle of the picture").isEqualTo(255);
  }

  @Test
  void goesStraightBetweenCorners() {
    path.begin();
    path.add(1.5, 1.5, true);
    path.add(7.5, 1.5, true);
    path.add(7.5, 7.5, true);
    int[] picture = drawn();
    for (int i = 1; i <= 7; i++) {
      assertThat(picture[9 + i]).as("row 1, column %d", i).isEqualTo(255);
      assertThat(picture[9 * i + 7]).as("row %d, column 7", i).isEqualTo(255);
    }
    assertThat(picture[2 * 9 + 2]).isZero();
    assertThat(picture[8]).as("beyond the corner").isZero();
  }

  @Test
  void bendsThroughPointsThatAreNoCorners() {
    path.begin();
    path.add(1.5, 1.5, true);
    path.add(7.5, 1.5, false);
    path.add(7.5, 7.5, true);
    int[] picture = drawn();
    assertThat(picture[9 + 7]).as("the point itself").isEqualTo(255);
    // From the start to the point the curve sags to the other side of the chord, y = 1.5.
    assertThat(picture[5]).as("above the chord").isPositive();
    assertThat(picture[2 * 9 + 4]).as("below the chord").isZero();
  }

  @Test
  void liftsThePen() {
    path.begin();
    path.add(1.5, 4.5, true);
    path.add(2.5, 4.5, true);
    path.begin();
    path.add(6.5, 4.5, true);
    path.add(7.5, 4.5, true);
    int[] picture = drawn();
    assertThat(picture[4 * 9 + 2]).isEqualTo(255);
    assertThat(picture[4 * 9 + 4]).as("between the strokes").isZero();
    assertThat(picture[4 * 9 + 6]).isEqualTo(255);
  }

  @Test
  void pressesHarderTowardsTheEnd() {
    path.begin();
    path.add(0.5, 4.5, true);
    path.add(8.5, 4.5, true);
    InkCanvas canvas = new InkCanvas(9);
    canvas.clear();
    path.draw(canvas, 1, 0.5);
    int[] picture = written(canvas);
    assertThat(picture[3 * 9]).as("beside the beginning").isLessThan(picture[3 * 9 + 8]);
  }

  @Test
  void growsAndStartsAnew() {
    for (int i = 0; i < 100; i++) {
      path.begin();
      path.add(i, 0, true);
    }
    assertThat(path.width()).isEqualTo(99);
    path.clear();
    path.add(3, 3, true);
    assertThat(path.width()).isZero();
  }

  /** The path on 9x9 pixels, one pixel thick. */
  private int[] drawn() {
    InkCanvas canvas = new InkCanvas(9);
    canvas.clear();
    path.draw(canvas, 0.5, 0);
    return written(canvas);
  }

  private static int[] written(InkCanvas canvas) {
    canvas.ink(1);
    byte[] pixels = new byte[81];
    canvas.write(pixels, 0);
    int[] values = new int[81];
    for (int i = 0; i < 81; i++) {
      values[i] = pixels[i] & 0xff;
    }
    return values;
  }
}
