package dev.fovea.train;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.ArrayDataset;
import java.util.List;

/** Small grey pictures of three classes that are easily told apart: noise with a bright corner, one corner a class. */
final class Pictures {
  static final int SIDE = 8;
  static final Shape SAMPLE = Shape.of(1, SIDE, SIDE);
  static final List<String> NAMES = List.of("left", "right", "bottom");
  private static final float INK = 1.5f;

  private Pictures() {}

  static ArrayDataset generate(int count, long seed) {
    return ArrayDataset.of(x(count, seed), labels(count, seed), NAMES);
  }

  static Tensor x(int count, long seed) {
    Tensor x = Tensor.normal(SAMPLE.prepend(count), new RandomSource(seed));
    int[] labels = labels(count, seed);
    for (int i = 0; i < count; i++) {
      int row = labels[i] == 2 ? SIDE - 3 : 0;
      int column = labels[i] == 1 ? SIDE - 3 : 0;
      for (int r = row; r < row + 3; r++) {
        for (int c = column; c < column + 3; c++) {
          x.data()[(i * SIDE + r) * SIDE + c] += INK;
        }
      }
    }
    return x;
  }

  static int[] labels(int count, long seed) {
    RandomSource random = RandomSource.of(seed, 1);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.below(3);
    }
    return labels;
  }

  static Tensor y(int count, long seed) {
    int[] labels = labels(count, seed);
    Tensor y = Tensor.zeros(Shape.of(count));
    for (int i = 0; i < count; i++) {
      y.data()[i] = labels[i];
    }
    return y;
  }
}
