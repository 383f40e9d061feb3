package dev.fovea.core.kernels;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * Whether the JIT compiler is at work. In its first seconds a program runs interpreted, fifty times slower than it will
 * be: whatever its threads do then is little, and all of it is in the compiler's way if they keep every core busy. So
 * loops leave one core to the compiler while it has much to do.
 */
final class CompilerLoad {
  /** How often one looks, in nanoseconds: asking takes a microsecond. */
  static final long INTERVAL = 50_000_000;
  /** The share of the time since the last look that the compiler must have worked. */
  private static final double MUCH = 0.4;
  private static final double NANOS_PER_MILLI = 1e6;

  private final LongSupplier nanos;
  private final LongSupplier compiledMillis;
  private volatile long lookedAt;
  private volatile long compiledThen;
  private volatile boolean busy;

  /**
   * Goes by these clocks.
   *
   * @param nanos the time
   * @param compiledMillis how long the compiler has worked so far; {@code null} if nobody can tell
   */
  CompilerLoad(LongSupplier nanos, LongSupplier compiledMillis) {
    this.nanos = nanos;
    this.compiledMillis = compiledMillis;
    lookedAt = nanos.getAsLong();
    busy = compiledMillis != null;
  }

  /** This JVM's compiler. */
  static CompilerLoad ofThisJvm() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean told = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    return new CompilerLoad(System::nanoTime, told ? compiler::getTotalCompilationTime : null);
  }

  /** Whether the compiler had much to do when somebody last looked; at the start it has. */
  boolean busy() {
    long elapsed = nanos.getAsLong() - lookedAt;
    if (elapsed > INTERVAL && compiledMillis != null) {
      long total = compiledMillis.getAsLong();
      busy = (total - compiledThen) * NANOS_PER_MILLI > MUCH * elapsed;
      compiledThen = total;
      lookedAt += elapsed;
    }
    return busy;
  }
}
