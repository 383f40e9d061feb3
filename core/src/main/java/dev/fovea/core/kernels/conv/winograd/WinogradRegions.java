package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.conv.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How Winograd's algorithm cuts its work: by the tiles there are, never by the threads. */
final class WinogradRegions {
  /**
   * Cells, tiles times planes, done at a time, about: 56 tiles of F(4x4, 3x3). More use the filters more often, fewer
   * leave more room in the cache: measured at 64 channels, 28 and 56 tiles were best, 84 and 112 up to a tenth slower.
   */
  private static final int CELLS = 2016;
  /**
   * The same on the way back, 72 tiles: the sums of the weights' gradient are read and written once for all of them.
   */
  private static final int CELLS_BACK = 2592;
  /** Units of the way back, at most, and cells of a unit, at least: each unit's sums cost time and memory. */
  private static final int UNITS = 8;
  private static final int UNIT_CELLS = 2592;

  private final ConvShape shape;
  private final WinogradTiles tiles;
  private final WinogradProducts products;
  /** Tiles of a sample. */
  private final int ofSample;
  private final int planes;
  private final int most;
  private final int mostBack;
  private final Map<Region, List<WinogradChunk>> chunks = new ConcurrentHashMap<>();

  WinogradRegions(ConvShape shape, WinogradTiles tiles, WinogradProducts products, int planes) {
    this.shape = shape;
    this.tiles = tiles;
    this.products = products;
    this.planes = planes;
    ofSample = tiles.rows() * tiles.columns();
    most = CELLS / planes;
    mostBack = CELLS_BACK / planes;
  }

  private record Part(int from, int to) {}

  /** Cuts 0 .. n-1 into parts as equal as can be. */
  private static List<Part> parts(int n, int count) {
    List<Part> parts = new ArrayList<>();
    int actual = Math.min(n, count);
    for (int i = 0; i < actual; i++) {
      parts.add(new Part((int) ((long) n * i / actual), (int) ((long) n * (i + 1) / actual)));
    }
    return parts;
  }

  private static int divideUp(int n, int by) {
    return (n + by - 1) / by;
  }

  /** For the way forward. */
  List<Region> regions(int from, int to) {
    return regions(from, to, most);
  }

  /** Some samples each while they are small, else some rows of tiles of a sample. */
  private List<Region> regions(int from, int to, int most) {
    List<Region> regions = new ArrayList<>();
    if (2 * ofSample <= most) {
      for (Part part : parts(to - from, divideUp(to - from, samplesOfRegion(most)))) {
        regions.add(new Region(from + part.from, part.to - part.from, 0, shape.outHeight()));
      }
      return regions;
    }
    int rows = Math.max(1, most / tiles.columns());
    for (int sample = from; sample < to; sample++) {
      for (Part part : parts(tiles.rows(), divideUp(tiles.rows(), rows))) {
        int first = part.from * tiles.outputs();
        int end = Math.min(shape.outHeight(), part.to * tiles.outputs());
        regions.add(new Region(sample, 1, first, end - first));
      }
    }
    return regions;
  }

  /** As many samples as there is room for, or fewer if less of the products is then in vain. */
  private int samplesOfRegion(int most) {
    int best = most / ofSample;
    for (int count = best - 1; 2 * count * ofSample >= most; count--) {
      if (products.roundUp(count * ofSample) * best < products.roundUp(best * ofSample) * count) {
        best = count;
      }
    }
    return best;
  }

  List<List<Region>> units(int samples) {
    long cells = (long) samples * ofSample * planes;
    int count = (int) Math.max(1, Math.min(UNITS, cells / UNIT_CELLS));
    int largest = divideUp(samples, count);
    return parts(samples, divideUp(samples, largest)).stream()
        .map(part -> regions(part.from, part.to, mostBack)).toList();
  }

  /** What of a region is done at a time: all of it, unless its rows are very long. Made once. */
  List<WinogradChunk> chunks(Region region) {
    return chunks.computeIfAbsent(region, this::cut);
  }

  private List<WinogradChunk> cut(Region region) {
    int count = tiles.count(region);
    List<WinogradChunk> cut = new ArrayList<>();
    for (Part part : parts(count, divideUp(count, mostBack))) {
      cut.add(new WinogradChunk(region, part.from, part.to - part.from, tiles, products));
    }
    return cut;
  }
}
