package dev.fovea.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Hands arrays to values whose lives are known beforehand, so that two which are never needed at once can share one.
 *
 * <p>Greedy by birth: a value takes the smallest free array that holds it, otherwise the largest free one, which
 * grows, otherwise a new one. (Offline memory planning of this kind: Pisarchyk and Lee, "Efficient memory management
 * for deep neural net inference", 2020.)
 */
final class Buffers {
  /**
   * A value that needs an array.
   *
   * @param size in floats
   * @param from the first moment it is needed at
   * @param to the last one, inclusive
   */
  record Life(int size, int from, int to) {}

  private final int[] slotOf;
  private final List<Integer> sizes = new ArrayList<>();
  private final float[][] arrays;

  /** Plans these lives; no array is made yet. */
  Buffers(List<Life> lives) {
    slotOf = new int[lives.size()];
    List<Integer> freeFrom = new ArrayList<>();
    Integer[] byBirth = new Integer[lives.size()];
    Arrays.setAll(byBirth, i -> i);
    Arrays.sort(byBirth, Comparator.comparingInt(i -> lives.get(i).from()));
    for (int i : byBirth) {
      Life life = lives.get(i);
      int slot = choose(life, freeFrom);
      if (slot == sizes.size()) {
        sizes.add(life.size());
        freeFrom.add(0);
      }
      sizes.set(slot, Math.max(sizes.get(slot), life.size()));
      freeFrom.set(slot, life.to() + 1);
      slotOf[i] = slot;
    }
    arrays = new float[sizes.size()][];
  }

  private int choose(Life life, List<Integer> freeFrom) {
    int fitting = -1;
    int largest = -1;
    for (int slot = 0; slot < sizes.size(); slot++) {
      if (freeFrom.get(slot) <= life.from()) {
        int size = sizes.get(slot);
        if (size >= life.size() && (fitting < 0 || size < sizes.get(fitting))) {
          fitting = slot;
        }
        if (largest < 0 || size > sizes.get(largest)) {
          largest = slot;
        }
      }
    }
    return fitting >= 0 ? fitting : largest >= 0 ? largest : sizes.size();
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
