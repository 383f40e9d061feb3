package dev.fovea.data.augment;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Brings each channel to mean 0 and deviation 1: (x - mean) / deviation. The only one here that is not random: what a
 * model is trained on in this way it must also be evaluated on, {@code test.augmented(Normalize.of(...), 0)}, and
 * predict from. A layer of the model, such as {@code Rescaling} or {@code BatchNormalization}, does the same and goes
 * with it.
 *
 * <p>It comes last: the others take values of 0..1.
 *
 * @param means the mean of each channel, or one for all
 * @param deviations the standard deviation of each channel, or one for all, above 0
 */
public record Normalize(List<Double> means, List<Double> deviations) implements Augmentation {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if there are not as many means as deviations or none at all, a mean is not finite
   *     or a deviation not above 0
   */
  public Normalize {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.isEmpty() || means.size() != deviations.size()) {
      throw new IllegalArgumentException("normalize: expected a mean and a deviation for each channel, got means "
          + means + " and deviations " + deviations);
    }
    for (int i = 0; i < means.size(); i++) {
      if (!(Math.abs(means.get(i)) <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException("normalize: a mean must be a finite number, got " + means.get(i));
      }
      Settings.aboveZero("normalize", "a deviation", deviations.get(i));
    }
  }

  /** By one mean and one deviation for all channels. */
  public static Normalize of(double mean, double deviation) {
    return new Normalize(List.of(mean), List.of(deviation));
  }

  /** By a mean and a deviation for each channel. */
  public static Normalize of(double[] means, double[] deviations) {
    return new Normalize(DoubleStream.of(means).boxed().toList(), DoubleStream.of(deviations).boxed().toList());
  }

  @Override
  public void requireFits(Shape sample) {
    Augmentation.super.requireFits(sample);
    if (means.size() > 1 && means.size() != sample.dim(0)) {
      throw new ShapeException("normalize: expected pictures of " + means.size()
          + " channels, as many as there are means, got samples of shape " + sample);
    }
  }

  @Override
  public void apply(Picture picture) {
    float[] pixels = picture.pixels();
    int plane = picture.height() * picture.width();
    for (int channel = 0; channel < picture.channels(); channel++) {
      int setting = means.size() == 1 ? 0 : channel;
      float mean = means.get(setting).floatValue();
      float deviation = deviations.get(setting).floatValue();
      int from = picture.offset() + channel * plane;
      for (int i = from; i < from + plane; i++) {
        pixels[i] = (pixels[i] - mean) / deviation;
      }
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return means.size() == 1 ? "Normalize.of(" + means.get(0) + ", " + deviations.get(0) + ")"
        : "Normalize.of(" + code(means) + ", " + code(deviations) + ")";
  }

  private static String code(List<Double> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", ", "new double[] {", "}"));
  }
}
