package dev.fovea.data;

import dev.fovea.core.RandomSource;
import java.util.Arrays;

/**
 * How the ten digits are written: some ways each, a way being one or more strokes of the pen.
 *
 * <p>A stroke is a row of points {@code x,y} that a smooth curve passes through; {@code !} marks a corner. Strokes are
 * separated by {@code /}. x grows to the right and y downwards, a digit is 100 high.
 */
final class DigitGlyphs {
  private static final Stroke[][][] WAYS = parse(new String[][] {
      { // 0: wide, narrow, with a loop where it closes
          "52,3 24,20 16,55 30,90 55,97 78,78 84,45 72,14 48,4",
          "54,4 34,22 28,55 38,90 54,96 68,75 72,42 64,14 50,3",
          "66,10 42,4 20,30 20,70 45,97 75,80 82,40 66,10 46,5 56,16"
      },
      { // 1: a bar, bent, with a flag, with flag and foot
          "50,3 50,97",
          "55,3 50,50 47,97",
          "32,22 52,3! 52,97",
          "32,20 52,3! 52,95 / 30,96 74,96"
      },
      { // 2: angular, with a loop, with a wavy foot
          "20,26 30,8 54,3 76,18 72,42 48,68 18,96! 84,95",
          "20,24 34,6 60,4 76,22 66,52 40,82 24,92 17,82 30,76 54,92 86,92",
          "22,20 45,3 72,12 74,36 50,66 20,94! 50,90 82,97"
      },
      { // 3: round, with a flat top, with a small loop in the middle
          "20,14 45,3 74,14 70,36 42,48! 74,56 80,80 52,98 18,86",
          "20,6 76,5! 44,42! 76,54 80,80 50,98 18,88",
          "22,12 50,3 74,18 64,40 44,48 38,42 50,44 76,58 78,82 50,98 18,86"
      },
      { // 4: open, open and round, closed, closed and in one stroke
          "26,5 18,56! 86,54 / 68,8 62,97",
          "30,4 20,44 36,60 82,52 / 72,3 66,97",
          "66,97 66,3! 16,66! 88,66",
          "86,62 14,64! 60,4! 60,98"
      },
      { // 5: in one stroke, with the top as a second stroke, round
          "78,5 30,5! 24,44! 50,36 78,52 78,82 48,98 18,86",
          "32,6 26,44! 52,38 80,54 76,84 46,98 16,88 / 30,5 82,4",
          "76,6 34,8! 28,44! 58,42 76,64 62,93 20,94"
      },
      { // 6: round, straight
          "70,4 40,24 20,62 28,92 54,97 76,80 70,58 46,54 22,74",
          "60,3 32,42 20,78 44,98 74,86 74,62 48,52 24,68"
      },
      { // 7: plain, with a bar, with a serif, wavy
          "16,8 82,6! 44,97",
          "16,8 82,6! 44,97 / 32,52 76,50",
          "18,22 20,6! 80,6! 56,50 42,97",
          "16,14 40,6 82,8! 52,45 42,97"
      },
      { // 8: in one stroke from the top right, two loops from the middle
          "74,18 50,3 26,18 36,40 64,54 78,78 52,98 24,80 38,54 66,38 76,16",
          "50,48 26,28 48,3 74,22 50,48 22,72 48,98 78,76 52,48"
      },
      { // 9: straight leg, curved leg, leg drawn on
          "76,30 52,46 26,38 26,12 52,3 76,14 77,40 70,97",
          "76,28 54,46 26,34 32,8 62,4 78,26 74,66 50,96 24,90",
          "74,12 46,4 22,24 38,46 72,24! 74,60 70,98"
      }
  });

  private DigitGlyphs() {}

  /** One of the ways to write a digit. */
  static Stroke[] any(int digit, RandomSource random) {
    return WAYS[digit][random.below(WAYS[digit].length)];
  }

  private static Stroke[][][] parse(String[][] digits) {
    return Arrays.stream(digits)
        .map(ways -> Arrays.stream(ways)
            .map(way -> Arrays.stream(way.split(" / ")).map(Stroke::parse).toArray(Stroke[]::new))
            .toArray(Stroke[][]::new))
        .toArray(Stroke[][][]::new);
  }

  /**
   * One movement of the pen: the points it passes and which of them are corners. The two ends count as corners.
   */
  record Stroke(double[] x, double[] y, boolean[] corner) {
    static Stroke parse(String text) {
      String[] points = text.split(" ");
      Stroke stroke = new Stroke(new double[points.length], new double[points.length], new boolean[points.length]);
      for (int i = 0; i < points.length; i++) {
        String[] parts = points[i].replace("!", "").split(",");
        stroke.x[i] = Double.parseDouble(parts[0]) / 100;
        stroke.y[i] = Double.parseDouble(parts[1]) / 100;
        stroke.corner[i] = points[i].endsWith("!") || i == 0 || i == points.length - 1;
      }
      return stroke;
    }

    int size() {
      return x.length;
    }
  }
}
