package dev.fovea.data.augment;

import static dev.fovea.data.augment.Pictures.change;
import static dev.fovea.data.augment.Pictures.changeSample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every augmentation. */
class AugmentationTest {
  private static final Shape SHAPE = Shape.of(2, 9, 7);
  private static final float[] PIXELS = Pictures.random(SHAPE);

  static List<Augmentation> all() {
    return List.of(Shift.of(2.5), Shift.of(2, 0), Rotate.of(40), Scale.of(0.2), Scale.of(0.5, 2).stretching(),
        Shear.of(0.3), Shear.of(0.1, 0.4), Flip.horizontally(), Flip.vertically().withProbability(0.7), Crop.of(2),
        Cutout.of(3), Cutout.of(2).withCount(2).withValue(0.5), Brightness.of(0.3), Contrast.of(0.5), Noise.of(0.1),
        Elastic.of(20, 2), Augmentation.of(Rotate.of(10), Noise.of(0.1)), Rotate.of(20).sometimes(0.5),
        Rotate.of(20).withBorder(Border.MIRROR));
  }

  @ParameterizedTest
  @MethodSource("all")
  void isAPureFunctionOfPictureSeedAndIndex(Augmentation augmentation) {
    Picture room = new Picture(SHAPE);
    float[] within = new float[5 + PIXELS.length + 3];
    int same = 0;
    for (int index = 0; index < 20; index++) {
      float[] expected = changeSample(augmentation, SHAPE, index, PIXELS);
      // The same room for all of them: nothing of one picture may be left for the next.
      System.arraycopy(PIXELS, 0, within, 5, PIXELS.length);
      room.change(augmentation, within, 5, 7, index);
      assertThat(within).startsWith(0, 0, 0, 0, 0).endsWith(0, 0, 0);
      assertThat(Arrays.copyOfRange(within, 5, 5 + PIXELS.length)).isEqualTo(expected);
      same += Arrays.equals(expected, PIXELS) ? 1 : 0;
      for (float value : expected) {
        assertThat(value).isBetween(0f, 1.000001f);
      }
    }
    assertThat(same).as("pictures of 20 that stay as they are").isLessThan(19);
    float[] another = PIXELS.clone();
    float[] first = PIXELS.clone();
    boolean differs = false;
    for (int index = 0; index < 20; index++) {
      room.change(augmentation, another, 0, 8, index);
      room.change(augmentation, first, 0, 7, index);
      differs |= !Arrays.equals(another, first);
    }
    assertThat(differs).as("another seed does something else").isTrue();
  }

