package dev.fovea.benchmarks.kernels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The kernels that are measured, by name. Each is made when it is asked for: together they would need much memory. */
final class Probes {
  private final Map<String, Supplier<Probe>> makers = new LinkedHashMap<>();

  private Probes() {}

  /** All there are. */
  static Probes all() {
    Probes probes = new Probes();
    ConvolutionProbes.addTo(probes);
    MemoryProbes.addTo(probes);
    return probes;
  }

  void add(String name, Supplier<Probe> maker) {
    if (makers.put(name, maker) != null) {
      throw new IllegalArgumentException("probes: " + name + " twice");
    }
  }

  List<String> names() {
    return List.copyOf(makers.keySet());
  }

  /**
   * The kernel of this name.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  Probe named(String name) {
    Supplier<Probe> maker = makers.get(name);
    if (maker == null) {
      throw new IllegalArgumentException("kernel: expected one of " + String.join("; ", makers.keySet()) + "; got "
          + name);
    }
    return maker.get();
  }
}
