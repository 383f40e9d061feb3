package dev.fovea.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Hands arrays to values whose lives are known beforehand, so that two which are never needed at once can share one.
 *
 * <p>Greedy by size: the largest value comes first, and each takes the smallest array that is free for as long as it
 * lives, otherwise a new one of its own size; so no array ever grows. (Pisarchyk and Lee, "Efficient memory management
 * for deep neural net inference", 2020, found this order to be the best for arrays that are shared whole.)
 */
final class Buffers {
  /**
   * A value that needs an array.
   *
   * @param size in floats
   * @param from the first moment it is needed at
   * @param to the last one, inclusive
   */
  record Life(int size, int from, int to) {
    private boolean overlaps(Life other) {
      return from <= other.to && other.from <= to;
    }
  }

  private final int[] slotOf;
  private final List<Integer> sizes = new ArrayList<>();
  private final float[][] arrays;

  /** Plans these lives; no array is made yet. */
  Buffers(List<Life> lives) {
    slotOf = new int[lives.size()];
    List<List<Life>> tenants = new ArrayList<>();
    Integer[] bySize = new Integer[lives.size()];
    Arrays.setAll(bySize, i -> i);
    Arrays.sort(bySize, Comparator.comparingInt(i -> -lives.get(i).size()));
    for (int i : bySize) {
      Life life = lives.get(i);
      int slot = smallestFree(life, tenants);
      if (slot == sizes.size()) {
        sizes.add(life.size());
        tenants.add(new ArrayList<>());
      }
      tenants.get(slot).add(life);
      slotOf[i] = slot;
    }
    arrays = new float[sizes.size()][];
  }

  /** Arrays are made from the largest to the smallest, so the last that is free is the smallest. */
  private static int smallestFree(Life life, List<List<Life>> tenants) {
    for (int slot = tenants.size() - 1; slot >= 0; slot--) {
      if (tenants.get(slot).stream().noneMatch(life::overlaps)) {
        return slot;
      }
    }
    return tenants.size();
  }

  /** Which array a life got, numbered from 0. */
  int slot(int life) {
    return slotOf[life];
  }

  /** The array of a life, made when it is first asked for. */
  float[] array(int life) {
    int slot = slotOf[life];
    if (arrays[slot] == null) {
      arrays[slot] = new float[sizes.get(slot)];
    }
    return arrays[slot];
  }

  /** How many arrays there are. */
  int count() {
    return sizes.size();
  }

  /** All arrays together. */
  long bytes() {
    return sizes.stream().mapToLong(size -> (long) Float.BYTES * size).sum();
  }
}
