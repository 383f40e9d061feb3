package dev.fovea.benchmarks;

import dev.fovea.core.kernels.Parallel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The product of two square matrices on one thread. {@link GemmReport} says the same in GFLOP/s, with the residual. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GemmBenchmark {
  /** Rows, columns and depth. */
  @Param({"128", "512", "1024"})
  public int size;

  private GemmProduct product;

  /** Fills the matrices. */
  @Setup
  public void prepare() {
    Parallel.limit(1);
    product = new GemmProduct(new GemmShape(GemmShape.Use.PLAIN, size, size, size));
  }

  /** With the Vector API. */
  @Benchmark
  @Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
  public float[] vector() {
    return product.compute();
  }

  /** Without. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dfovea.kernels=scalar")
  public float[] scalar() {
    return product.compute();
  }
}
