package dev.fovea.examples.lessons;

import com.sun.management.ThreadMXBean;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a way to flatten a batch takes, measured.
 *
 * @param seconds the median of a pass forward and backward
 * @param bytes allocated for what is needed beforehand and for such a pass
 */
record Cost(double seconds, long bytes) {
  static final int BATCH = 32;

  /** Measures a way to flatten a batch of such maps; {@code prepare} makes what it needs beforehand. */
  static Cost of(Shape maps, double warmUpSeconds, int runs, Supplier<UnaryOperator<Tensor>> prepare) {
    Tensor x = Tensor.normal(maps.prepend(BATCH), new RandomSource(1)).withGrad();
    long start = allocated();
    UnaryOperator<Tensor> way = prepare.get();
    long prepared = allocated() - start;
    long warm = System.nanoTime() + (long) (warmUpSeconds * 1e9);
    while (System.nanoTime() < warm) {
      pass(x, way);
    }
    double[] seconds = new double[runs];
    long[] bytes = new long[runs];
    for (int run = 0; run < runs; run++) {
      long allocated = allocated();
      long before = System.nanoTime();
      pass(x, way);
      seconds[run] = (System.nanoTime() - before) / 1e9;
      bytes[run] = allocated() - allocated;
    }
    Arrays.sort(seconds);
    Arrays.sort(bytes);
    return new Cost(seconds[runs / 2], prepared + bytes[runs / 2]);
  }

  private static void pass(Tensor x, UnaryOperator<Tensor> way) {
    x.zeroGrad();
    Ops.sum(way.apply(x)).backward();
  }

  /** Bytes this thread has allocated so far. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
