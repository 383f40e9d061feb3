package dev.fovea.core.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.conv.ConvolutionPair.Places;
import dev.fovea.core.kernels.conv.direct.FewChannels;
import dev.fovea.core.kernels.conv.winograd.Winograd;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionPairTest {
  private static final int CHANNELS = 3;
  private static final int BETWEEN = 20;
  private static final int FILTERS = 17;
  private final ConvShape firstShape = ReferenceConvolution.shape(CHANNELS, 52, 51, BETWEEN, 0, 0, 0, 0);
  private final ConvShape secondShape = ReferenceConvolution.shape(BETWEEN, 50, 49, FILTERS, 0, 0, 0, 0);
  private final float[] w1 = ReferenceConvolution.random(BETWEEN * firstShape.depth(), 1, 0.3f);
  private final float[] b1 = ReferenceConvolution.random(BETWEEN, 2, 0.5f);
  private final float[] w2 = ReferenceConvolution.random(FILTERS * secondShape.depth(), 3, 0.1f);
  private final float[] b2 = ReferenceConvolution.random(FILTERS, 4, 0.5f);

  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  private BlockedConvolution first(int samples, boolean plain) {
    ConvAlgorithm algorithm =
        plain ? new FewChannels(firstShape, samples, true) : new Winograd(firstShape, samples, 4);
    return new BlockedConvolution(firstShape, algorithm, BlockedConvolutionTest.RELU, Halving.NONE);
  }

  private BlockedConvolution second(int samples, boolean pool) {
    return new BlockedConvolution(secondShape, new Winograd(secondShape, samples, 4), BlockedConvolutionTest.RELU,
        pool ? Halving.MAXIMUM : Halving.NONE);
  }

  /** Everything that a way forward and two back, the second adding up, give. */
  private record Results(float[] y, float[] dx, float[] dw1, float[] db1, float[] dw2, float[] db2) {}

  private Results room(int samples, BlockedConvolution last, boolean plain) {
    int x = samples * firstShape.pixels() * (plain ? CHANNELS : Blocks.WIDTH);
    return new Results(new float[samples * last.ySample()], plain ? null : new float[x], new float[w1.length],
        new float[BETWEEN], new float[w2.length], new float[FILTERS]);
  }

  private float[] x(int samples, boolean plain) {
    float[] x = ReferenceConvolution.random(samples * CHANNELS * firstShape.pixels(), 5, 1);
    return plain ? x : ReferenceConvolution.toBlocks(x, samples, CHANNELS, firstShape.pixels());
  }

  private float[] slopes(int samples, BlockedConvolution last) {
    float[] plain = ReferenceConvolution.random(samples * FILTERS * last.yHeight() * last.yWidth(), 6, 1);
    return ReferenceConvolution.toBlocks(plain, samples, FILTERS, last.yHeight() * last.yWidth());
  }

  private Results oneAfterTheOther(int samples, boolean plain, boolean pool) {
    BlockedConvolution first = first(samples, plain);
    BlockedConvolution second = second(samples, pool);
    Results r = room(samples, second, plain);
    float[] x = x(samples, plain);
    float[] h = new float[samples * first.ySample()];
    float[] dh = new float[h.length];
    int[] chosen = pool ? new int[second.choiceLength(r.y.length)] : null;
    first.forward(x, w1, b1, h, null, true);
    second.forward(h, w2, b2, r.y, chosen, true);
    for (boolean add : new boolean[] {false, true}) {
      second.backward(r.y, slopes(samples, second), chosen, h, w2, dh, false, r.dw2, add, r.db2, add);
      first.backward(h, dh, null, x, w1, r.dx, add, r.dw1, add, r.db1, add);
    }
    return r;
  }

  private Results paired(int samples, boolean plain, boolean pool, boolean again) {
    BlockedConvolution second = second(samples, pool);
    ConvolutionPair pair = new ConvolutionPair(first(samples, plain), second, again);
    Results r = room(samples, second, plain);
    float[] x = x(samples, plain);
    int[] chosen = pool ? new int[second.choiceLength(r.y.length)] : null;
    pair.forward(x, w1, b1, w2, b2, r.y, chosen, true);
    for (boolean add : new boolean[] {false, true}) {
      pair.backward(r.y, slopes(samples, second), chosen, x, w1, w2, r.dx, add,
          new Places(r.dw1, add, r.db1, add), new Places(r.dw2, add, r.db2, add));
    }
    return r;
  }

  @ParameterizedTest
  @CsvSource({"true,true,true", "true,false,false", "false,true,true", "false,false,false"})
  void givesTheBitsOfOneAfterTheOther(boolean plain, boolean pool, boolean again) {
    Results expected = oneAfterTheOther(2, plain, pool);
    assertThat(paired(2, plain, pool, again)).usingRecursiveComparison().isEqualTo(expected);
    Parallel.limit(1);
    assertThat(paired(2, plain, pool, again)).as("one thread").usingRecursiveComparison().isEqualTo(expected);
  }

  /** 9 samples: the first alone would take 1 in its last unit, the second in its first, and 2 to each other one. */
  @Test
  void cutsTheFirstIntoTheUnitsOfTheSecond() {
    Results expected = oneAfterTheOther(9, true, true);
    Results pair = paired(9, true, true, true);
    assertThat(pair.y).isEqualTo(expected.y);
    assertThat(pair.dw2).isEqualTo(expected.dw2);
    assertThat(ReferenceConvolution.error(doubles(expected.dw1), pair.dw1)).isLessThan(1e-5);
    assertThat(ReferenceConvolution.error(doubles(expected.db1), pair.db1)).isLessThan(1e-5);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  @Test
  void leavesOutWhatNobodyWants() {
    BlockedConvolution second = second(2, false);
    Results expected = oneAfterTheOther(2, true, false);
    Results r = room(2, second, true);
    ConvolutionPair pair = new ConvolutionPair(first(2, true), second, true);
    pair.forward(x(2, true), w1, b1, w2, b2, r.y, null, true);
    Places none = new Places(null, false, null, false);
    for (boolean add : new boolean[] {false, true}) {
      pair.backward(r.y, slopes(2, second), null, x(2, true), w1, w2, null, false,
          new Places(r.dw1, add, null, false), none);
    }
    assertThat(r.dw1).isEqualTo(expected.dw1);
    assertThat(r.dw2).containsOnly(0f);
  }

  @Test
  void whatIsKeptIsCounted() {
    long kept = new ConvolutionPair(first(3, true), second(3, true), false).scratchBytes(true);
    long again = new ConvolutionPair(first(3, true), second(3, true), true).scratchBytes(true);
    long sample = 4L * 2 * 16 * 50 * 49;
    assertThat(kept - again).isEqualTo(3 * sample - Math.min(3, Parallel.threads()) * sample);
  }

  @Test
  void refusesSmallPictures() {
    ConvShape small = ReferenceConvolution.shape(16, 10, 10, 16, 1, 1, 1, 1);
    BlockedConvolution convolution = new BlockedConvolution(small, new Winograd(small, 4, 4), null, Halving.NONE);
    assertThat(ConvolutionPair.fits(convolution, convolution)).isFalse();
    assertThatThrownBy(() -> new ConvolutionPair(convolution, convolution, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pair of convolutions: expected two that are computed sample by sample, got small pictures");
  }
}
