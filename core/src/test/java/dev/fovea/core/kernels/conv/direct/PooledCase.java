package dev.fovea.core.kernels.conv.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.conv.BlockedConvolution;
import dev.fovea.core.kernels.conv.ConvAlgorithm;
import dev.fovea.core.kernels.conv.Halving;
import dev.fovea.core.kernels.conv.Pointwise;
import dev.fovea.core.kernels.conv.ReferenceConvolution;
import dev.fovea.core.kernels.conv.Region;
import java.util.Arrays;
import java.util.List;

/** A convolution that pools by itself, beside the same one whose sums are pooled when they are in memory. */
record PooledCase(ConvShape shape, int samples) {
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

  /** What a step gives. */
  record Result(float[] y, float[] predicted, float[] dw, float[] db) {}

  void check() {
    check(Halving.MAXIMUM);
    check(Halving.MEAN);
  }

  private void check(Halving halving) {
    for (boolean relu : new boolean[] {true, false}) {
      String where = halving + " of " + shape + ", " + samples + " samples" + (relu ? ", relu" : "");
      Result pooled = run(halving, relu, new FewChannels(shape, samples, true));
      Result behind = run(halving, relu, new Behind(new FewChannels(shape, samples, true)));
      if (shape.channels() == 1) {
        assertThat(pooled.y()).as(where).isEqualTo(behind.y());
      }
      assertThat(ReferenceConvolution.error(doubles(behind.y()), pooled.y())).as(where).isLessThan(1e-5);
      assertThat(pooled.predicted()).as("prediction, " + where).isEqualTo(pooled.y());
      assertThat(ReferenceConvolution.error(doubles(behind.db()), pooled.db())).as("db, " + where).isLessThan(1e-5);
      assertThat(ReferenceConvolution.error(doubles(behind.dw()), pooled.dw())).as("dw, " + where).isLessThan(1e-5);
    }
  }

  Result run(Halving halving, boolean relu, ConvAlgorithm algorithm) {
    BlockedConvolution convolution = new BlockedConvolution(shape, algorithm, relu ? RELU : null, halving);
    ReferenceConvolution problem = new ReferenceConvolution(shape, samples, 5);
    int blocks = Blocks.count(shape.filters());
    float[] y = new float[samples * blocks * convolution.yHeight() * convolution.yWidth() * Blocks.WIDTH];
    float[] predicted = new float[y.length];
    int[] chosen = new int[convolution.choiceLength(y.length)];
    convolution.forward(problem.x, problem.w, problem.bias, predicted, null, false);
    Arrays.fill(chosen, -1);
    convolution.forward(problem.x, problem.w, problem.bias, y, chosen, true);
    float[] dy = ReferenceConvolution.random(y.length, 6, 1);
    float[] dw = new float[problem.w.length];
    float[] db = new float[shape.filters()];
    convolution.backward(relu ? y : null, dy, chosen, problem.x, problem.w, null, false, dw, false, db, false);
    return new Result(planes(y, convolution), planes(predicted, convolution), dw, db);
  }

  /** Without the channels of padding, which may hold anything. */
  private float[] planes(float[] y, BlockedConvolution convolution) {
    return ReferenceConvolution.toPlanes(y, samples, shape.filters(), convolution.yHeight() * convolution.yWidth());
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** The same algorithm without its pooling. */
  private record Behind(ConvAlgorithm real) implements ConvAlgorithm {
    @Override
    public String name() {
      return "pooled behind";
    }

    @Override
    public boolean takesPlainInput() {
      return real.takesPlainInput();
    }

    @Override
    public List<Region> regions() {
      return real.regions();
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
