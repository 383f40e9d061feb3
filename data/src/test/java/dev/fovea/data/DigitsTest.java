package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.kernels.Parallel;
import org.junit.jupiter.api.Test;

class DigitsTest {
  @Test
  void isADatasetOfGreyPictures() {
    Dataset digits = Digits.generate(25, 1);
    assertThat(digits.size()).isEqualTo(25);
    assertThat(digits.sampleShape()).isEqualTo(Shape.of(1, 28, 28));
    assertThat(digits.targetShape()).isEqualTo(Shape.scalar());
    assertThat(digits.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    for (int i = 0; i < 25; i++) {
      float[] pixels = digits.sample(i).toArray();
      int dark = 0;
      int light = 0;
      for (float pixel : pixels) {
        assertThat(pixel).isBetween(0f, 1f);
        dark += pixel < 0.4f ? 1 : 0;
        light += pixel > 0.4f ? 1 : 0;
      }
      assertThat(dark).as("dark pixels of digit %d", i).isGreaterThan(400);
      assertThat(light).as("light pixels of digit %d", i).isGreaterThan(15);
    }
  }

  /** The pictures of a seed never change: whoever changes the drawing makes a new method beside this one. */
  @Test
  void theFirstHundredOfASeedStayWhatTheyAre() {
    assertThat(Checksum.of(Digits.generate(100, 1))).isEqualTo(2_196_712_770L);
    assertThat(Checksum.of(Digits.generate(100, -7))).isEqualTo(1_774_730_945L);
  }

  @Test
  void aSampleDependsOnTheSeedAndItsIndexAlone() {
    assertThat(Checksum.of(Digits.generate(1234, 5).take(77))).isEqualTo(Checksum.of(Digits.generate(77, 5)));
    assertThat(Checksum.of(Digits.generate(77, 5))).isNotEqualTo(Checksum.of(Digits.generate(77, 6)));
    Dataset digits = Digits.generate(200, 5);
    assertThat(digits.sample(0).toArray()).isNotEqualTo(digits.sample(100).toArray());
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() {
    int before = Parallel.threads();
    try {
      long many = Checksum.of(Digits.generate(500, 3));
      Parallel.limit(1);
      assertThat(Checksum.of(Digits.generate(500, 3))).isEqualTo(many);
    } finally {
      Parallel.limit(before);
    }
  }

  @Test
  void everyTenHoldEachDigitOnceInRandomOrder() {
    Dataset digits = Digits.generate(1000, 9);
    int inOrder = 0;
    for (int block = 0; block < 100; block++) {
      int seen = 0;
      for (int i = 0; i < 10; i++) {
        int label = digits.label(10 * block + i);
        seen |= 1 << label;
        inOrder += label == i ? 1 : 0;
      }
      assertThat(seen).as("digits among samples %d0..%d9", block, block).isEqualTo((1 << 10) - 1);
    }
    assertThat(inOrder).as("samples whose digit is their place, 100 expected by chance").isBetween(60, 140);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Digits.generate(0, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digits: expected at least 1, got 0: it holds no samples");
    assertThatThrownBy(() -> Digits.generate(2_739_138, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digits: at most 2739137 fit one Java array, got 2739138; "
            + "take several data sets of different seeds");
  }

  /** A softmax regression, trained until it learns no more, must not do what a convnet can: 0.99 in five epochs. */
  @Test
  void aLinearClassifierIsNotEnough() {
    Dataset train = Digits.generate(10_000, 1);
    float[] weights = new float[785 * 10];
    for (int epoch = 0; epoch < 15; epoch++) {
      float rate = 0.02f / (1 + 0.3f * epoch);
      for (int i : RandomSource.of(4, epoch).permutation(train.size())) {
        float[] x = train.sample(i).toArray();
        float[] error = probabilities(weights, x);
        error[train.label(i)] -= 1;
        for (int k = 0; k < 10; k++) {
          for (int j = 0; j < 784; j++) {
            weights[785 * k + j] -= rate * error[k] * x[j];
          }
          weights[785 * k + 784] -= rate * error[k];
        }
      }
    }
    assertThat(accuracy(weights, train.take(2000))).as("on what it has seen").isBetween(0.75, 0.95);
    assertThat(accuracy(weights, Digits.generate(2000, 2))).as("on new digits").isBetween(0.75, 0.90);
  }

  private static double accuracy(float[] weights, Dataset data) {
    int right = 0;
    for (int i = 0; i < data.size(); i++) {
      float[] p = probabilities(weights, data.sample(i).toArray());
      int best = 0;
      for (int k = 1; k < 10; k++) {
        best = p[k] > p[best] ? k : best;
      }
      right += best == data.label(i) ? 1 : 0;
    }
    return right / (double) data.size();
  }

  private static float[] probabilities(float[] weights, float[] x) {
    float[] p = new float[10];
    float sum = 0;
    for (int k = 0; k < 10; k++) {
      float score = weights[785 * k + 784];
      for (int j = 0; j < 784; j++) {
        score += weights[785 * k + j] * x[j];
      }
      p[k] = (float) StrictMath.exp(score);
      sum += p[k];
    }
    for (int k = 0; k < 10; k++) {
      p[k] /= sum;
    }
    return p;
  }
}
