package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompilerLoadTest {
  private static final long MILLI = 1_000_000;

  private long nanos = 5;
  private long compiled = 700;
  private final CompilerLoad load = new CompilerLoad(() -> nanos, () -> compiled);

  @Test
  void busyAtTheStartAndWhileTheCompilerWorksMuchOfTheTime() {
    assertThat(load.busy()).isTrue();
    after(100, 60);
    assertThat(load.busy()).isTrue();
    after(100, 30);
    assertThat(load.busy()).isFalse();
    after(1000, 500);
    assertThat(load.busy()).isTrue();
  }

  @Test
  void looksNowAndThenOnly() {
    after(100, 0);
    after(100, 0);
    assertThat(load.busy()).isTrue();
    after(100, 0);
    assertThat(load.busy()).isFalse();
    after(10, 10);
    assertThat(load.busy()).as("too soon").isFalse();
    after(45, 30);
    assertThat(load.busy()).isTrue();
  }

  @Test
  void neverBusyWhereNobodyCanTell() {
    assertThat(new CompilerLoad(() -> nanos, null).busy()).isFalse();
    assertThat(CompilerLoad.ofThisJvm()).isNotNull();
  }

  private void after(long millis, long compiling) {
    nanos += millis * MILLI;
    compiled += compiling;
  }
}
