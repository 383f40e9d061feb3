package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.benchmarks.GemmShape.Use;
import org.junit.jupiter.api.Test;

class GemmReportTest {
  @Test
  void saysHowFastAndHowExact() {
    GemmReport.Line line = GemmReport.measure(new GemmShape(Use.PLAIN, 33, 17, 65), 0, 0);
    assertThat(line.gigaFlops()[0]).isPositive();
    assertThat(line.gigaFlops()[1]).isPositive();
    assertThat(line.residual()).isBetween(1e-12, 1e-5);
  }

  @Test
  void aLineHoldsEveryFigure() {
    GemmShape shape = new GemmShape(Use.FORWARD, 32, 128, 1600);
    double[] peaks = {100, 200};
    double[] roofs = {90, 200};
    assertThat(new GemmReport.Line(shape, new double[] {90, 150}, 3e-7).text(peaks, roofs)).isEqualTo(
        "gemm forward:32x128x1600       90.0 GFLOP/s  90 % roof 100 %   two threads  150.0 GFLOP/s  75 % roof  75 %"
            + "   residual 3.0e-07  PASS");
    assertThat(new GemmReport.Line(shape, new double[] {90, 150}, 2e-5).text(peaks, roofs))
        .endsWith("residual 2.0e-05  FAIL");
  }
}
