package dev.fovea.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MixingTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);
  private static final Shape PICTURE = Shape.of(2, 6, 8);

  @Test
  void mixUp() {
    Shape sample = Shape.of(2);
    Pair pair = new Pair(sample, Shape.of(2));
    double sum = 0;
    double squares = 0;
    int count = 2000;
    for (int index = 0; index < count; index++) {
      float[] x = {-1, 4, 8, -1, -1, 0, 2, -1};
      float[] y = {1, 0, 9, 9, 9, 9, 0, 1};
      pair.mix(MixUp.of(0.5), x, y, 0, 3, 7, index);
      float share = y[0];
      assertThat(share).isBetween(0f, 1f);
      assertThat(y).containsExactly(new float[] {share, 1 - share, 9, 9, 9, 9, 1 - share, share}, ROUNDING);
      assertThat(x).containsExactly(
          new float[] {-share + 2 * (1 - share), 4 * share - (1 - share), 8, -1, -1, 0, 2 * share - (1 - share),
              -share + 4 * (1 - share)}, Offset.offset(1e-5f));
      sum += share;
      squares += (share - 0.5) * (share - 0.5);
    }
    assertThat(sum / count).isCloseTo(0.5, Offset.offset(0.03));
    assertThat(squares / count).as("variance of Beta(a, a): 1 / (4 (2a + 1))").isCloseTo(0.125, Offset.offset(0.01));
  }

  @Test
  void cutMixSharesTargetsAsPixels() {
    Pair pair = new Pair(PICTURE, Shape.of(3));
    boolean one = false;
    for (int index = 0; index < 300; index++) {
      float[] x = new float[2 * PICTURE.size()];
      Arrays.fill(x, PICTURE.size(), x.length, 1);
      float[] y = {1, 0, 0, 0, 0, 1};
      pair.mix(CutMix.of(1), x, y, 0, 1, 7, index);
      int other = 0;
      for (int i = 0; i < PICTURE.size(); i++) {
        assertThat(x[PICTURE.size() + i]).isEqualTo(1 - x[i]);
        assertThat(x[i]).as("the same rectangle in both channels").isEqualTo(x[i % 48]);
        other += x[i] == 1 ? 1 : 0;
      }
      float share = 1 - (float) other / PICTURE.size();
      assertThat(y).containsExactly(new float[] {share, 0, 1 - share, 1 - share, 0, share}, ROUNDING);
      one |= share > 0.3 && share < 0.7;
    }
    assertThat(one).isTrue();
  }

  @Test
  void isAPureFunctionOfSeedAndIndex() {
    for (Mixing mixing : new Mixing[] {MixUp.of(1), CutMix.of(1), Mixing.oneOf(MixUp.of(1), CutMix.of(1))}) {
      float[] first = mixed(mixing, 7, 3);
      assertThat(mixed(mixing, 7, 3)).isEqualTo(first);
      assertThat(mixed(mixing, 7, 4)).isNotEqualTo(first);
      assertThat(mixed(mixing, 8, 3)).isNotEqualTo(first);
    }
  }

  @Test
  void oneOf() {
    int blended = 0;
    for (int index = 0; index < 200; index++) {
      float[] x = new float[2 * PICTURE.size()];
      Arrays.fill(x, PICTURE.size(), x.length, 1);
      new Pair(PICTURE, Shape.of(1)).mix(Mixing.oneOf(MixUp.of(1), CutMix.of(1)), x, new float[2], 0, 1, 7, index);
      blended += x[0] != 0 && x[0] != 1 ? 1 : 0;
    }
    assertThat(blended).isBetween(70, 130);
  }

  /** A tiny alpha leaves one of the two alone, and nothing becomes NaN. */
  @Test
  void beta() {
    RandomSource random = new RandomSource(3);
    int low = 0;
    for (int i = 0; i < 1000; i++) {
      double share = Beta.draw(1e-5, random);
      assertThat(Math.min(share, 1 - share)).isBetween(0.0, 1e-3);
      low += share < 0.5 ? 1 : 0;
    }
    assertThat(low).isBetween(430, 570);
    double squares = 0;
    for (int i = 0; i < 5000; i++) {
      double away = Beta.draw(4, random) - 0.5;
      squares += away * away;
    }
    assertThat(squares / 5000).isCloseTo(1 / 36.0, Offset.offset(0.002));
  }

  @Test
  void printsAsTheCodeThatMakesIt() {
    assertThat(Mixing.oneOf(MixUp.of(0.2), CutMix.of(1))).hasToString("Mixing.oneOf(MixUp.of(0.2), CutMix.of(1.0))");
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> MixUp.of(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mix-up: alpha must be above 0, got 0.0");
    assertThatThrownBy(() -> CutMix.of(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cut-mix: alpha must be above 0, got -1.0");
    assertThatThrownBy(Mixing::oneOf).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mixing: expected at least one to choose from, got none");
    MixUp.of(1).requireFits(Shape.of(7));
    assertThatThrownBy(() -> Mixing.oneOf(MixUp.of(1), CutMix.of(1)).requireFits(Shape.of(7)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("cut-mix: expected pictures [C, H, W], got samples of shape [7]");
  }

  private static float[] mixed(Mixing mixing, long seed, long index) {
    float[] x = Arrays.copyOf(Pictures.random(Shape.of(4, 6, 8)), 2 * PICTURE.size());
    new Pair(PICTURE, Shape.of(2)).mix(mixing, x, new float[] {1, 0, 0, 1}, 0, 1, seed, index);
    return x;
  }
}
