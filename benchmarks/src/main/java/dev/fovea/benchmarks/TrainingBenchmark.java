package dev.fovea.benchmarks;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Digits;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Loss;
import dev.fovea.train.StepResult;
import dev.fovea.train.Trainer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A training step of the MNIST convnet (225,034 parameters) on a batch of 64 with all threads: forward, backward,
 * Adam.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TrainingBenchmark {
  private static final int BATCH_SIZE = 64;

  private Trainer trainer;
  private Batch batch;

  /** Makes the model and one batch. */
  @Setup
  public void prepare() {
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 42L,
        Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(),
        Dense.of(128).withActivation(RELU), Dense.of(10).withActivation(SOFTMAX));
    trainer = Trainer.of(model, Adam.of(1e-4), Loss.sparseCategoricalCrossEntropy());
    try (BatchIterator batches = Batches.of(Digits.generate(BATCH_SIZE, 1L), BATCH_SIZE).epoch(0)) {
      batch = batches.next();
    }
  }

  /** One step. */
  @Benchmark
  public StepResult step() {
    return trainer.step(batch.x(), batch.y());
  }
}
