package dev.fovea.core.kernels.conv.winograd;

import static dev.fovea.core.kernels.conv.ReferenceConvolution.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.conv.BlockedConvolution;
import dev.fovea.core.kernels.conv.Halving;
import dev.fovea.core.kernels.conv.ReferenceConvolution;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WinogradTest {
  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  /** Largest errors, relative to the largest value, and what they may be. */
  private record Bounds(double value, double gradient) {
    static Bounds of(int outputs) {
      return outputs == 4 ? new Bounds(1e-5, 5e-5) : new Bounds(1e-6, 1e-5);
    }
  }

  /** Outputs, dx and dw, each once overwritten and once added to what was there. */
  private static void agrees(ConvShape shape, int samples, int outputs, long seed) {
    ReferenceConvolution reference = new ReferenceConvolution(shape, samples, seed);
    BlockedConvolution convolution =
        new BlockedConvolution(shape, new Winograd(shape, samples, outputs), null, Halving.NONE);
    float[] x = ReferenceConvolution.toBlocks(reference.x, samples, shape.channels(), shape.pixels());
    float[] y = new float[samples * Blocks.count(shape.filters()) * shape.outPixels() * Blocks.WIDTH];
    Arrays.fill(y, 77f);
    convolution.forward(x, reference.w, null, y, null, true);
    String where = "F(" + outputs + "), seed " + seed + ", " + samples + " samples of " + shape;
    Bounds bounds = Bounds.of(outputs);
    assertThat(ReferenceConvolution.error(reference.z(false),
        ReferenceConvolution.toPlanes(y, samples, shape.filters(), shape.outPixels())))
        .as(where).isLessThan(bounds.value);
    float[] gradient = ReferenceConvolution.random(samples * shape.filters() * shape.outPixels(), seed + 3, 1);
    double[] dz = widened(gradient);
    double[] inputGradient = reference.dx(dz);
    double[] weightGradient = reference.dw(dz);
    float[] dy = ReferenceConvolution.toBlocks(gradient, samples, shape.filters(), shape.outPixels());
    for (boolean add : new boolean[] {false, true}) {
      float[] dx = new float[x.length];
      float[] dw = new float[reference.w.length];
      Arrays.fill(dx, 0.5f);
      Arrays.fill(dw, 0.25f);
      convolution.backward(null, dy, null, x, reference.w, dx, add, dw, add, null, false);
      assertThat(ReferenceConvolution.error(plus(inputGradient, add ? 0.5 : 0),
          ReferenceConvolution.toPlanes(dx, samples, shape.channels(), shape.pixels())))
          .as("dx, add " + add + ", " + where).isLessThan(bounds.gradient);
      assertThat(ReferenceConvolution.error(plus(weightGradient, add ? 0.25 : 0), dw))
          .as("dw, add " + add + ", " + where).isLessThan(bounds.gradient);
    }
  }

  static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  private static double[] plus(double[] values, double start) {
    return Arrays.stream(values).map(value -> value + start).toArray();
  }

  /** Sums over many channels lose no more digits than sums over few. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void deepLayers(int outputs) {
    agrees(shape(512, 7, 7, 48, 1, 1, 1, 1), 1, outputs, 11);
    agrees(shape(40, 6, 9, 300, 1, 1, 1, 1), 1, outputs, 12);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void awkwardSizes(int outputs) {
    Random random = new Random(7);
    for (int i = 0; i < 30; i++) {
      int largest = i % 5 == 0 ? 70 : 20;
      ConvShape shape = shape(1 + random.nextInt(largest), 3 + random.nextInt(28), 3 + random.nextInt(28),
          1 + random.nextInt(largest), random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
      agrees(shape, i % 5 == 0 ? 1 : 1 + random.nextInt(5), outputs, i);
    }
  }

  @ParameterizedTest
  @CsvSource({"2,3,3", "4,3,3", "2,5,3", "4,6,7", "4,1,4", "2,2,1"})
  void smallestPictures(int outputs, int height, int width) {
    agrees(shape(5, height, width, 3, 1, 1, 1, 1), 3, outputs, 1);
  }

  /** Rows that are longer than what is done at a time, many samples in one region, many regions in one sample. */
  @ParameterizedTest
  @CsvSource({"4,1,7,500", "2,1,6,300", "4,30,3,3", "4,2,40,50", "2,2,40,50"})
  void cutsOfEveryKind(int outputs, int samples, int height, int width) {
    agrees(shape(3, height, width, 18, 0, 1, 1, 0), samples, outputs, 2);
  }

  /** One or two outputs behind the last whole tile, in one direction, the other, and both; beside three. */
  @ParameterizedTest
  @CsvSource({"10,10", "9,8", "8,5", "6,11", "11,10", "2,2", "1,14", "30,13"})
  void lowTiles(int outHeight, int outWidth) {
    agrees(shape(20, outHeight + 2, outWidth + 2, 40, 0, 0, 0, 0), 5, 4, 4);
    agrees(shape(3, outHeight, outWidth, 17, 1, 1, 1, 1), 2, 4, 5);
    agrees(shape(70, outHeight + 2, outWidth + 2, 90, 0, 0, 0, 0), 1, 4, 6);
  }

  /** Outputs that do not reach the last rows and columns: nobody reads those pixels, so their gradient is 0. */
  @Test
  void pixelsThatNoOutputReadsGetNoGradient() {
    agrees(new ConvShape(4, 20, 19, 5, 1, 3, 3, 1, 1, 1, 1, 0, 0, 9, 8), 2, 4, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void threadsDoNotChangeABit(int outputs) {
    for (ConvShape shape : new ConvShape[] {shape(20, 13, 13, 40, 0, 0, 0, 0), shape(3, 50, 61, 20, 1, 1, 1, 1)}) {
      float[][] many = results(shape, 9, outputs);
      Parallel.limit(1);
      assertThat(results(shape, 9, outputs)).isDeepEqualTo(many);
      Parallel.limit(Integer.MAX_VALUE);
    }
  }

  /** One region and one unit: the threads share its panels of channels. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void threadsThatShareASampleDoNotChangeABit(int outputs) {
    ConvShape shape = shape(70, 8, 7, 65, 1, 1, 1, 1);
    assertThat(new Winograd(shape, 1, outputs).units()).hasSize(1);
    float[][] many = results(shape, 1, outputs);
    Parallel.limit(1);
    assertThat(results(shape, 1, outputs)).isDeepEqualTo(many);
  }

  private static float[][] results(ConvShape shape, int samples, int outputs) {
    ReferenceConvolution inputs = new ReferenceConvolution(shape, samples, 5);
    BlockedConvolution convolution =
        new BlockedConvolution(shape, new Winograd(shape, samples, outputs), null, Halving.NONE);
    float[] x = ReferenceConvolution.toBlocks(inputs.x, samples, shape.channels(), shape.pixels());
    float[] y = new float[samples * Blocks.count(shape.filters()) * shape.outPixels() * Blocks.WIDTH];
    float[] dx = new float[x.length];
    float[] dw = new float[inputs.w.length];
    float[] db = new float[shape.filters()];
    convolution.forward(x, inputs.w, inputs.bias, y, null, true);
    convolution.backward(null, y, null, x, inputs.w, dx, false, dw, false, db, false);
    return new float[][] {y, dx, dw, db};
  }

  @Test
  void channelsThatFillUpABlockStayZero() {
    ConvShape shape = shape(3, 9, 9, 5, 1, 1, 1, 1);
    ReferenceConvolution inputs = new ReferenceConvolution(shape, 1, 6);
    BlockedConvolution convolution = new BlockedConvolution(shape, new Winograd(shape, 1, 4), null, Halving.NONE);
    float[] x = ReferenceConvolution.toBlocks(inputs.x, 1, 3, 81);
    float[] y = new float[81 * 16];
    float[] dx = new float[81 * 16];
    Arrays.fill(y, 7f);
    Arrays.fill(dx, 7f);
    convolution.forward(x, inputs.w, inputs.bias, y, null, true);
    convolution.backward(null, y, null, x, inputs.w, dx, false, null, false, null, false);
    for (int i = 0; i < y.length; i++) {
      assertThat(i % 16 < 5 || y[i] == 0).as("y[%d] = %s", i, y[i]).isTrue();
      assertThat(i % 16 < 3 || dx[i] == 0).as("dx[%d] = %s", i, dx[i]).isTrue();
    }
  }

  @Test
  void says() {
    ConvShape shape = shape(3, 9, 9, 5, 1, 1, 1, 1);
    assertThat(new Winograd(shape, 1, 4).name()).isEqualTo("winograd 4x4");
    assertThat(new Winograd(shape, 1, 2).name()).isEqualTo("winograd 2x2");
    assertThat(new Winograd(shape, 1, 4).scratchBytes(true)).isPositive();
  }

  @Test
  void refusesWhatItCannotDo() {
    ConvShape strided = new ConvShape(1, 9, 9, 1, 1, 3, 3, 2, 1, 1, 1, 0, 0, 4, 7);
    assertThat(Winograd.fits(strided)).isFalse();
    assertThatThrownBy(() -> new Winograd(strided, 1, 4)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("winograd: expected a 3x3 convolution of stride 1, dilation 1 and one group, got " + strided);
    assertThatThrownBy(() -> new Winograd(shape(1, 9, 9, 1, 0, 0, 0, 0), 1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("winograd: expected tiles of 2 or 4 outputs, got 3");
  }
}
