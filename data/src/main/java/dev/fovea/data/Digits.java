package dev.fovea.data;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.kernels.Parallel;
import java.util.List;

/**
 * Handwritten digits that need no download: drawn with strokes, endless and seeded. Pictures are {@code [1, 28, 28]},
 * grey, 0..1, light ink on a dark ground as in MNIST, and as varied: several ways to write a digit, slant, rotation,
 * size, place, thickness, a trembling hand, blur, noise, and bits of other writing at the border.
 *
 * <p>Sample i depends on the seed and on i alone, not on how many are asked for, on the number of threads or on the
 * machine; the pictures of a seed never change. Every ten samples in a row (0-9, 10-19, ...) hold each digit once, in
 * random order.
 *
 * <p>A linear classifier trained on 10,000 of them stays around 0.82 test accuracy (on MNIST: 0.92).
 */
public final class Digits {
  private static final int CLASSES = 10;
  private static final List<String> NAMES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  private static final Shape SAMPLE = Shape.of(1, DigitPainter.SIDE, DigitPainter.SIDE);
  private static final int PIXELS = DigitPainter.SIDE * DigitPainter.SIDE;
  private static final int MOST = Integer.MAX_VALUE / PIXELS;
  private static final int BLOCKS_PER_ROUND = 8;

  private Digits() {}

  /**
   * The first {@code count} digits of this seed, held as bytes (784 each).
   *
   * @throws IllegalArgumentException if count is below 1 or above 2,739,137, the most that fit one array
   */
  public static ArrayDataset generate(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("digits: expected at least 1, got " + count + ": it holds no samples");
    }
    if (count > MOST) {
      throw new IllegalArgumentException("digits: at most " + MOST + " fit one Java array, got " + count
          + "; take several data sets of different seeds");
    }
    byte[] pixels = new byte[count * PIXELS];
    int[] labels = new int[count];
    Parallel.ranges(count, BLOCKS_PER_ROUND * CLASSES, (from, to) -> {
      DigitPainter painter = new DigitPainter();
      int[] order = {};
      for (int i = from; i < to; i++) {
        if (i % CLASSES == 0) {
          // Samples count from 0 on, so the negative purposes are free for the order within each ten.
          order = RandomSource.of(seed, -1 - i / CLASSES).permutation(CLASSES);
        }
        labels[i] = order[i % CLASSES];
        painter.paint(labels[i], RandomSource.of(seed, i), pixels, i * PIXELS);
      }
    });
    return ArrayDataset.ofBytes(SAMPLE, pixels, labels, NAMES);
  }
}
