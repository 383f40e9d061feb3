package dev.fovea.benchmarks.kernels;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.ops.AveragePool2DOp;
import dev.fovea.core.ops.MaxPool2DOp;
import dev.fovea.core.ops.Window2D;
import dev.fovea.optim.Adam;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Kernels that compute little for what they read and write: poolings, batch normalization, an optimizer. */
final class MemoryProbes {
  static final double BOUND = 1e-4;
  static final int PLACES = 200;
  private static final Window2D HALVES = Window2D.of(2).withStride(2);
  private static final Shape POOLED = Shape.of(4, 32, 220, 220);
  private static final Shape NORMALIZED = Shape.of(4, 32, 110, 110);
  private static final int WEIGHTS = 1 << 23;
  private static final int STRETCH = 1 << 13;

  private MemoryProbes() {}

  /** Adds all of them. */
  static void addTo(Probes probes) {
    for (MemoryFormat format : MemoryFormat.values()) {
      String words = format.name().toLowerCase(Locale.ROOT);
      if (new MaxPool2DOp(HALVES).takes(format, POOLED)) {
        String name = "pooling 2x2 at 220x220 " + words;
        probes.add("max " + name + ": forward", () -> maximumForward(POOLED, format));
        probes.add("max " + name + ": backward", () -> maximumBackward(POOLED, format));
        probes.add("average " + name + ": forward", () -> averageForward(POOLED, format));
        probes.add("average " + name + ": backward", () -> averageBackward(POOLED, format));
      }
      if (NormalizationProbe.takes(format, NORMALIZED)) {
        String name = "batch normalization at 110x110 " + words;
        probes.add(name + ": forward", () -> new NormalizationProbe(NORMALIZED, format).forwardProbe());
        probes.add(name + ": backward", () -> new NormalizationProbe(NORMALIZED, format).backwardProbe());
      }
    }
    probes.add("adam: 2^23 weights", () -> adam(WEIGHTS));
  }

  /** Reads x, writes y. */
  static Probe maximumForward(Shape shape, MemoryFormat format) {
    Application pool = Application.of(new MaxPool2DOp(HALVES), input(shape, format));
    return probe(pool, pool::forward, pool.out(), place -> {
      double largest = Double.NEGATIVE_INFINITY;
      for (int cell = 0; cell < 4; cell++) {
        largest = Math.max(largest, under(pool.in()[0], place, cell));
      }
      return largest;
    });
  }

  /** Reads dy, writes dx. */
  static Probe maximumBackward(Shape shape, MemoryFormat format) {
    Application pool = Application.of(new MaxPool2DOp(HALVES), input(shape, format).withGrad());
    pool.forward();
    Tensor x = pool.in()[0];
    Tensor dy = pool.out().gradient();
    return probe(pool, pool::backward, x, place -> {
      int[] window = {place[0], place[1], place[2] / 2, place[3] / 2};
      boolean chosen = x.get(place) == pool.out().get(window);
      return chosen ? dy.get(window) : 0;
    });
  }

  static Probe averageForward(Shape shape, MemoryFormat format) {
    Application pool = Application.of(new AveragePool2DOp(HALVES, false), input(shape, format));
    return probe(pool, pool::forward, pool.out(), place -> {
      double sum = 0;
      for (int cell = 0; cell < 4; cell++) {
        sum += under(pool.in()[0], place, cell);
      }
      return sum / 4;
    });
  }

  static Probe averageBackward(Shape shape, MemoryFormat format) {
    Application pool =
        Application.of(new AveragePool2DOp(HALVES, false), input(shape, format).withGrad());
    Tensor dy = pool.out().gradient();
    return probe(pool, pool::backward, pool.in()[0],
        place -> dy.get(place[0], place[1], place[2] / 2, place[3] / 2) / 4.0);
  }

  private static double under(Tensor x, int[] place, int cell) {
    return x.get(place[0], place[1], 2 * place[2] + cell / 2, 2 * place[3] + cell % 2);
  }

  private static Tensor input(Shape shape, MemoryFormat format) {
    return Application.random(shape, format, 1L);
  }

  /** A probe that reads the input and writes the output, or back, and whose result is in a tensor or its gradient. */
  private static Probe probe(Application op, Runnable body, Tensor result,
      ToDoubleFunction<int[]> exact) {
    return new Probe(0, Application.bytes(op.in()[0]) + Application.bytes(op.out()), body, () -> {
      body.run();
      return Residual.of(result == op.out() ? result : result.gradient(), PLACES, exact);
    }, BOUND);
  }

  /** Reads weight, gradient and both averages, writes all but the gradient. */
  static Probe adam(int weights) {
    Adam adam = Adam.of(1e-3);
    float[] weight = new float[weights];
    float[] gradient = Application.random(Shape.of(weights), MemoryFormat.PLAIN, 3L).data();
    float[][] state = new float[adam.slots()][weights];
    return new Probe(0, 7.0 * Float.BYTES * weights, () -> Parallel.ranges(weights, STRETCH,
        (from, to) -> adam.update(1, 1e-3, from, to, weight, gradient, state)), () -> {
      float[] fresh = new float[weights];
      adam.update(1, 1e-3, 0, weights, fresh, gradient, new float[adam.slots()][weights]);
      // The first step's averages are, once corrected, the gradient and its square.
      return Residual.of(Tensor.wrap(Shape.of(weights), fresh), PLACES,
          place -> -1e-3 * gradient[place[0]] / (Math.abs(gradient[place[0]]) + 1e-8));
    }, BOUND);
  }
}
