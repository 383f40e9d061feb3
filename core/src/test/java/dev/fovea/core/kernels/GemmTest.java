package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GemmTest {
  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  @Test
  void agreesWithTheDefinition() {
    GemmTwin.check();
  }

  @ParameterizedTest
  @CsvSource({"300,333,300", "33,40,2100", "530,1100,9", "9,8200,40", "60,8200,20", "10,600,300"})
  void threadsDoNotChangeABit(int m, int n, int k) {
    float[] a = GemmTwin.values(m * k, 1);
    float[] b = GemmTwin.values(k * n, 2);
    for (Operand right : new Operand[] {Operand.columns(b, 0, n), Operand.rows(b, 0, k)}) {
      float[] one = GemmTwin.values(m * n, 3);
      float[] many = one.clone();
      Gemm.multiply(m, n, k, Operand.rows(a, 0, k), right, many, 0, n, true);
      Parallel.limit(1);
      Gemm.multiply(m, n, k, Operand.rows(a, 0, k), right, one, 0, n, true);
      Parallel.limit(Integer.MAX_VALUE);
      assertThat(one).isEqualTo(many);
    }
  }

  @Test
  void tellsTheArraysItTakes() {
    int width = Kernels.get().tileColumns();
    long panel = Float.BYTES * (long) width * Gemm.DEPTH;
    assertThat(Gemm.scratchBytes(1, 240, 4 * width, 300, false, false)).isEqualTo(panel);
    assertThat(Gemm.scratchBytes(3, 240, 4 * width, 300, false, false)).isEqualTo(3 * panel);
    long strip = Float.BYTES * (256L + 16) * Gemm.DEPTH;
    assertThat(Gemm.scratchBytes(2, 240, 10_000, 300, false, false)).isEqualTo(2 * strip);
  }
}
