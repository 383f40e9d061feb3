package dev.fovea.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
  /** The sequence everyone who implements SplitMix64 publishes for the seed 1234567. */
  @Test
  void isSplitMix64() {
    assertThat(RandomSource.at(1234567, 0)).isEqualTo(6457827717110365317L);
    assertThat(RandomSource.at(1234567, 1)).isEqualTo(3203168211198807973L);
    assertThat(RandomSource.at(1234567, 2)).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
    assertThat(RandomSource.at(1234567, 3)).isEqualTo(4593380528125082431L);
    assertThat(RandomSource.at(1234567, 4)).isEqualTo(Long.parseUnsignedLong("16408922859458223821"));
  }

  /** These must never change: every seed in every README, test and paper stands on them. */
  @Test
  void firstValues() {
    RandomSource source = new RandomSource(42);
    assertThat(new long[] {source.bits(), source.bits()}).containsExactly(-7450291807549245335L, 2958219263312191191L);
    assertThat(source.uniform()).isEqualTo(0.16639780398145976);
    assertThat(source.below(1000)).isEqualTo(183);
    assertThat(new double[] {source.normal(), source.normal()})
        .containsExactly(-0.47413423597308735, -0.7458283855265652);
    assertThat(new RandomSource(42).permutation(10)).containsExactly(6, 7, 0, 9, 4, 3, 2, 8, 1, 5);
    assertThat(RandomSource.of(42, 7).bits()).isEqualTo(-4755292890296914633L);
  }

  @Test
  void startsAgain() {
    RandomSource source = RandomSource.of(3, 4);
    double[] first = {source.normal(), source.uniform()};
    source.normal();
    source.reset(3, 4);
    assertThat(new double[] {source.normal(), source.uniform()}).isEqualTo(first);
  }

  @Test
  void seedsAndPurposesDiffer() {
    long[] bits = new long[2000];
    for (int i = 0; i < 1000; i++) {
      bits[i] = RandomSource.of(i % 100, i / 100).bits();
      bits[1000 + i] = new RandomSource(i).bits();
    }
    assertThat(Arrays.stream(bits).distinct().count()).isEqualTo(2000);
  }

  @Test
  void uniformMoments() {
    RandomSource source = new RandomSource(5);
    int n = 1_000_000;
    double sum = 0;
    double squares = 0;
    double low = 1;
    double high = 0;
    for (int i = 0; i < n; i++) {
      double u = source.uniform();
      sum += u;
      squares += u * u;
      low = Math.min(low, u);
      high = Math.max(high, u);
    }
    assertThat(sum / n).isBetween(0.499, 0.501);
    assertThat(squares / n).isBetween(1 / 3.0 - 1e-3, 1 / 3.0 + 1e-3);
    assertThat(low).isBetween(0.0, 1e-4);
    assertThat(high).isBetween(0.9999, Math.nextDown(1.0));
    double stretched = source.uniform(-3, -2);
    assertThat(stretched).isBetween(-3.0, -2.0);
  }

  @Test
  void normalMoments() {
    RandomSource source = new RandomSource(6);
    int n = 1_000_000;
    double[] moments = new double[4];
    int beyondTwo = 0;
    for (int i = 0; i < n; i++) {
      double x = source.normal();
      double power = 1;
      for (int k = 0; k < 4; k++) {
        power *= x;
        moments[k] += power / n;
      }
      beyondTwo += Math.abs(x) > 2 ? 1 : 0;
    }
    assertThat(moments[0]).isBetween(-0.005, 0.005);
    assertThat(moments[1]).isBetween(0.99, 1.01);
    assertThat(moments[2]).isBetween(-0.02, 0.02);
    assertThat(moments[3]).isBetween(2.95, 3.05);
    assertThat((double) beyondTwo / n).isBetween(0.0445, 0.0465);
  }

  @Test
  void belowIsUniform() {
    RandomSource source = new RandomSource(7);
    int[] counts = new int[10];
    for (int i = 0; i < 100_000; i++) {
      counts[source.below(10)]++;
    }
    assertThat(Arrays.stream(counts).boxed()).allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
    assertThat(source.below(1)).isZero();
  }

  @Test
  void permutationsHoldEveryNumberOnce() {
    for (int n : new int[] {0, 1, 2, 1000}) {
      int[] order = new RandomSource(8).permutation(n);
      int[] sorted = order.clone();
      Arrays.sort(sorted);
      assertThat(sorted).isEqualTo(IntStream.range(0, n).toArray());
    }
  }

  /** Each of the six orders of three, about as often as the others. */
  @Test
  void permutationsAreUniform() {
    RandomSource source = new RandomSource(9);
    int[] counts = new int[27];
    for (int i = 0; i < 60_000; i++) {
      int[] order = source.permutation(3);
      counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    assertThat(Arrays.stream(counts).boxed().filter(count -> count > 0)).hasSize(6)
        .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new RandomSource(1).below(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("random: the bound must be at least 1, got 0");
  }
}
