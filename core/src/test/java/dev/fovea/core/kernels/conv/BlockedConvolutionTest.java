package dev.fovea.core.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.conv.winograd.Winograd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the driver adds to an algorithm: bias, activation, pooling, and the gradients through them. */
class BlockedConvolutionTest {
  static final Pointwise RELU = new Pointwise() {
    @Override
    public void value(int n, float[] y, int yOffset) {
      Kernels.get().relu(n, y, yOffset, y, yOffset);
    }

    @Override
    public void slope(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dz, int dzOffset) {
      Kernels.get().reluGrad(n, y, yOffset, dy, dyOffset, dz, dzOffset, false);
    }

    @Override
    public boolean isRelu() {
      return true;
    }
  };

  /** y = z^3, whose slope 3 y^(2/3) follows from y. */
  private static final Pointwise CUBE = new Pointwise() {
    @Override
    public void value(int n, float[] y, int yOffset) {
      for (int i = yOffset; i < yOffset + n; i++) {
        y[i] = y[i] * y[i] * y[i];
      }
    }

    @Override
    public void slope(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dz, int dzOffset) {
      for (int i = 0; i < n; i++) {
        double root = Math.cbrt(y[yOffset + i]);
        dz[dzOffset + i] = (float) (dy[dyOffset + i] * 3 * root * root);
      }
    }
  };

  private static Pointwise activation(String name) {
    return switch (name) {
      case "relu" -> RELU;
      case "cube" -> CUBE;
      default -> null;
    };
  }

  private static double value(String activation, double z) {
    return switch (activation) {
      case "relu" -> Math.max(z, 0);
      case "cube" -> z * z * z;
      default -> z;
    };
  }

  private static double slope(String activation, double z) {
    return switch (activation) {
      case "relu" -> z > 0 ? 1 : 0;
      case "cube" -> 3 * z * z;
      default -> 1;
    };
  }

  @ParameterizedTest
  @CsvSource({"none,false,NONE", "none,true,NONE", "relu,true,NONE", "cube,true,NONE",
      "none,false,MAXIMUM", "relu,true,MAXIMUM", "cube,true,MAXIMUM", "none,false,MEAN", "relu,true,MEAN"})
  void agreesWithTheDefinition(String activation, boolean withBias, Halving halving) {
    int[][] sizes = {{5, 13, 13, 20}, {3, 6, 7, 5}, {4, 21, 50, 17}, {2, 3, 3, 33}};
    for (int[] size : sizes) {
      ConvShape shape = ReferenceConvolution.shape(size[0], size[1], size[2], size[3], 1, 1, 1, 0);
      check(shape, 2, activation, withBias, halving);
    }
  }

