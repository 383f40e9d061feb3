package dev.fovea.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a model is as often right as it is sure: samples are sorted into bins by the probability of the class that
 * was chosen, and in each the mean probability is set against the share that is right (Guo, Pleiss, Sun and Weinberger,
 * "On calibration of modern neural networks", ICML 2017).
 *
 * @param bins from the least sure to the surest, all of one width from 0 to 1; the upper end belongs to a bin
 */
public record Calibration(List<Bin> bins) {
  /** Copies the list. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Samples of about one probability.
   *
   * @param from the lower end (exclusive, but for 0)
   * @param to the upper end (inclusive)
   * @param samples how many there are
   * @param confidence the mean probability of the chosen class; NaN if there are no samples
   * @param accuracy the share that is right; NaN if there are no samples
   */
  public record Bin(double from, double to, long samples, double confidence, double accuracy) {}

  /** The bins of samples with these probabilities of the chosen class, right or not. */
  static Calibration of(int bins, float[] confidences, boolean[] right) {
    long[] samples = new long[bins];
    double[] sums = new double[bins];
    long[] hits = new long[bins];
    for (int i = 0; i < confidences.length; i++) {
      int bin = (int) Math.min(bins - 1, Math.max(0, Math.ceil((double) confidences[i] * bins) - 1));
      samples[bin]++;
      sums[bin] += confidences[i];
      hits[bin] += right[i] ? 1 : 0;
    }
    List<Bin> all = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      all.add(new Bin((double) bin / bins, (bin + 1.0) / bins, samples[bin], sums[bin] / samples[bin],
          (double) hits[bin] / samples[bin]));
    }
    return new Calibration(all);
  }

  /**
   * The expected calibration error: the mean over all samples of how far their bin's accuracy is from its confidence;
   * 0 is best.
   */
  public double error() {
    double sum = 0;
    long samples = 0;
    for (Bin bin : bins) {
      samples += bin.samples;
      sum += bin.samples == 0 ? 0 : bin.samples * Math.abs(bin.accuracy - bin.confidence);
    }
    return sum / samples;
  }
}
