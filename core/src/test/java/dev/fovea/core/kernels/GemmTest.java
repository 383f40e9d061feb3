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
  @CsvSource({"300,333,300", "33,40,2100", "530,1100,9"})
  void threadsDoNotChangeABit(int m, int n, int k) {
    float[] a = GemmTwin.values(m * k, 1);
    float[] b = GemmTwin.values(k * n, 2);
    for (Operand right : new Operand[] {Operand.columns(b, 0, n), Operand.rows(b, 0, k)}) {
      float[] one = new float[m * n];
      float[] many = new float[m * n];
      Gemm.multiply(m, n, k, Operand.rows(a, 0, k), right, many, 0, n, false);
      Parallel.limit(1);
      Gemm.multiply(m, n, k, Operand.rows(a, 0, k), right, one, 0, n, false);
      Parallel.limit(Integer.MAX_VALUE);
      assertThat(one).isEqualTo(many);
    }
  }
}
