package dev.fovea.benchmarks.kernels;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Conv2DOp;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Convolutions of the kinds that networks are made of, each with its three passes. */
final class ConvolutionProbes {
  private static final double BOUND = 1e-4;
  private static final int PLACES = 200;
  /** A weight's gradient is a sum over all pictures. */
  private static final int WEIGHT_PLACES = 20;
  private static final Window2D THREE = Window2D.of(3);
  private static final Window2D THREE_SAME = THREE.withPadding(Padding.SAME);

  private static final List<Case> CASES = List.of(
      new Case(32, 1, 28, 32, THREE, 1), new Case(32, 32, 13, 64, THREE, 1),
      new Case(2, 3, 224, 32, THREE, 1), new Case(2, 32, 222, 32, THREE, 1), new Case(2, 64, 108, 64, THREE, 1),
      new Case(64, 6, 14, 16, Window2D.of(5), 1), new Case(16, 64, 32, 64, THREE_SAME, 1),
      new Case(16, 32, 32, 64, THREE_SAME.withStride(2), 1), new Case(16, 128, 24, 128, Window2D.of(1), 1),
      new Case(16, 128, 24, 128, THREE_SAME, 128));

  private ConvolutionProbes() {}

  /** A convolution on square pictures. */
  record Case(int samples, int channels, int size, int filters, Window2D window, int groups) {
    @Override
    public String toString() {
      return (groups == 1 ? "conv " : "depthwise ") + channels + "->" + filters + " "
          + window.kernelHeight() + "x" + window.kernelWidth()
          + (window.strideHeight() == 1 ? "" : " stride " + window.strideHeight()) + " at " + size + "x" + size;
    }
  }

  private enum Pass {
    FORWARD("forward"), INPUT("gradient of input"), WEIGHT("gradient of weights");

    private final String words;

    Pass(String words) {
      this.words = words;
    }
  }

  /** Adds all of them. */
  static void addTo(Probes probes) {
    for (Case each : CASES) {
      for (Pass pass : Pass.values()) {
        probes.add(each + ": " + pass.words, () -> probe(each, pass));
      }
    }
  }

  /** The three passes of one convolution. */
  static List<Probe> of(Case each) {
    return Arrays.stream(Pass.values()).map(pass -> probe(each, pass)).toList();
  }

  private static Probe probe(Case each, Pass pass) {
    Window2D window = each.window;
    Tensor x = Application.random(Shape.of(each.samples, each.channels, each.size, each.size), MemoryFormat.PLAIN, 1L);
    Tensor w = Application.random(Shape.of(each.filters, each.channels / each.groups, window.kernelHeight(),
        window.kernelWidth()), MemoryFormat.PLAIN, 2L);
    Application conv = Application.of(new Conv2DOp(window, each.groups, null),
        pass == Pass.INPUT ? x.withGrad() : x, pass == Pass.WEIGHT ? w.withGrad() : w);
    ConvolutionReference exact = new ConvolutionReference(window, each.groups, x, w, conv.out().gradient());
    Runnable body = pass == Pass.FORWARD ? conv::forward : conv::backward;
    DoubleSupplier residual = () -> {
      body.run();
      return switch (pass) {
        case FORWARD -> Residual.of(conv.out(), PLACES, exact::value);
        case INPUT -> Residual.of(x.gradient(), PLACES, exact::inputGradient);
        case WEIGHT -> Residual.of(w.gradient(), WEIGHT_PLACES, exact::weightGradient);
      };
    };
    // Depthwise convolutions compute little for what they read.
    double operations = each.groups > 1 ? 0 : 2.0 * conv.out().shape().elements() * w.shape().size() / each.filters;
    return new Probe(each + ": " + pass.words, operations, Application.bytes(x) + Application.bytes(conv.out()), body,
        residual, BOUND);
  }
}