  private static void check(ConvShape shape, int samples, String activation, boolean withBias, Halving halving) {
    boolean pool = halving != Halving.NONE;
    ReferenceConvolution reference = new ReferenceConvolution(shape, samples, 11);
    BlockedConvolution convolution =
        new BlockedConvolution(shape, new Winograd(shape, samples, 4), activation(activation), halving);
    double[] z = reference.z(withBias);
    int height = pool ? shape.outHeight() / 2 : shape.outHeight();
    int width = pool ? shape.outWidth() / 2 : shape.outWidth();
    assertThat(convolution.yHeight()).isEqualTo(height);
    assertThat(convolution.yWidth()).isEqualTo(width);
    int planes = samples * shape.filters();
    float[] gradient = ReferenceConvolution.random(planes * height * width, 12, 1);
    double[] y = new double[gradient.length];
    double[] dz = new double[z.length];
    for (int i = 0; i < y.length; i++) {
      int[] cells = switch (halving) {
        case NONE -> new int[] {i};
        case MAXIMUM -> new int[] {largest(z, shape, i, height, width)};
        case MEAN -> cells(shape, i, height, width);
      };
      for (int cell : cells) {
        y[i] += value(activation, z[cell]) / cells.length;
        dz[cell] = gradient[i] * slope(activation, z[cell]) / cells.length;
      }
    }
    float[] x = ReferenceConvolution.toBlocks(reference.x, samples, shape.channels(), shape.pixels());
    float[] blocks = new float[samples * Blocks.count(shape.filters()) * height * width * Blocks.WIDTH];
    int[] chosen = pool ? new int[convolution.choiceLength(blocks.length)] : null;
    float[] bias = withBias ? reference.bias : null;
    convolution.forward(x, reference.w, bias, blocks, chosen, true);
    String where = activation + ", " + halving + ", " + shape;
    assertThat(ReferenceConvolution.error(y,
        ReferenceConvolution.toPlanes(blocks, samples, shape.filters(), height * width))).as(where).isLessThan(3e-5);
    float[] dy = ReferenceConvolution.toBlocks(gradient, samples, shape.filters(), height * width);
    double[] dxExpected = reference.dx(dz);
    double[] dwExpected = reference.dw(dz);
    double[] dbExpected = reference.db(dz);
    for (boolean add : new boolean[] {false, true}) {
      float[] dx = new float[x.length];
      float[] dw = new float[reference.w.length];
      float[] db = new float[shape.filters()];
      convolution.backward(blocks, dy, chosen, x, reference.w, dx, add, dw, add, db, add);
      convolution.backward(blocks, dy, chosen, x, reference.w, dx, add, dw, add, db, add);
      int times = add ? 2 : 1;
      assertThat(ReferenceConvolution.error(times(dxExpected, times),
          ReferenceConvolution.toPlanes(dx, samples, shape.channels(), shape.pixels())))
          .as("dx, " + where).isLessThan(5e-5);
      assertThat(ReferenceConvolution.error(times(dwExpected, times), dw)).as("dw, " + where).isLessThan(5e-5);
      assertThat(ReferenceConvolution.error(times(dbExpected, times), db)).as("db, " + where).isLessThan(5e-5);
    }
    float[] predicted = new float[blocks.length];
    convolution.forward(x, reference.w, bias, predicted, null, false);
    assertThat(predicted).as("prediction, " + where).isEqualTo(blocks);
  }

  /** The four cells of z under output i. */
  private static int[] cells(ConvShape shape, int i, int height, int width) {
    int corner = i / (height * width) * shape.outPixels()
        + i / width % height * 2 * shape.outWidth() + i % width * 2;
    return new int[] {corner, corner + 1, corner + shape.outWidth(), corner + shape.outWidth() + 1};
  }

  /** The largest of them. */
  private static int largest(double[] z, ConvShape shape, int i, int height, int width) {
    int[] cells = cells(shape, i, height, width);
    int best = cells[0];
    for (int cell : cells) {
      best = z[cell] > z[best] ? cell : best;
    }
    return best;
  }

  private static double[] times(double[] values, int times) {
    return Arrays.stream(values).map(value -> value * times).toArray();
  }

  @Test
  void eachGradientAlone() {
    ConvShape shape = ReferenceConvolution.shape(4, 8, 8, 6, 1, 1, 1, 1);
    ReferenceConvolution reference = new ReferenceConvolution(shape, 2, 1);
    BlockedConvolution convolution = new BlockedConvolution(shape, new Winograd(shape, 2, 4), RELU, Halving.MAXIMUM);
    float[] x = ReferenceConvolution.toBlocks(reference.x, 2, 4, 64);
    float[] y = new float[2 * 16 * 16];
    int[] chosen = new int[convolution.choiceLength(y.length)];
    float[] dy = ReferenceConvolution.random(y.length, 2, 1);
    convolution.forward(x, reference.w, reference.bias, y, chosen, true);
    float[] dx = new float[x.length];
    float[] dw = new float[reference.w.length];
    float[] db = new float[6];
    convolution.backward(y, dy, chosen, x, reference.w, dx, false, dw, false, db, false);
    float[] dwAlone = new float[dw.length];
    convolution.backward(y, dy, chosen, x, reference.w, null, false, dwAlone, false, null, false);
    assertThat(dwAlone).isEqualTo(dw);
    float[] dbAlone = new float[6];
    convolution.backward(y, dy, chosen, null, reference.w, null, false, null, false, dbAlone, false);
    assertThat(dbAlone).isEqualTo(db);
    convolution.forward(x, reference.w, reference.bias, y, chosen, true);
    float[] dxAlone = new float[dx.length];
    convolution.backward(y, dy, chosen, null, reference.w, dxAlone, false, null, false, null, false);
    assertThat(dxAlone).isEqualTo(dx);
  }

