package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.conv.Region;

/**
 * Some consecutive tiles of a region, which are counted sample by sample, row by row, and the slots of their pieces. A
 * tile with few rows or columns of outputs has pieces in some of the planes only; slots are given out so that each
 * plane has its pieces side by side: first the tiles with whole rows only, then those with both, with whole columns
 * only, and with neither.
 */
final class WinogradChunk {
  /** Points that low tiles do without: 2 and -2. */
  private static final int FIRST_LEFT_OUT = 3;
  private static final int LAST_LEFT_OUT = 4;

  private final Region region;
  private final int first;
  private final int[] slots;
  /** Behind the last slot of the tiles of a kind, in the order of the slots. */
  private final int[] ends = new int[4];
  private final int points;
  private final int spread;

  /**
   * @param first the first tile's number in the region
   * @param tiles how many
   */
  WinogradChunk(Region region, int first, int tiles, WinogradTiles all, WinogradProducts products) {
    this.region = region;
    this.first = first;
    slots = new int[tiles];
    points = all.outputs() + 2;
    int[] kinds = new int[tiles];
    for (WinogradTiles.Place place = all.place(this); place.next(); ) {
      kinds[place.number()] = place.lowRow() ? place.lowColumn() ? 3 : 2 : place.lowColumn() ? 0 : 1;
    }
    int slot = 0;
    for (int kind = 0; kind < ends.length; kind++) {
      for (int t = 0; t < tiles; t++) {
        if (kinds[t] == kind) {
          slots[t] = slot++;
        }
      }
      ends[kind] = slot;
    }
    int end = tiles;
    for (int plane = 0; plane < points * points; plane++) {
      end = Math.max(end, from(plane) + products.roundUp(count(plane)));
    }
    spread = end;
  }

  Region region() {
    return region;
  }

  int first() {
    return first;
  }

  int tiles() {
    return slots.length;
  }

  /** Where the pieces of a tile lie. */
  int slot(int tile) {
    return slots[tile];
  }

  /** Slots from one block of channels to the next: room for whatever {@link WinogradProducts#multiply} writes. */
  int spread() {
    return spread;
  }

  /** The first slot of a plane. */
  int from(int plane) {
    return leftOut(plane % points) ? ends[0] : 0;
  }

  /** How many slots of a plane have pieces. */
  int count(int plane) {
    int end = leftOut(plane / points) ? ends[1] : leftOut(plane % points) ? ends[2] : ends[3];
    return end - from(plane);
  }

  private boolean leftOut(int point) {
    return points > LAST_LEFT_OUT + 1 && (point == FIRST_LEFT_OUT || point == LAST_LEFT_OUT);
  }
}
