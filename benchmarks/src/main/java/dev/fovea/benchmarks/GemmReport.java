package dev.fovea.benchmarks;

import dev.fovea.benchmarks.kernels.MachinePeak;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints how fast the matrix product is, on one thread and on two, which share that is of the multiply-adds the machine
 * can do and which of the {@linkplain GemmShape#roof roofline} of this shape, and how exact: a line a shape, no figure
 * without the others.
 */
public final class GemmReport {
  /** A square, then by network what a step multiplies: value, gradient of the input, gradient of the weight. */
  private static final List<String> SHAPES = List.of("512x512x512",
      "forward:32x128x1600", "plain:32x1600x128", "weights:128x1600x32",
      "forward:128x128x1600", "plain:128x1600x128", "weights:128x1600x128",
      "forward:32x10x128", "plain:32x128x10", "weights:10x128x32",
      "forward:128x10x128", "plain:128x128x10", "weights:10x128x128",
      "forward:64x120x400", "plain:64x400x120", "weights:120x400x64",
      "forward:64x84x120", "plain:64x120x84", "weights:84x120x64",
      "forward:8x64x186624", "plain:8x186624x64", "weights:64x186624x8",
      "32x48400x288", "64x11664x288", "64x11236x576", "64x6272x128", "forward:1x128x1600");
  private static final double BOUND = 1e-5;
  private static final int STRETCHES = 7;
  private static final int THREADS = 2;

  private GemmReport() {}

  /** Prints the report; arguments such as {@code forward:32x128x1600} ask for other shapes than the usual ones. */
  public static void main(String[] arguments) {
    List<GemmShape> shapes =
        (arguments.length == 0 ? SHAPES.stream() : Stream.of(arguments)).map(GemmShape::parse).toList();
    double[] peaks = new double[THREADS];
    double[] memory = new double[THREADS];
    for (int threads = 1; threads <= THREADS; threads++) {
      Parallel.limit(threads);
      MachinePeak peak = MachinePeak.measure();
      peaks[threads - 1] = peak.gigaFlops();
      memory[threads - 1] = peak.gigaBytes();
    }
    System.out.println(String.format(Locale.ROOT,
        "peak %.1f GFLOP/s on one thread, %.1f on two; memory %.1f and %.1f GB/s; kernels %s",
        peaks[0], peaks[1], memory[0], memory[1], Kernels.get().name()));
    double shares = 0;
    double roofShares = 0;
    for (GemmShape shape : shapes) {
      Line line = measure(shape, 1_000_000_000L, 100_000_000L);
      double[] roofs = new double[THREADS];
      Arrays.setAll(roofs, i -> shape.roof(peaks[i], memory[i], lanes()));
      System.out.println(line.text(peaks, roofs));
      shares += line.gigaFlops[0] / peaks[0] / shapes.size();
      roofShares += line.gigaFlops[0] / roofs[0] / shapes.size();
    }
    System.out.println(String.format(Locale.ROOT, "mean share on one thread: %.0f %% of the peak, %.0f %% of the roof",
        100 * shares, 100 * roofShares));
  }

  private static int lanes() {
    String name = Kernels.get().name();
    return name.startsWith("vector-") ? Integer.parseInt(name.substring("vector-".length())) / Float.SIZE : 1;
  }

  /** Measures one shape: medians over some stretches of time. */
  static Line measure(GemmShape shape, long warmUpNanos, long stretchNanos) {
    GemmProduct product = new GemmProduct(shape);
    double[] gigaFlops = new double[THREADS];
    for (int threads = 1; threads <= THREADS; threads++) {
      Parallel.limit(threads);
      product.secondsEach(warmUpNanos / threads);
      double[] seconds = new double[STRETCHES];
      for (int i = 0; i < STRETCHES; i++) {
        seconds[i] = product.secondsEach(stretchNanos);
      }
      Arrays.sort(seconds);
      gigaFlops[threads - 1] = shape.operations() / seconds[STRETCHES / 2] / 1e9;
    }
    Parallel.limit(Integer.MAX_VALUE);
    return new Line(shape, gigaFlops, product.residual());
  }

  /** What was measured of one shape, by threads; {@code FAIL} where the residual is not below 1e-5. */
  record Line(GemmShape shape, double[] gigaFlops, double residual) {
    /** Beside each rate its share of the peak and that of the roofline. */
    String text(double[] peaks, double[] roofs) {
      return String.format(Locale.ROOT,
          "gemm %-22s  %6.1f GFLOP/s %3.0f %% roof %3.0f %%   two threads %6.1f GFLOP/s %3.0f %% roof %3.0f %%"
          + "   residual %.1e  %s", shape,
          gigaFlops[0], 100 * gigaFlops[0] / peaks[0], 100 * gigaFlops[0] / roofs[0],
          gigaFlops[1], 100 * gigaFlops[1] / peaks[1], 100 * gigaFlops[1] / roofs[1],
          residual, residual < BOUND ? "PASS" : "FAIL");
    }
  }
}