  /** Packed filters are kept from prediction to prediction, and never longer than they are right. */
  @Test
  void filtersMayChangeBetweenPredictions() {
    ConvShape shape = ReferenceConvolution.shape(4, 8, 8, 6, 1, 1, 1, 1);
    ReferenceConvolution one = new ReferenceConvolution(shape, 1, 1);
    float[] other = ReferenceConvolution.random(one.w.length, 9, 1);
    float[] x = ReferenceConvolution.toBlocks(one.x, 1, 4, 64);
    BlockedConvolution kept = new BlockedConvolution(shape, new Winograd(shape, 1, 4), null, Halving.NONE);
    float[] w = one.w.clone();
    float[] first = predict(kept, x, w, false);
    assertThat(predict(kept, x, w, false)).isEqualTo(first);
    w[w.length - 1] = Math.nextUp(w[w.length - 1]);
    assertThat(predict(kept, x, w, false)).isNotEqualTo(first);
    w[w.length - 1] = one.w[w.length - 1];
    predict(kept, x, other, true);
    assertThat(predict(kept, x, w, false)).isEqualTo(first);
  }

  private static float[] predict(BlockedConvolution convolution, float[] x, float[] w, boolean training) {
    float[] y = new float[64 * 16];
    convolution.forward(x, w, null, y, null, training);
    return y;
  }

  @Test
  void notANumberStaysSo() {
    ConvShape shape = ReferenceConvolution.shape(1, 6, 6, 1, 1, 1, 1, 1);
    BlockedConvolution convolution = new BlockedConvolution(shape, new Winograd(shape, 1, 4), RELU, Halving.MAXIMUM);
    float[] x = new float[36 * 16];
    x[0] = Float.NaN;
    float[] y = new float[9 * 16];
    convolution.forward(x, ReferenceConvolution.random(9, 1, 1), null, y, new int[y.length], true);
    assertThat(y[0]).isNaN();
  }

  @Test
  void poolingRefusesRegionsThatPartAPairOfRows() {
    ConvShape shape = ReferenceConvolution.shape(1, 8, 8, 1, 1, 1, 1, 1);
    ConvAlgorithm odd = new Cut(new Winograd(shape, 1, 4), List.of(new Region(0, 1, 0, 3), new Region(0, 1, 3, 5)));
    assertThatThrownBy(() -> new BlockedConvolution(shape, odd, null, Halving.MAXIMUM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cut: pooling wants regions of whole pairs of rows, got rows 0 to 2 of 8");
    assertThat(new BlockedConvolution(shape, odd, null, Halving.NONE).scratchBytes(true)).isPositive();
  }

  @Test
  void meansRefuseActivationsWhoseSlopeIsNotTold() {
    ConvShape shape = ReferenceConvolution.shape(1, 8, 8, 1, 1, 1, 1, 1);
    assertThatThrownBy(() -> new BlockedConvolution(shape, new Winograd(shape, 1, 4), CUBE, Halving.MEAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("convolution: expected relu or no activation before average pooling, got another one");
  }

  /** Another algorithm, cut in another way. */
  private record Cut(ConvAlgorithm real, List<Region> regions) implements ConvAlgorithm {
    @Override
    public String name() {
      return "cut";
    }

    @Override
    public List<List<Region>> units() {
      return real.units();
    }

    @Override
    public void pack(float[] w, boolean backward) {
      real.pack(w, backward);
    }

    @Override
    public void forward(Region region, Blocks x, float[] start, float floor, Blocks z) {
      real.forward(region, x, start, floor, z);
    }

    @Override
    public void backward(Region region, Blocks x, Blocks dz, float[] partial, Blocks dx, boolean add) {
      real.backward(region, x, dz, partial, dx, add);
    }

    @Override
    public void finish(float[] partial) {
      real.finish(partial);
    }

    @Override
    public int partialLength() {
      return real.partialLength();
    }

    @Override
    public void weightGradient(List<float[]> partials, float[] dw, boolean add) {
      real.weightGradient(partials, dw, add);
    }

    @Override
    public long scratchBytes(boolean training) {
      return real.scratchBytes(training);
    }
  }
}
