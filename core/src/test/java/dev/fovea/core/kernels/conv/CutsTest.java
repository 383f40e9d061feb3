package dev.fovea.core.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutsTest {
  /** Little work is done by the caller alone, much by whoever comes. */
  @ParameterizedTest
  @ValueSource(longs = {0, 100, 1_000_000})
  void everyRoundIsRunOnce(long floats) {
    AtomicIntegerArray runs = new AtomicIntegerArray(7);
    Thread caller = Thread.currentThread();
    Cuts.share(7, floats, round -> {
      runs.incrementAndGet(round);
      assertThat(floats > 100 || Thread.currentThread() == caller).isTrue();
    });
    assertThat(runs).hasToString("[1, 1, 1, 1, 1, 1, 1]");
  }
}
