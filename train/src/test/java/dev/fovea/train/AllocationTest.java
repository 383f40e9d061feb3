package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.Clipping;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A step that has been taken before makes no arrays, by the JVM's own counters over all threads. */
class AllocationTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STEPS = 10;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void aSteadyStepAllocatesUnderAMebibyte() {
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 1,
        Conv2D.of(8, 3).withActivation(RELU), BatchNormalization.of(), MaxPooling2D.of(2),
        Conv2D.of(16, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(), Dropout.of(0.2), Dense.of(32).withActivation(RELU), Dense.of(10).withActivation(SOFTMAX));
    Trainer trainer = Trainer.of(model, Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy())
        .withClipping(Clipping.byGlobalNorm(5));
    Dataset digits = Digits.generate(64, 1);
    try (BatchIterator epoch = Batches.of(digits, 64).epoch(0)) {
      Batch batch = epoch.next();
      assertThat(bytesAStep(trainer, batch.x(), batch.y())).isLessThan(MEBIBYTE);
    }
  }

  /**
   * The least of several stretches, as many as it takes until all is compiled: compiling and class loading allocate too,
   * in this thread and in others, and so do vectors in code that is not compiled yet.
   */
  private long bytesAStep(Trainer trainer, Tensor x, Tensor y) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (least >= MEBIBYTE && System.nanoTime() < end) {
      long before = allocated();
      for (int i = 0; i < STEPS; i++) {
        trainer.step(x, y);
      }
      least = Math.min(least, (allocated() - before) / STEPS);
    }
    return least;
  }

  private long allocated() {
    long bytes = 0;
    for (long each : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      bytes += Math.max(0, each);
    }
    return bytes;
  }
}
