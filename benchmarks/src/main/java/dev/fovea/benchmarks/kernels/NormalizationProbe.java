package dev.fovea.benchmarks.kernels;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.BatchNormalizationOp;
import dev.fovea.core.ops.MomentsOp;
import java.util.function.ToDoubleFunction;

/** Batch normalization in training: moments of a batch, what is normalized by them, the way back through both. */
final class NormalizationProbe {
  private static final double EPSILON = 1e-3;

  private final Tensor x;
  private final Application moments;
  private final Application normalization;

  NormalizationProbe(Shape shape, MemoryFormat format) {
    Shape channels = Shape.of(shape.dim(1));
    x = Application.random(shape, format, 1L).withGrad();
    moments = Application.of(new MomentsOp(), x);
    normalization = Application.of(new BatchNormalizationOp(EPSILON), x, moments.out().withGrad(),
        Application.random(channels, MemoryFormat.PLAIN, 2L).withGrad(),
        Application.random(channels, MemoryFormat.PLAIN, 3L).withGrad());
  }

  /** Whether pictures of this shape can come in this format. */
  static boolean takes(MemoryFormat format, Shape shape) {
    Shape channels = Shape.of(shape.dim(1));
    return new MomentsOp().takes(format, shape)
        && new BatchNormalizationOp(EPSILON).takes(format, shape, channels.prepend(2), channels, channels);
  }

  /** Reads x for the moments and again for y, which it writes. */
  Probe forwardProbe() {
    return new Probe(0, 3 * Application.bytes(x), this::forward, () -> {
      forward();
      return Residual.of(normalization.out(), MemoryProbes.PLACES, place -> {
        Exact exact = new Exact(place[1]);
        return exact.normalized(place) * exact.weight + normalization.in()[3].get(place[1]);
      });
    }, MemoryProbes.BOUND);
  }

  /** Reads x and dy for the sums and again for dx, which it writes. */
  Probe backwardProbe() {
    forward();
    return new Probe(0, 5 * Application.bytes(x), this::backward, () -> {
      backward();
      return Residual.of(x.gradient(), MemoryProbes.PLACES / 10, place -> new Exact(place[1]).gradient(place));
    }, MemoryProbes.BOUND);
  }

  private void forward() {
    moments.forward();
    normalization.forward();
  }

  /** Both ways back add to the gradient of x. */
  private void backward() {
    for (Tensor each : normalization.in()) {
      each.zeroGrad();
    }
    normalization.op().backward(normalization.in(), normalization.out());
    moments.op().backward(moments.in(), moments.out());
  }

  /** One channel by the definition, in double precision. */
  private final class Exact {
    private final double mean;
    private final double deviation;
    private final double weight;

    private Exact(int channel) {
      mean = sum(channel, place -> x.get(place)) / count();
      deviation = Math.sqrt(sum(channel, place -> Math.pow(x.get(place) - mean, 2)) / count() + EPSILON);
      weight = normalization.in()[2].get(channel);
    }

    private double normalized(int[] place) {
      return (x.get(place) - mean) / deviation;
    }

    /** dx = (dy - mean(dy) - n mean(dy n)) weight / deviation, where n is x normalized (Ioffe and Szegedy 2015). */
    private double gradient(int[] place) {
      Tensor dy = normalization.out().gradient();
      double meanGradient = sum(place[1], each -> dy.get(each)) / count();
      double meanProduct = sum(place[1], each -> dy.get(each) * normalized(each)) / count();
      return (dy.get(place) - meanGradient - normalized(place) * meanProduct) * weight / deviation;
    }

    private double count() {
      return (double) x.shape().size() / x.shape().dim(1);
    }

    private double sum(int channel, ToDoubleFunction<int[]> term) {
      double sum = 0;
      int[] place = {0, channel, 0, 0};
      for (place[0] = 0; place[0] < x.shape().dim(0); place[0]++) {
        for (place[2] = 0; place[2] < x.shape().dim(2); place[2]++) {
          for (place[3] = 0; place[3] < x.shape().dim(3); place[3]++) {
            sum += term.applyAsDouble(place);
          }
        }
      }
      return sum;
    }
  }
}
