package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How work is cut into pieces that a thread computes at one go: by the problem alone, so that results do not depend on
 * the threads.
 */
public final class Cuts {
  /** There should be at least so many regions, or threads stand idle at the end. */
  private static final int REGIONS = 16;
  /** Units of the way back; each needs memory for a gradient of the weights. */
  private static final int UNITS = 8;

  /** Floats that one thread has packed or summed by the time two have met. */
  private static final int WORTH_SHARING = 16 << 10;

  private Cuts() {}

  /**
   * Calls {@code body} with 0 .. rounds-1, on all threads if that pays.
   *
   * @param floats how many the rounds read or write together, about
   */
  public static void share(int rounds, long floats, IntConsumer body) {
    if (floats >= WORTH_SHARING) {
      Parallel.run(rounds, body);
      return;
    }
    for (int round = 0; round < rounds; round++) {
      body.accept(round);
    }
  }

  /**
   * Regions of an even number of rows, so that pooling by 2 straddles none, or of whole samples.
   *
   * @param most rows that a region should have at most, whole samples' rows counted together
   */
  public static List<Region> regions(int samples, int height, int most) {
    int rows = Math.max(1, Math.min(most, (int) ((long) samples * height / REGIONS)));
    List<Region> regions = new ArrayList<>();
    if (rows >= height) {
      for (int n = 0; n < samples; n += rows / height) {
        regions.add(new Region(n, Math.min(rows / height, samples - n), 0, height));
      }
      return regions;
    }
    int even = Math.max(2, rows / 2 * 2);
    for (int n = 0; n < samples; n++) {
      for (int row = 0; row < height; row += even) {
        regions.add(new Region(n, 1, row, Math.min(even, height - row)));
      }
    }
    return regions;
  }

  /** Units of whole samples, cut into regions of whole samples of at most so many rows, but at least one sample. */
  public static List<List<Region>> units(int samples, int height, int most) {
    int inUnit = (samples + UNITS - 1) / UNITS;
    int inRegion = Math.max(1, most / height);
    List<List<Region>> units = new ArrayList<>();
    for (int n = 0; n < samples; n += inUnit) {
      int end = Math.min(samples, n + inUnit);
      List<Region> regions = new ArrayList<>();
      for (int first = n; first < end; first += inRegion) {
        regions.add(new Region(first, Math.min(inRegion, end - first), 0, height));
      }
      units.add(regions);
    }
    return units;
  }
}
