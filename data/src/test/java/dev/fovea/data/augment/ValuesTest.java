package dev.fovea.data.augment;

import static dev.fovea.data.augment.Pictures.change;
import static dev.fovea.data.augment.Pictures.changeSample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Augmentations that change values, by hand on small pictures. */
class ValuesTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);
  private static final Shape PAIR = Shape.of(1, 1, 2);

  @Test
  void brightness() {
    float lowest = 1;
    float highest = 0;
    for (int index = 0; index < 300; index++) {
      float[] changed = changeSample(Brightness.of(0.2), Shape.of(2, 1, 2), index, 0.5f, 0.6f, 0, 1);
      float by = changed[0] - 0.5f;
      assertThat(changed).containsExactly(new float[] {0.5f + by, 0.6f + by, Math.max(0, by), Math.min(1, 1 + by)},
          ROUNDING);
      lowest = Math.min(lowest, by);
      highest = Math.max(highest, by);
    }
    assertThat(lowest).isBetween(-0.2f, -0.19f);
    assertThat(highest).isBetween(0.19f, 0.2f);
  }

  @Test
  void contrast() {
    float lowest = 9;
    float highest = 0;
    for (int index = 0; index < 300; index++) {
      float[] changed = changeSample(Contrast.of(0.5), Shape.of(2, 1, 2), index, 0.4f, 0.6f, 0, 1);
      float factor = (changed[1] - changed[0]) / 0.2f;
      assertThat(changed[0] + changed[1]).as("twice the first channel's mean").isCloseTo(1, ROUNDING);
      assertThat(changed[2]).isCloseTo(Math.max(0, 0.5f - 0.5f * factor), ROUNDING);
      assertThat(changed[3]).isCloseTo(Math.min(1, 0.5f + 0.5f * factor), ROUNDING);
      lowest = Math.min(lowest, factor);
      highest = Math.max(highest, factor);
    }
    assertThat(lowest).isBetween(0.499f, 0.52f);
    assertThat(highest).isBetween(1.48f, 1.501f);
  }

  @Test
  void noiseIsNormal() {
    Shape shape = Shape.of(1, 500, 401);
    float[] grey = new float[shape.size()];
    Arrays.fill(grey, 0.5f);
    double deviation = 0.05;
    double[] moments = new double[5];
    int beyond = 0;
    for (float value : change(Noise.of(deviation), shape, grey)) {
      double z = (value - 0.5) / deviation;
      for (int power = 1; power < moments.length; power++) {
        moments[power] += Math.pow(z, power) / grey.length;
      }
      beyond += Math.abs(z) > 1.96 ? 1 : 0;
    }
    assertThat(moments[1]).isCloseTo(0, Offset.offset(0.01));
    assertThat(moments[2]).isCloseTo(1, Offset.offset(0.01));
    assertThat(moments[3]).isCloseTo(0, Offset.offset(0.03));
    assertThat(moments[4]).isCloseTo(3, Offset.offset(0.08));
    assertThat((double) beyond / grey.length).isCloseTo(0.05, Offset.offset(0.002));
  }

  @Test
  void noiseIsCutOff() {
    for (int index = 0; index < 100; index++) {
      for (float value : changeSample(Noise.of(0.5), PAIR, index, 0, 1)) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void normalize() {
    assertThat(change(Normalize.of(0.5, 0.25), PAIR, 1, 0.25f)).containsExactly(2, -1);
    assertThat(change(Normalize.of(new double[] {0.5, 0}, new double[] {1, 2}), Shape.of(2, 1, 2), 1, 0, 1, 0))
        .containsExactly(0.5f, -0.5f, 0.5f, 0);
  }

  @Test
  void cutout() {
    Shape shape = Shape.of(2, 5, 5);
    float[] ones = new float[shape.size()];
    Arrays.fill(ones, 1);
    boolean atTheEdge = false;
    for (int index = 0; index < 200; index++) {
      float[] changed = changeSample(Cutout.of(3).withValue(0.5), shape, index, ones);
      int covered = 0;
      for (int i = 0; i < 25; i++) {
        assertThat(changed[25 + i]).as("the same in all channels").isEqualTo(changed[i]);
        covered += changed[i] == 0.5f ? 1 : 0;
      }
      assertThat(covered).isIn(4, 6, 9);
      atTheEdge |= covered == 4;
    }
    assertThat(atTheEdge).isTrue();
    for (float value : change(Cutout.of(Integer.MAX_VALUE), shape, ones)) {
      assertThat(value).isBetween(0f, 1f);
    }
    assertThat(change(Cutout.of(1), Shape.of(1, 1, 1), 1)).containsExactly(0);
  }
}
