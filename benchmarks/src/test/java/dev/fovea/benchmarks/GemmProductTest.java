package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.benchmarks.GemmShape.Use;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GemmProductTest {
  @ParameterizedTest
  @EnumSource(Use.class)
  void residualIsSmallHoweverTheMatricesLie(Use use) {
    assertThat(new GemmProduct(new GemmShape(use, 9, 35, 300)).residual()).isBetween(1e-12, 1e-5);
  }
}
