package dev.fovea.benchmarks.kernels;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels of {@link KernelReport} under JMH, with all threads; {@code -p kernel=NAME} picks some. A residual that
 * is too large makes the run fail.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  /** Which kernel. */
  @Param({
      "conv 1->32 3x3 at 28x28 winograd 4x4: forward",
      "conv 32->64 3x3 at 13x13 winograd 4x4: forward",
      "conv 32->64 3x3 at 13x13 winograd 4x4: gradient of input",
      "conv 32->64 3x3 at 13x13 winograd 4x4: gradient of weights",
      "conv 64->64 3x3 at 108x108 winograd 4x4: forward",
      "conv 6->16 5x5 at 14x14 plain: forward",
      "conv 128->128 1x1 at 24x24 plain: forward",
      "depthwise 128->128 3x3 at 24x24 plain: forward",
      "max pooling 2x2 at 220x220 blocked: forward",
      "max pooling 2x2 at 220x220 blocked: backward",
      "batch normalization at 110x110 plain: forward",
      "batch normalization at 110x110 plain: backward",
      "adam: 2^23 weights"})
  public String kernel;

  private Probe probe;

  /** Makes the arrays. */
  @Setup
  public void prepare() {
    probe = Probes.all().named(kernel);
  }

  /** With the Vector API. */
  @Benchmark
  @Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
  public void vector() {
    probe.body().run();
  }

  /** Without. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dfovea.kernels=scalar")
  public void scalar() {
    probe.body().run();
  }

  /** No speed without its correctness. */
  @TearDown
  public void check() {
    double residual = probe.residual().getAsDouble();
    if (!(residual < probe.bound())) {
      throw new IllegalStateException(kernel + ": residual " + residual + ", expected less than " + probe.bound());
    }
  }
}
