package dev.fovea.benchmarks;

import dev.fovea.core.Shape;
import dev.fovea.layers.Layer;
import dev.fovea.layers.Sequential;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A network with the shapes of batches it is measured on.
 *
 * @param name what it is called, here and by other frameworks' programs
 * @param sample one picture, {@code [C, H, W]}
 * @param classes how many classes the labels are of
 * @param trainingBatches batch sizes of training, in the order in which they are measured
 * @param inferenceBatches batch sizes of inference, in that order; 1 asks for the time of one picture
 * @param batches how many different batches are gone round
 * @param network the layers, which end in probabilities
 */
public record Workload(String name, Shape sample, int classes, List<Integer> trainingBatches,
    List<Integer> inferenceBatches, int batches, Supplier<List<Layer>> network) {

  /** Those that other frameworks are measured on too, with the same shapes, batches and networks. */
  public static final List<Workload> SHARED = List.of(
      new Workload("keras-mnist", Shape.of(1, 28, 28), 10, List.of(32, 128), List.of(128, 1), 64,
          Networks::mnistConvnet),
      new Workload("gap-224", Shape.of(3, 224, 224), 10, List.of(8), List.of(8), 8, Networks::pooledHead),
      new Workload("flatten-224", Shape.of(3, 224, 224), 10, List.of(8), List.of(8), 8, Networks::flattenHead),
      new Workload("lenet5", Shape.of(1, 28, 28), 10, List.of(64), List.of(), 64, Networks::leNet5));

  /** Those that only this project is measured on: other kinds of network, lest the four be all it is good at. */
  public static final List<Workload> OWN = List.of(
      new Workload("residual-32", Shape.of(3, 32, 32), 10, List.of(32), List.of(32), 16, Networks::residualBlock),
      new Workload("resnet-cifar", Shape.of(3, 32, 32), 10, List.of(128), List.of(128), 16, Networks::resNet20),
      new Workload("separable", Shape.of(3, 96, 96), 10, List.of(16), List.of(16), 8, Networks::mobileNet));

  /**
   * The workload of this name.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  public static Workload named(String name) {
    return all().filter(workload -> workload.name.equals(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("workload: expected one of " + String.join(", ", names())
            + ", got " + name));
  }

  /** The names of all workloads. */
  public static List<String> names() {
    return all().map(Workload::name).toList();
  }

  static Stream<Workload> all() {
    return Stream.concat(SHARED.stream(), OWN.stream());
  }

  /** Whether other frameworks are measured on it too. */
  public boolean shared() {
    return SHARED.contains(this);
  }

  /** The network with fresh weights. */
  public Sequential model() {
    return Sequential.of(sample, 1L, network.get());
  }
}
