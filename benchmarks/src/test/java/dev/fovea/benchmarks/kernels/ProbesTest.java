package dev.fovea.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Conv2DOp;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

class ProbesTest {
  private static final Shape PICTURES = Shape.of(2, 3, 6, 8);

  static Stream<ConvolutionCase> convolutions() {
    Window2D same = Window2D.of(3).withPadding(Padding.SAME);
    return Stream.of(
        new ConvolutionCase(2, 3, 9, 5, Window2D.of(3), 1),
        new ConvolutionCase(2, 4, 8, 6, same.withStride(2), 1),
        new ConvolutionCase(3, 2, 7, 4, Window2D.of(5).withPadding(Padding.of(2)), 1),
        new ConvolutionCase(2, 5, 6, 3, Window2D.of(1), 1),
        new ConvolutionCase(2, 4, 6, 4, same, 4),
        new ConvolutionCase(2, 4, 7, 8, same.withStride(2), 2));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolutionsAgreeWithTheirDefinition(ConvolutionCase each) {
    Map<String, Supplier<Probe>> probes = ConvolutionProbes.of(each);
    assertThat(probes).hasSizeGreaterThanOrEqualTo(3).allSatisfy((name, maker) -> {
      Probe probe = maker.get();
      assertThat(probe.residual().getAsDouble()).isPositive().isLessThan(probe.bound());
    });
  }

  @ParameterizedTest
  @EnumSource
  void poolingAgreesWithItsDefinition(MemoryFormat format) {
    assertThat(List.of(MemoryProbes.maximumForward(PICTURES, format), MemoryProbes.maximumBackward(PICTURES, format),
        MemoryProbes.averageForward(PICTURES, format), MemoryProbes.averageBackward(PICTURES, format)))
        .allSatisfy(probe -> assertThat(probe.residual().getAsDouble()).isLessThan(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void batchNormalizationAgreesWithItsDefinition(MemoryFormat format) {
    assumeTrue(NormalizationProbe.takes(format, PICTURES));
    NormalizationProbe normalization = new NormalizationProbe(PICTURES, format);
    assertThat(normalization.forwardProbe().residual().getAsDouble()).isPositive().isLessThan(1e-6);
    assertThat(normalization.backwardProbe().residual().getAsDouble()).isPositive().isLessThan(1e-5);
  }

  @Test
  void adamAgreesWithItsDefinition() {
    assertThat(MemoryProbes.adam(1000).residual().getAsDouble()).isPositive().isLessThan(1e-6);
  }

  @Test
  void residualSeesWhatIsWrong() {
    Tensor x = Application.random(Shape.of(1, 1, 4, 4), MemoryFormat.PLAIN, 1L);
    Tensor w = Application.random(Shape.of(1, 1, 3, 3), MemoryFormat.PLAIN, 2L);
    Application conv = Application.of(new Conv2DOp(Window2D.of(3), 1, null), x, w);
    ConvolutionReference other =
        new ConvolutionReference(Window2D.of(3), 1, x, w.detach(), conv.out().gradient());
    conv.forward();
    assertThat(Residual.of(conv.out(), 50, other::value)).isLessThan(1e-6);
    conv.out().data()[3] += 0.1f;
    assertThat(Residual.of(conv.out(), 50, other::value)).isGreaterThan(0.01);
  }

  @Test
  void countsOperationsWhereItComputesAndBytesWhereItDoesNot() {
    Probe dense = first(new ConvolutionCase(2, 3, 9, 5, Window2D.of(3), 1));
    assertThat(dense.operations()).isEqualTo(2.0 * 2 * 5 * 7 * 7 * 3 * 9);
    Probe depthwise = first(new ConvolutionCase(2, 4, 6, 4, Window2D.of(3), 4));
    assertThat(depthwise.operations()).isZero();
    assertThat(depthwise.bytes()).isEqualTo(4.0 * 2 * 4 * (6 * 6 + 4 * 4));
  }

  private static Probe first(ConvolutionCase each) {
    return ConvolutionProbes.of(each).values().iterator().next().get();
  }

  @Test
  void theLineSaysSpeedShareAndResidual() {
    MachinePeak peak = new MachinePeak(100, 10);
    Probe probe = new Probe(5e6, 0, () -> {}, () -> 2e-6, 1e-5);
    assertThat(KernelReport.line("conv", probe, peak, 0, 0))
        .matches("conv {59} +\\d+\\.\\d{3} ms +\\d+\\.\\d GFLOP/s +\\d+ %  residual 2\\.0e-06  PASS");
    Probe wrong = new Probe(0, 1e6, () -> {}, () -> Double.NaN, 1e-5);
    assertThat(KernelReport.line("pool", wrong, peak, 0, 0)).contains(" GB/s ").endsWith("residual NaN  FAIL");
  }

  @Test
  void benchmarksAreAmongThem() throws NoSuchFieldException {
    String[] names = KernelBenchmark.class.getField("kernel").getAnnotation(Param.class).value();
    assertThat(Probes.all().names()).contains(names);
    assertThatThrownBy(() -> Probes.all().named("conv")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("kernel: expected one of conv 1->32 3x3 at 28x28 winograd 4x4: forward; ")
        .hasMessageEndingWith("; got conv");
  }
}
