package dev.fovea.data.augment;

import static dev.fovea.data.augment.Pictures.change;
import static dev.fovea.data.augment.Pictures.changeSample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Augmentations that move pixels, by hand on small pictures. */
class PlacesTest {
  private static final Shape SQUARE = Shape.of(1, 3, 3);
  private static final float[] NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  private static final Shape WIDE = Shape.of(1, 61, 61);

  @Test
  void flip() {
    assertThat(change(Flip.horizontally().withProbability(1), SQUARE, NINE)).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7);
    assertThat(change(Flip.vertically().withProbability(1), SQUARE, NINE)).containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3);
    assertThat(change(Flip.horizontally().withProbability(1), Shape.of(2, 1, 4), 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(4, 3, 2, 1, 8, 7, 6, 5);
    int flipped = 0;
    for (int index = 0; index < 1000; index++) {
      flipped += changeSample(Flip.horizontally(), SQUARE, index, NINE)[0] == 3 ? 1 : 0;
    }
    assertThat(flipped).isBetween(440, 560);
  }

  @Test
  void cropShowsEveryPieceOfThePaddedPicture() {
    Set<Integer> middles = new HashSet<>();
    for (int index = 0; index < 200; index++) {
      float[] changed = changeSample(Crop.of(1), SQUARE, index, NINE);
      middles.add((int) changed[4]);
      if (changed[4] == 1) {
        assertThat(changed).containsExactly(0, 0, 0, 0, 1, 2, 0, 4, 5);
      }
    }
    assertThat(middles).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void shift() {
    float[] pixels = dot(30, 30);
    double[] furthest = new double[2];
    for (int index = 0; index < 300; index++) {
      double[] place = centre(changeSample(Shift.of(3, 1.5), WIDE, index, pixels));
      furthest[0] = Math.max(furthest[0], Math.abs(place[0] - 30));
      furthest[1] = Math.max(furthest[1], Math.abs(place[1] - 30));
    }
    assertThat(furthest[0]).isBetween(2.9, 3.0001);
    assertThat(furthest[1]).isBetween(1.4, 1.5001);
  }

  @Test
  void rotateKeepsTheDistanceFromTheMiddle() {
    double furthest = 0;
    int clockwise = 0;
    for (int index = 0; index < 300; index++) {
      double[] place = centre(changeSample(Rotate.of(30), WIDE, index, dot(50, 30)));
      double right = place[0] - 30;
      double down = place[1] - 30;
      assertThat(Math.hypot(right, down)).isCloseTo(20, Offset.offset(0.1));
      double angle = Math.toDegrees(Math.atan2(down, right));
      furthest = Math.max(furthest, Math.abs(angle));
      clockwise += angle > 0 ? 1 : 0;
    }
    assertThat(furthest).isBetween(29.0, 30.2);
    assertThat(clockwise).isBetween(110, 190);
  }

  @Test
  void scale() {
    double smallest = 100;
    double largest = 0;
    boolean stretched = false;
    for (int index = 0; index < 300; index++) {
      double[] place = centre(changeSample(Scale.of(0.8, 1.3), WIDE, index, dot(50, 20)));
      double factor = (place[0] - 30) / 20;
      assertThat((place[1] - 30) / -10).isCloseTo(factor, Offset.offset(0.02));
      smallest = Math.min(smallest, factor);
      largest = Math.max(largest, factor);
      double[] other = centre(changeSample(Scale.of(0.8, 1.3).stretching(), WIDE, index, dot(50, 20)));
      stretched |= Math.abs((other[0] - 30) / 20 - (other[1] - 30) / -10) > 0.2;
    }
    assertThat(smallest).isBetween(0.78, 0.82);
    assertThat(largest).isBetween(1.28, 1.32);
    assertThat(stretched).isTrue();
  }

  @Test
  void shear() {
    double furthest = 0;
    for (int index = 0; index < 300; index++) {
      double[] place = centre(changeSample(Shear.of(0.25), WIDE, index, dot(30, 50)));
      assertThat(place[1]).isCloseTo(50, Offset.offset(0.01));
      furthest = Math.max(furthest, Math.abs(place[0] - 30));
      place = centre(changeSample(Shear.of(0, 0.25), WIDE, index, dot(50, 30)));
      assertThat(place[0]).isCloseTo(50, Offset.offset(0.01));
    }
    assertThat(furthest).as("20 rows from the middle").isBetween(4.8, 5.01);
  }

  /** The displacements' deviation is that of a uniform number times the root of the Gaussian's sum of squares. */
  @Test
  void elasticMovesSmoothlyAsFarAsItsFormulaSays() {
    double strength = 34;
    double smoothness = 4;
    int side = 61;
    double squares = 0;
    double neighbours = 0;
    int count = 0;
    Displacement field = new Displacement(side, side);
    for (int index = 0; index < 40; index++) {
      field.draw(new RandomSource(index), (float) strength, smoothness);
      float[][] x = new float[side][side];
      float[][] y = new float[side][side];
      for (int row = 0; row < side; row++) {
        field.addTo(x[row], y[row], 0, row);
      }
      for (int row = 15; row < 45; row++) {
        for (int column = 15; column < 45; column++) {
          squares += x[row][column] * x[row][column] + y[row][column] * y[row][column];
          neighbours += x[row][column] * x[row][column + 1] + y[row][column] * y[row + 1][column];
          count += 2;
        }
      }
    }
    double expected = strength / Math.sqrt(3) / (2 * smoothness * Math.sqrt(Math.PI));
    assertThat(Math.sqrt(squares / count)).isCloseTo(expected, Offset.offset(0.08));
    // Two smoothed fields are alike as exp(-d^2 / (4 s^2)).
    assertThat(neighbours / squares).isCloseTo(Math.exp(-1 / (4 * smoothness * smoothness)), Offset.offset(0.003));
  }

  /** The Gaussian against the definition, also where it reaches further than the picture. */
  @Test
  void elasticSmoothsAsDefined() {
    for (double smoothness : new double[] {0.3, 1, 4}) {
      int height = 5;
      int width = 7;
      Displacement field = new Displacement(height, width);
      field.draw(new RandomSource(5), 10, smoothness);
      double[] scattered = new double[height * width];
      RandomSource random = new RandomSource(5);
      for (int row = 0; row < height; row++) {
        long bits = 0;
        for (int column = 0; column < width; column++) {
          bits = (column & 3) == 0 ? random.bits() : bits >>> 16;
          scattered[row * width + column] = 10 * ((short) bits + 0.5) / 32768;
        }
      }
      int reach = (int) Math.ceil(3 * smoothness);
      double sum = 0;
      for (int i = -reach; i <= reach; i++) {
        sum += Math.exp(-i * i / (2 * smoothness * smoothness));
      }
      for (int row = 0; row < height; row++) {
        float[] x = new float[width];
        field.addTo(x, new float[width], 0, row);
        for (int column = 0; column < width; column++) {
          double expected = 0;
          for (int r = Math.max(0, row - reach); r <= Math.min(height - 1, row + reach); r++) {
            for (int c = Math.max(0, column - reach); c <= Math.min(width - 1, column + reach); c++) {
              double distance = (r - row) * (r - row) + (c - column) * (c - column);
              expected += Math.exp(-distance / (2 * smoothness * smoothness)) / sum / sum * scattered[r * width + c];
            }
          }
          assertThat((double) x[column]).isCloseTo(expected, Offset.offset(1e-5));
        }
      }
    }
  }

  @Test
  void elasticAfterAnotherChangeIsInterpolatedOnce() {
    float[] pixels = Pictures.random(WIDE);
    Augmentation turn = picture -> picture.move(0, -1, 0, 1, 0, 0);
    Augmentation elastic = Elastic.of(20, 3);
    // A turn by 90 degrees loses nothing, so that both ways must agree.
    float[] together = change(Augmentation.of(turn, elastic), WIDE, pixels);
    float[] apart = change(Augmentation.of(turn, picture -> picture.pixels(), elastic), WIDE, pixels);
    assertThat(together).containsExactly(apart, Offset.offset(2e-4f));
    float[] after = change(Augmentation.of(elastic, turn), WIDE, pixels);
    assertThat(after).containsExactly(change(turn, WIDE, change(elastic, WIDE, pixels)), Offset.offset(1e-6f));
  }

  private static float[] dot(int column, int row) {
    float[] pixels = new float[WIDE.size()];
    pixels[row * 61 + column] = 1;
    return pixels;
  }

  /** Where the ink is, column and row. */
  private static double[] centre(float[] pixels) {
    double ink = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < pixels.length; i++) {
      ink += pixels[i];
      x += pixels[i] * (i % 61);
      y += pixels[i] * (i / 61);
    }
    return new double[] {x / ink, y / ink};
  }
}
