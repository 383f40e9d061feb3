package dev.fovea.data;

import dev.fovea.core.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data set cut in three: to train with, to choose by while training, and to test with in the end.
 *
 * @param train the samples to train with
 * @param validation the samples that decide when to stop and which settings are best
 * @param test the samples that say how good the result is
 */
public record Split(Dataset train, Dataset validation, Dataset test) {
  private static final Logger LOG = LoggerFactory.getLogger(Split.class);
  /** Keeps the cuts apart from what else a program draws under the same seed. */
  private static final long CUTS = 0x73706c697473L;
  /** So many names are given where there may be thousands. */
  private static final int NAMED = 5;

  /**
   * Cuts every class by itself, as {@link #stratified} does.
   *
   * @param validationShare the share of the samples for validation, above 0
   * @param testShare the share for the test, above 0; train gets what is left
   * @throws IllegalArgumentException if the shares leave nothing to train with, or a part would have no samples
   * @throws IllegalStateException if the targets are no classes
   */
  public static Split of(Dataset data, double validationShare, double testShare, long seed) {
    List<Dataset> parts = stratified(data, seed, 1 - validationShare - testShare, validationShare, testShare);
    return new Split(parts.get(0), parts.get(1), parts.get(2));
  }

  /**
   * Cuts a data set into parts, every class by itself, so that all parts have the classes in the same proportions.
   * Which samples go where depends on the seed, the shares and the number of samples of each class alone; within a part
   * they keep their order.
   *
   * <p>Of a class of n samples every part but the first gets its share of n, rounded, but at least one sample as long
   * as the first keeps one: of two samples each of the first two parts gets one. A single sample goes to the first
   * part, which is the one to train with; the log warns of it.
   *
   * @param shares the share of each part, above 0, 1 in all
   * @throws IllegalArgumentException if the shares are others, or a part would have no samples
   * @throws IllegalStateException if the targets are no classes
   */
  public static List<Dataset> stratified(Dataset data, long seed, double... shares) {
    checkShares(shares);
    List<List<Integer>> samplesOf = samplesByClass(data);
    List<List<Integer>> parts = Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
        .limit(shares.length).toList();
    for (int label = 0; label < samplesOf.size(); label++) {
      List<Integer> samples = samplesOf.get(label);
      int[] order = RandomSource.of(seed ^ CUTS, label).permutation(samples.size());
      int from = 0;
      for (int part = shares.length - 1; part >= 0; part--) {
        int left = samples.size() - from;
        int wanted = (int) Math.max(1, Math.round(shares[part] * samples.size()));
        int taken = part == 0 ? left : Math.max(0, Math.min(wanted, left - part));
        for (int i = from; i < from + taken; i++) {
          parts.get(part).add(samples.get(order[i]));
        }
        from += taken;
      }
    }
    return views(data, parts, shares);
  }

  private static void checkShares(double... shares) {
    double sum = DoubleStream.of(shares).sum();
    if (shares.length < 2 || DoubleStream.of(shares).anyMatch(share -> !(share > 0)) || Math.abs(sum - 1) > 1e-6) {
      throw new IllegalArgumentException(
          "split: expected two or more shares above 0 that sum to 1, got " + Arrays.toString(shares));
    }
  }

  private static List<List<Integer>> samplesByClass(Dataset data) {
    List<List<Integer>> samples = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      int label = data.label(i);
      while (samples.size() <= label) {
        samples.add(new ArrayList<>());
      }
      samples.get(label).add(i);
    }
    List<String> single = IntStream.range(0, samples.size()).filter(label -> samples.get(label).size() == 1)
        .mapToObj(label -> data.classNames().get(label)).toList();
    if (!single.isEmpty()) {
      LOG.warn("split: {} of {} classes have a single sample, which is trained with and never tested: {}",
          single.size(), samples.size(), String.join(", ", single.subList(0, Math.min(NAMED, single.size())))
              + (single.size() > NAMED ? ", ..." : ""));
    }
    return samples;
  }

  private static List<Dataset> views(Dataset data, List<List<Integer>> parts, double[] shares) {
    List<Dataset> views = new ArrayList<>();
    for (int part = 0; part < shares.length; part++) {
      if (parts.get(part).isEmpty()) {
        throw new IllegalArgumentException("split: nothing is left for part " + (part + 1) + " of " + shares.length
            + ", whose share of " + data.size() + " samples is " + shares[part]
            + "; it takes a class of at least " + (part + 1) + " samples");
      }
      views.add(data.subset(parts.get(part).stream().mapToInt(Integer::intValue).sorted().toArray()));
    }
    return List.copyOf(views);
  }
}
