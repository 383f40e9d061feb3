package dev.fovea.train.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void fourDecimalsOrPowersOfTen() {
    assertThat(Numbers.text(0.04674)).isEqualTo("0.0467");
    assertThat(Numbers.text(-1.5)).isEqualTo("-1.5000");
    assertThat(Numbers.text(-0.0)).isEqualTo("0.0000");
    assertThat(Numbers.text(0.00005)).isEqualTo("0.0001");
    assertThat(Numbers.text(-0.00004)).isEqualTo("-4.0e-5");
    assertThat(Numbers.text(1e-12)).isEqualTo("1.0e-12");
    assertThat(Numbers.text(12345678)).isEqualTo("1.2e+7");
    assertThat(Numbers.text(Float.NaN)).isEqualTo("NaN");
    assertThat(Numbers.text(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    assertThat(Numbers.grouped(25_089_000)).isEqualTo("25,089,000");
  }

  @Test
  void roundedIsWhatIsPrinted() {
    assertThat(Numbers.rounded(0.04674f)).isEqualTo(0.0467);
    assertThat(Numbers.rounded(-0.000042)).isEqualTo(-4.2e-5);
    assertThat(Numbers.rounded(-0.0f)).isEqualTo(0.0);
    assertThat(Numbers.rounded(Float.POSITIVE_INFINITY)).isInfinite();
  }
}
