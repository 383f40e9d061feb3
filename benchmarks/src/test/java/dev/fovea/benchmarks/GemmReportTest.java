package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.kernels.Kernels;
import org.junit.jupiter.api.Test;

class GemmReportTest {
  @Test
  void saysHowFastAndHowExact() {
    assertThat(GemmReport.line(new GemmReport.Size(33, 17, 65), 0, 0)).matches(
        "gemm 33x17x65        " + Kernels.get().name() + " +\\d+\\.\\d GFLOP/s  residual \\d\\.\\de-\\d\\d  PASS");
  }

  @Test
  void residualIsSmall() {
    GemmReport.Product product = new GemmReport.Product(new GemmReport.Size(8, 8, 8));
    assertThat(product.residual()).isBetween(0.0, 1e-5);
  }

  @Test
  void readsSizes() {
    assertThat(GemmReport.Size.parse("64x121x288")).isEqualTo(new GemmReport.Size(64, 121, 288));
    assertThatThrownBy(() -> GemmReport.Size.parse("64x121")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size: expected rows, columns and depth as in 512x512x512, got 64x121");
    assertThatThrownBy(() -> GemmReport.Size.parse("64x0x1")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size: all three numbers must be at least 1, got 64x0x1");
  }
}