  /**
   * No arrays, that is; small objects the compiler does away with in time. Elastic bending is left out: its kernels make
   * vectors until they are compiled.
   */
  @ParameterizedTest
  @MethodSource("all")
  void makesNoGarbage(Augmentation augmentation) {
    if (augmentation instanceof Elastic) {
      return;
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Picture room = new Picture(SHAPE);
    float[] pixels = PIXELS.clone();
    long least = Long.MAX_VALUE;
    // The first stretches load classes.
    for (int stretch = 0; stretch < 10; stretch++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int index = 0; index < 100; index++) {
        room.change(augmentation, pixels, 0, 7, index);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least / 100).as("bytes a sample").isLessThan(PIXELS.length * Float.BYTES / 2);
  }

  static List<Augmentation> identities() {
    return List.of(Augmentation.of(), Shift.of(0), Rotate.of(0), Scale.of(0), Scale.of(1, 1).stretching(), Shear.of(0),
        Flip.horizontally().withProbability(0), Crop.of(0), Brightness.of(0), Contrast.of(0), Noise.of(0),
        Elastic.of(0, 4), Normalize.of(0, 1), Rotate.of(90).sometimes(0), Shift.of(0).withBorder(Border.MIRROR),
        Augmentation.of(Shift.of(0), Rotate.of(0), Elastic.of(0, 1)));
  }

  @ParameterizedTest
  @MethodSource("identities")
  void settingsThatDoNothingLeaveEveryBit(Augmentation augmentation) {
    for (int index = 0; index < 10; index++) {
      assertThat(changeSample(augmentation, SHAPE, index, PIXELS)).isEqualTo(PIXELS);
    }
  }

  @Test
  void changesOfPlaceArePutTogether() {
    Shape row = Shape.of(1, 1, 6);
    float[] ink = {0, 0, 1, 0, 0, 0};
    // One after the other, each half pixel would blur: 0 0 .25 .5 .25 0; and what leaves the frame would be lost.
    assertThat(change(Augmentation.of(Pictures.move(0.5, 0), Pictures.move(0.5, 0)), row, ink))
        .containsExactly(0, 0, 0, 1, 0, 0);
    assertThat(change(Augmentation.of(Pictures.move(5, 0), Pictures.move(-5, 0)), row, ink)).isEqualTo(ink);
    Augmentation asking = picture -> picture.pixels();
    assertThat(change(Augmentation.of(Pictures.move(5, 0), asking, Pictures.move(-5, 0)), row, ink))
        .as("values were asked for in between").containsExactly(0, 0, 0, 0, 0, 0);
    // Turned by 90 degrees and back, in two ways to write it.
    Augmentation turn = picture -> picture.move(0, -1, 0, 1, 0, 0);
    Augmentation back = picture -> picture.move(0, 1, 0, -1, 0, 0);
    assertThat(change(Augmentation.of(turn, Augmentation.of(back)), SHAPE, PIXELS)).isEqualTo(PIXELS);
  }

  @Test
  void theFirstIsDoneFirst() {
    Shape row = Shape.of(1, 1, 5);
    Augmentation right = Pictures.move(1, 0);
    Augmentation mirror = Flip.horizontally().withProbability(1);
    assertThat(change(Augmentation.of(right, mirror), row, 1, 2, 3, 4, 5)).containsExactly(4, 3, 2, 1, 0);
    assertThat(change(Augmentation.of(mirror, right), row, 1, 2, 3, 4, 5)).containsExactly(0, 5, 4, 3, 2);
    Augmentation half = picture -> {
      for (int i = 0; i < picture.size(); i++) {
        picture.pixels()[picture.offset() + i] /= 2;
      }
    };
    assertThat(change(Augmentation.of(right, half, mirror), row, 2, 4, 6, 8, 10)).containsExactly(4, 3, 2, 1, 0);
  }

  @Test
  void borders() {
    Shape row = Shape.of(1, 1, 4);
    Augmentation far = Pictures.move(3, 0);
    assertThat(change(far, row, 1, 2, 3, 4)).containsExactly(0, 0, 0, 1);
    assertThat(change(far.withBorder(Border.EDGE), row, 1, 2, 3, 4)).containsExactly(1, 1, 1, 1);
    assertThat(change(far.withBorder(Border.MIRROR), row, 1, 2, 3, 4)).containsExactly(4, 3, 2, 1);
    Augmentation veryFar = Pictures.move(-1e9, 0);
    assertThat(change(veryFar, row, 1, 2, 3, 4)).containsExactly(0, 0, 0, 0);
    assertThat(change(veryFar.withBorder(Border.EDGE), row, 1, 2, 3, 4)).containsExactly(4, 4, 4, 4);
    assertThat(change(Pictures.move(-7.5, 0).withBorder(Border.MIRROR), row, 1, 2, 3, 4))
        .containsExactly(2.5f, 3.5f, 3.5f, 2.5f);
    assertThat(change(Pictures.move(0.5, 0), row, 1, 2, 3, 4)).containsExactly(0.5f, 1.5f, 2.5f, 3.5f);
    assertThat(change(Pictures.move(7, 7).withBorder(Border.MIRROR), Shape.of(1, 1, 1), 5)).containsExactly(5);
    Augmentation one = Pictures.move(1, 0);
    assertThat(change(Augmentation.of(one.withBorder(Border.EDGE), one), row, 1, 2, 3, 4))
        .as("each with its border").containsExactly(0, 1, 1, 2);
  }

  @Test
  void sometimes() {
    AtomicInteger changed = new AtomicInteger();
    Augmentation augmentation = ((Augmentation) picture -> changed.incrementAndGet()).sometimes(0.3);
    for (int index = 0; index < 1000; index++) {
      changeSample(augmentation, SHAPE, index, PIXELS);
    }
    assertThat(changed.get()).isBetween(250, 350);
  }

  @Test
  void printsAsTheCodeThatMakesIt() {
    assertThat(all()).extracting(Augmentation::toString).containsExactly("Shift.of(2.5)", "Shift.of(2.0, 0.0)",
        "Rotate.of(40.0)", "Scale.of(0.8, 1.2)", "Scale.of(0.5, 2.0).stretching()", "Shear.of(0.3)",
        "Shear.of(0.1, 0.4)", "Flip.horizontally()", "Flip.vertically().withProbability(0.7)", "Crop.of(2)",
        "Cutout.of(3)", "Cutout.of(2).withCount(2).withValue(0.5)", "Brightness.of(0.3)", "Contrast.of(0.5)",
        "Noise.of(0.1)", "Elastic.of(20.0, 2.0)", "Augmentation.of(Rotate.of(10.0), Noise.of(0.1))",
        "Rotate.of(20.0).sometimes(0.5)", "Rotate.of(20.0).withBorder(Border.MIRROR)");
    assertThat(Normalize.of(0.5, 0.25)).hasToString("Normalize.of(0.5, 0.25)");
    assertThat(Normalize.of(new double[] {0.5, 0}, new double[] {1, 2}))
        .hasToString("Normalize.of(new double[] {0.5, 0.0}, new double[] {1.0, 2.0})");
    assertThat(Augmentation.of()).hasToString("Augmentation.of()");
  }

  @Test
  void refusesSamples() {
    assertThatThrownBy(() -> Shift.of(1).requireFits(Shape.of(28, 28))).isInstanceOf(ShapeException.class)
        .hasMessage("augmentation: expected pictures [C, H, W], got samples of shape [28, 28]");
    Augmentation normalize = Normalize.of(new double[] {0, 0, 0}, new double[] {1, 1, 1});
    for (Augmentation wrapped : List.of(normalize, Augmentation.of(Shift.of(1), normalize), normalize.sometimes(0.5),
        normalize.withBorder(Border.EDGE))) {
      wrapped.requireFits(Shape.of(3, 4, 4));
      assertThatThrownBy(() -> wrapped.requireFits(Shape.of(1, 4, 4))).isInstanceOf(ShapeException.class).hasMessage(
          "normalize: expected pictures of 3 channels, as many as there are means, got samples of shape [1, 4, 4]");
    }
  }

  @Test
  void refusesSettings() {
    refuses(() -> Shift.of(-1), "shift: horizontally must be at least 0, got -1.0");
    refuses(() -> Shift.of(1, Double.NaN), "shift: vertically must be at least 0, got NaN");
    refuses(() -> Rotate.of(-1), "rotate: degrees must be at least 0, got -1.0");
    refuses(() -> Scale.of(1), "scale: the smallest factor must be above 0, got 0.0");
    refuses(() -> Scale.of(1, 0.5), "scale: the largest factor must be at least the smallest, got 1.0 to 0.5");
    refuses(() -> Scale.of(1, Double.POSITIVE_INFINITY), "scale: the largest factor must be above 0, got Infinity");
    refuses(() -> Shear.of(-0.1), "shear: horizontally must be at least 0, got -0.1");
    refuses(() -> Shear.of(0, -0.1), "shear: vertically must be at least 0, got -0.1");
    refuses(() -> Flip.vertically().withProbability(1.5), "flip: the probability must be from 0 to 1, got 1.5");
    refuses(() -> Crop.of(-1), "crop: the padding must be from 0 to 1000000, got -1");
    refuses(() -> Crop.of(Integer.MAX_VALUE), "crop: the padding must be from 0 to 1000000, got 2147483647");
    refuses(() -> Cutout.of(0), "cutout: the side must be at least 1, got 0");
    refuses(() -> Cutout.of(1).withCount(0), "cutout: the count must be at least 1, got 0");
    refuses(() -> Cutout.of(1).withValue(Double.NaN), "cutout: the value must be a finite number, got NaN");
    refuses(() -> Brightness.of(-1), "brightness: the largest change must be at least 0, got -1.0");
    refuses(() -> Contrast.of(2), "contrast: the largest change must be from 0 to 1, got 2.0");
    refuses(() -> Noise.of(-1), "noise: the deviation must be at least 0, got -1.0");
    refuses(() -> Elastic.of(-1, 4), "elastic: the strength must be at least 0, got -1.0");
    refuses(() -> Elastic.of(34, 0), "elastic: the smoothness must be above 0 and at most 100, got 0.0");
    refuses(() -> Normalize.of(0, 0), "normalize: a deviation must be above 0, got 0.0");
    refuses(() -> Normalize.of(Double.NaN, 1), "normalize: a mean must be a finite number, got NaN");
    refuses(() -> Normalize.of(new double[] {1, 2}, new double[] {1}),
        "normalize: expected a mean and a deviation for each channel, got means [1.0, 2.0] and deviations [1.0]");
    refuses(() -> Shift.of(1).sometimes(-1), "sometimes: the probability must be from 0 to 1, got -1.0");
    refuses(() -> Shift.of(1).withBorder(null), "augmentation: expected a border such as Border.MIRROR, got null");
  }

  private static void refuses(Runnable settings, String message) {
    assertThatThrownBy(settings::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
