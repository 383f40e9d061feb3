package dev.fovea.benchmarks.kernels;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.conv.BlockedConvolution;
import dev.fovea.core.kernels.conv.ConvAlgorithm;
import dev.fovea.core.kernels.conv.Halving;
import dev.fovea.core.kernels.conv.winograd.Winograd;
import dev.fovea.core.ops.Conv2DOp;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Convolutions of the kinds that networks are made of, each with its three passes, by each algorithm it may run by. */
final class ConvolutionProbes {
  private static final int PLACES = 200;
  /** A weight's gradient is a sum over all pictures. */
  private static final int WEIGHT_PLACES = 20;
  private static final double FORWARD_BOUND = 1e-5;
  private static final double GRADIENT_BOUND = 5e-5;
  private static final Window2D THREE = Window2D.of(3);
  private static final Window2D THREE_SAME = THREE.withPadding(Padding.SAME);

  private static final List<ConvolutionCase> CASES = List.of(
      new ConvolutionCase(32, 1, 28, 32, THREE, 1), new ConvolutionCase(32, 32, 13, 64, THREE, 1),
      new ConvolutionCase(2, 3, 224, 32, THREE, 1), new ConvolutionCase(2, 32, 222, 32, THREE, 1),
      new ConvolutionCase(2, 64, 108, 64, THREE, 1), new ConvolutionCase(64, 6, 14, 16, Window2D.of(5), 1),
      new ConvolutionCase(16, 64, 32, 64, THREE_SAME, 1),
      new ConvolutionCase(16, 32, 32, 64, THREE_SAME.withStride(2), 1),
      new ConvolutionCase(16, 128, 24, 128, Window2D.of(1), 1),
      new ConvolutionCase(16, 128, 24, 128, THREE_SAME, 128));

  private ConvolutionProbes() {}

  /** Adds all of them. */
  static void addTo(Probes probes) {
    CASES.forEach(each -> of(each).forEach(probes::add));
  }

  /** The passes of one convolution, by name. */
  static Map<String, Supplier<Probe>> of(ConvolutionCase each) {
    Map<String, Supplier<Probe>> makers = new LinkedHashMap<>();
    List<ConvAlgorithm> algorithms = algorithms(each);
    if (algorithms.isEmpty()) {
      add(makers, each, "plain", () -> plain(each));
    }
    for (int i = 0; i < algorithms.size(); i++) {
      int which = i;
      add(makers, each, algorithms.get(i).name(), () -> blocked(each, algorithms(each).get(which)));
    }
    return makers;
  }

  /** Those that take this convolution. */
  private static List<ConvAlgorithm> algorithms(ConvolutionCase each) {
    List<ConvAlgorithm> algorithms = new ArrayList<>();
    if (Winograd.fits(each.measures())) {
      algorithms.add(new Winograd(each.measures(), each.samples(), 4));
      algorithms.add(new Winograd(each.measures(), each.samples(), 2));
    }
    return algorithms;
  }

  /** The same arrays and three ways to work on them. */
  private record Arrays(Tensor x, Tensor w, Tensor y, Tensor dy, Tensor dx, Tensor dw, Runnable forward,
      Runnable inputGradient, Runnable weightGradient) {}

  private static Arrays plain(ConvolutionCase each) {
    Tensor x = Application.random(each.input(), MemoryFormat.PLAIN, 1L);
    Tensor w = Application.random(each.weights(), MemoryFormat.PLAIN, 2L);
    Application toInput = Application.of(new Conv2DOp(each.window(), each.groups(), null), x.detach().withGrad(), w);
    Application toWeights = Application.of(new Conv2DOp(each.window(), each.groups(), null), x, w.detach().withGrad());
    Tensor dx = of(toInput.in()[0]);
    Tensor dw = of(toWeights.in()[1]);
    return new Arrays(x, w, toInput.out(), toInput.out().gradient(), dx, dw, toInput::forward, toInput::backward,
        toWeights::backward);
  }

  /** A tensor whose values are the gradient of this one. */
  private static Tensor of(Tensor tensor) {
    return Tensor.wrap(tensor.shape(), tensor.grad());
  }

  private static Arrays blocked(ConvolutionCase each, ConvAlgorithm algorithm) {
    BlockedConvolution conv = new BlockedConvolution(each.measures(), algorithm, null, Halving.NONE);
    MemoryFormat format = algorithm.takesPlainInput() ? MemoryFormat.PLAIN : MemoryFormat.BLOCKED;
    Tensor x = Application.random(each.input(), format, 1L);
    Tensor w = Application.random(each.weights(), MemoryFormat.PLAIN, 2L);
    Tensor y = Application.random(each.output(), MemoryFormat.BLOCKED, 3L);
    Tensor dy = Application.random(each.output(), MemoryFormat.BLOCKED, 4L);
    Tensor dx = Application.random(each.input(), format, 5L);
    Tensor dw = Application.random(each.weights(), MemoryFormat.PLAIN, 6L);
    conv.forward(x.data(), w.data(), null, y.data(), null, true);
    return new Arrays(x, w, y, dy, dx, dw,
        () -> conv.forward(x.data(), w.data(), null, y.data(), null, true),
        () -> conv.backward(y.data(), dy.data(), null, x.data(), w.data(), dx.data(), false, null, false, null, false),
        () -> conv.backward(y.data(), dy.data(), null, x.data(), w.data(), null, false, dw.data(), false, null, false));
  }

  private static void add(Map<String, Supplier<Probe>> makers, ConvolutionCase each, String algorithm,
      Supplier<Arrays> maker) {
    String name = each + " " + algorithm;
    makers.put(name + ": forward", () -> {
      Arrays arrays = maker.get();
      return probe(each, arrays.forward, FORWARD_BOUND, arrays.y, PLACES, exact(each, arrays)::value);
    });
    makers.put(name + ": gradient of input", () -> {
      Arrays arrays = maker.get();
      return probe(each, arrays.inputGradient, GRADIENT_BOUND, arrays.dx, PLACES, exact(each, arrays)::inputGradient);
    });
    makers.put(name + ": gradient of weights", () -> {
      Arrays arrays = maker.get();
      return probe(each, arrays.weightGradient, GRADIENT_BOUND, arrays.dw, WEIGHT_PLACES,
          exact(each, arrays)::weightGradient);
    });
  }

  private static ConvolutionReference exact(ConvolutionCase each, Arrays arrays) {
    return new ConvolutionReference(each.window(), each.groups(), arrays.x, arrays.w, arrays.dy);
  }

  private static Probe probe(ConvolutionCase each, Runnable body, double bound, Tensor result, int places,
      ToDoubleFunction<int[]> exact) {
    DoubleSupplier residual = () -> {
      body.run();
      return Residual.of(result, places, exact);
    };
    // Depthwise convolutions compute little for what they read.
    double bytes = (double) Float.BYTES * (each.input().elements() + each.output().elements());
    return new Probe(each.groups() > 1 ? 0 : each.operations(), bytes, body, residual, bound);
  }
}
