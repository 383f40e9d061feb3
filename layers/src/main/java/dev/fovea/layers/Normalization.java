package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * y = (x - mean) / sqrt(variance), channel by channel, with numbers given as settings: how pictures come into the range
 * a network was trained with. Nothing is learned.
 *
 * @param mean the mean of each channel
 * @param variance the variance of each channel; {@link #ofDeviations} takes standard deviations
 */
public record Normalization(List<Double> mean, List<Double> variance) implements Layer {
  /** Checks that there is a finite mean and a positive variance for each channel. */
  public Normalization {
    mean = List.copyOf(mean);
    variance = List.copyOf(variance);
    if (mean.isEmpty() || mean.size() != variance.size()) {
      throw new IllegalArgumentException("normalization: expected a mean and a variance for each channel, got "
          + mean.size() + " and " + variance.size());
    }
    mean.forEach(value -> Settings.finite("normalization", "mean", value));
    variance.forEach(value -> Settings.positive("normalization", "variance", value));
  }

  /** For one channel. */
  public static Normalization of(double mean, double variance) {
    return new Normalization(List.of(mean), List.of(variance));
  }

  /** For a mean and a variance of each channel. */
  public static Normalization of(List<Double> mean, List<Double> variance) {
    return new Normalization(mean, variance);
  }

  /** For a mean and a standard deviation of each channel, as they are usually quoted. */
  public static Normalization ofDeviations(List<Double> mean, List<Double> deviation) {
    deviation.forEach(value -> Settings.positive("normalization", "deviation", value));
    return new Normalization(mean, deviation.stream().map(value -> value * value).toList());
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    Shape shape = input.shape();
    if (shape.rank() < 2 || shape.dim(1) != mean.size()) {
      throw new ShapeException("normalization: expected " + mean.size() + (mean.size() == 1 ? " channel" : " channels")
          + " on axis 0 of the samples, got " + shape.dropFirst());
    }
    List<Double> factors = variance.stream().map(value -> 1 / Math.sqrt(value)).toList();
    List<Double> offsets = new ArrayList<>();
    for (int c = 0; c < mean.size(); c++) {
      offsets.add(-mean.get(c) * factors.get(c));
    }
    return Ops.add(Ops.multiply(input, channels(factors, shape)), channels(offsets, shape));
  }

  /** One value a channel, to be stretched over [N, C, ...]. */
  private static Tensor channels(List<Double> values, Shape batch) {
    int[] lengths = new int[batch.rank() - 1];
    Arrays.fill(lengths, 1);
    lengths[0] = values.size();
    float[] floats = new float[values.size()];
    for (int c = 0; c < floats.length; c++) {
      floats[c] = values.get(c).floatValue();
    }
    return Tensor.wrap(Shape.of(lengths), floats);
  }

  @Override
  public String toString() {
    return mean.size() == 1 ? "Normalization.of(" + mean.get(0) + ", " + variance.get(0) + ")"
        : "Normalization.of(" + list(mean) + ", " + list(variance) + ")";
  }

  private static String list(List<Double> values) {
    String text = values.toString();
    return "List.of(" + text.substring(1, text.length() - 1) + ")";
  }
}
