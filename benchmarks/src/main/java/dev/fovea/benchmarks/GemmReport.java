package dev.fovea.benchmarks;

import dev.fovea.core.RandomSource;
import dev.fovea.core.kernels.Gemm;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Operand;
import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints how fast the matrix product is on one thread, and how exact: a line a size, neither figure without the
 * other.
 */
public final class GemmReport {
  /** Squares, and the products of the MNIST convnet: its second convolution (a picture) and its first dense layer. */
  private static final List<Size> SIZES = List.of(
      new Size(64, 64, 64), new Size(128, 128, 128), new Size(256, 256, 256), new Size(512, 512, 512),
      new Size(1024, 1024, 1024), new Size(64, 121, 288), new Size(64, 128, 1600));
  private static final double BOUND = 1e-5;
  private static final int STRETCHES = 7;
  private static final long WARM_UP_NANOS = 1_000_000_000L;
  private static final long STRETCH_NANOS = 200_000_000L;

  private GemmReport() {}

  /** Prints the report; arguments such as {@code 512x512x512} ask for other sizes than the usual ones. */
  public static void main(String[] arguments) {
    List<Size> sizes = arguments.length == 0 ? SIZES : Stream.of(arguments).map(Size::parse).toList();
    Parallel.limit(1);
    for (Size size : sizes) {
      System.out.println(line(size, WARM_UP_NANOS, STRETCH_NANOS));
    }
  }

  /** Measures one size; {@code FAIL} where the residual is not below 1e-5. */
  static String line(Size size, long warmUpNanos, long stretchNanos) {
    Product product = new Product(size);
    product.secondsEach(warmUpNanos);
    double[] seconds = new double[STRETCHES];
    for (int i = 0; i < STRETCHES; i++) {
      seconds[i] = product.secondsEach(stretchNanos);
    }
    Arrays.sort(seconds);
    double residual = product.residual();
    return String.format(Locale.ROOT, "gemm %-14s  %-10s  %6.1f GFLOP/s  residual %.1e  %s", size, Kernels.get().name(),
        size.operations() / seconds[STRETCHES / 2] / 1e9, residual, residual < BOUND ? "PASS" : "FAIL");
  }

  /**
   * The size of a product.
   *
   * @param rows rows of the left matrix and of the result
   * @param columns columns of the right matrix and of the result
   * @param depth columns of the left matrix, rows of the right one
   */
  record Size(int rows, int columns, int depth) {
    Size {
      if (rows < 1 || columns < 1 || depth < 1) {
        throw new IllegalArgumentException("size: all three numbers must be at least 1, got "
            + rows + "x" + columns + "x" + depth);
      }
    }

    static Size parse(String text) {
      if (!text.matches("\\d{1,5}x\\d{1,5}x\\d{1,5}")) {
        throw new IllegalArgumentException("size: expected rows, columns and depth as in 512x512x512, got " + text);
      }
      String[] numbers = text.split("x");
      return new Size(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    /** Multiplications and additions. */
    double operations() {
      return 2.0 * rows * columns * depth;
    }

    @Override
    public String toString() {
      return rows + "x" + columns + "x" + depth;
    }
  }

  /** One product that can be computed again and again. */
  static final class Product {
    private final Size size;
    private final float[] a;
    private final float[] b;
    private final float[] c;

    Product(Size size) {
      this.size = size;
      RandomSource random = new RandomSource(1L);
      a = values(Math.multiplyExact(size.rows, size.depth), random);
      b = values(Math.multiplyExact(size.depth, size.columns), random);
      c = new float[Math.multiplyExact(size.rows, size.columns)];
    }

    private static float[] values(int count, RandomSource random) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) random.uniform(-1, 1);
      }
      return values;
    }

    float[] compute() {
      Gemm.multiply(size.rows, size.columns, size.depth, Operand.rows(a, 0, size.depth),
          Operand.columns(b, 0, size.columns), c, 0, size.columns, false);
      return c;
    }

    /** Computes for at least that long and returns the seconds that one product took. */
    double secondsEach(long nanos) {
      long start = System.nanoTime();
      int times = 0;
      long elapsed;
      do {
        compute();
        times++;
        elapsed = System.nanoTime() - start;
      } while (elapsed < nanos);
      return elapsed / 1e9 / times;
    }

    /** The largest difference to a product in double precision, relative to the largest value. */
    double residual() {
      compute();
      double largest = 0;
      double difference = 0;
      double[] row = new double[size.columns];
      for (int i = 0; i < size.rows; i++) {
        Arrays.fill(row, 0);
        for (int p = 0; p < size.depth; p++) {
          double left = a[i * size.depth + p];
          for (int j = 0; j < size.columns; j++) {
            row[j] += left * b[p * size.columns + j];
          }
        }
        for (int j = 0; j < size.columns; j++) {
          largest = Math.max(largest, Math.abs(row[j]));
          difference = Math.max(difference, Math.abs(row[j] - c[i * size.columns + j]));
        }
      }
      return difference / largest;
    }
  }
}
