package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The numbers are NumPy's own (2.4.6, on Linux with glibc 2.36). */
class NumpyRandomTest {
  private static long[] bits(long seed, int count) {
    NumpyRandom random = new NumpyRandom(seed);
    return LongStream.generate(() -> Integer.toUnsignedLong(random.bits())).limit(count).toArray();
  }

  /** {@code np.random.RandomState(seed).randint(0, 2**32, 10, dtype=np.uint64)}. */
  @Test
  void rawIntegersAreNumpys() {
    assertThat(bits(42, 10)).containsExactly(1608637542L, 3421126067L, 4083286876L, 787846414L, 3143890026L,
        3348747335L, 2571218620L, 2563451924L, 670094950L, 1914837113L);
    assertThat(bits(0, 3)).containsExactly(2357136044L, 2546248239L, 3071714933L);
    assertThat(bits(4294967293L, 3)).containsExactly(2275407651L, 2474766215L, 2885944181L);
  }

  /** {@code np.random.seed(42); [float(x).hex() for x in np.random.rand(3)]}. */
  @Test
  void uniformNumbersAreNumpysToTheBit() {
    NumpyRandom random = new NumpyRandom(42);
    assertThat(new double[] {random.rand(), random.rand(), random.rand()})
        .containsExactly(0x1.7f8771e5f51ecp-2, 0x1.e6c4068bbd654p-1, 0x1.76c7e8f1e6751p-1);
  }

  /** {@code np.random.seed(42); [float(x).hex() for x in (np.random.randn(3, 8) * 0.5).ravel()]}. */
  @Test
  void normalNumbersAreNumpysToTheBit() {
    assertThat(Arrays.stream(new NumpyRandom(42).randn(24)).map(x -> 0.5 * x).toArray()).containsExactly(
        0x1.fca2a28a9307cp-3, -0x1.1b2a505de052ap-4, 0x1.4b9dd50245e68p-2, 0x1.85e548e01aa2bp-1,
        -0x1.df8bcdf57a640p-4, -0x1.df8332670db3bp-4, 0x1.94474a8407408p-1, 0x1.88ed346f0d7f3p-2,
        -0x1.e0bde4b799e8bp-3, 0x1.15ca6e16a2d7dp-2, -0x1.da8a2aec11b70p-3, -0x1.dce842b16efe7p-3,
        0x1.ef89ea59ef970p-4, -0x1.e9ccbbeee35bep-1, -0x1.b994370eee412p-1, -0x1.1fe426aa13c63p-2,
        -0x1.0348e67a35179p-1, 0x1.41ca0d816861fp-3, -0x1.d0e88818b03f9p-2, -0x1.698cbc41413c7p-1,
        0x1.7734c1f9f0d41p-1, -0x1.ce63ce16698d9p-4, 0x1.1498746b135c6p-5, -0x1.6cbc4c10d2762p-1);
  }

  @Test
  void refusesSeedsThatNumpyRefuses() {
    assertThatThrownBy(() -> new NumpyRandom(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("numpy random: expected a seed from 0 to 4294967295, got -1");
    assertThatThrownBy(() -> new NumpyRandom(1L << 32)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("numpy random: expected a seed from 0 to 4294967295, got 4294967296");
  }
}
