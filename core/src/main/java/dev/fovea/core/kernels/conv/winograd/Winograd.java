package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.KernelChoice;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.ConvAlgorithm;
import dev.fovea.core.kernels.conv.Region;
import java.util.List;
import java.util.stream.Stream;

/**
 * Winograd's minimal filtering for 3x3 filters at stride 1 (Lavin and Gray, "Fast algorithms for convolutional neural
 * networks", 2016): transformed tiles, one matrix product over the channels for each cell of a tile, transformed back.
 *
 * <p>The algorithm is bilinear, z = A^T [(G w G^T) * (B^T x B)] A, so its gradients are the transposes: with Q = A dz
 * A^T, the input's is B [U^T Q] B^T, where neighbouring tiles add up, and the filters' G^T [sum of V * Q] G. One
 * transform of dz serves both.
 *
 * <p>Some tiles are done at a time, so that their pieces, all planes of them, stay near the second cache; of the
 * channels on one of the two sides there are only {@value WinogradProducts#PANEL} at a time.
 *
 * <p>Where there is only one region or unit, several threads share its panels of channels.
 *
 * <p>One pixel that is not finite makes all outputs of its tiles NaN.
 */
public final class Winograd implements ConvAlgorithm {
  private static final int WIDTH = Blocks.WIDTH;
  private static final int PANEL = WinogradProducts.PANEL;
  private static final int TAPS = FilterTaps.TAPS;

  /** Blocks of channels that are summed at one go. */
  private static final int STRETCH = 4;

  private final ConvShape shape;
  private final WinogradTransform transform;
  private final WinogradProducts products =
      KernelChoice.twin(new ScalarProducts(), WinogradProducts.class, name("VectorProducts"));
  private final WinogradTiles tiles;
  private final WinogradRegions cut;
  private final WinogradSums sums;
  private final int planes;
  private final int inBlocks;
  private final int outBlocks;
  private final List<Region> regions;
  private final List<List<Region>> units;
  /** Filters as [panel of output channels, plane, input channel, PANEL]; for the way back, in and out exchanged. */
  private final float[] u;
  private float[] uTransposed = {};

  /**
   * @param shape a convolution that it {@link #fits}
   * @param outputs rows and columns of a tile of outputs: 4 is faster, 2 more exact
   */
  public Winograd(ConvShape shape, int samples, int outputs) {
    if (!fits(shape)) {
      throw new IllegalArgumentException(
          "winograd: expected a 3x3 convolution of stride 1, dilation 1 and one group, got " + shape);
    }
    if (outputs != 2 && outputs != 4) {
      throw new IllegalArgumentException("winograd: expected tiles of 2 or 4 outputs, got " + outputs);
    }
    this.shape = shape;
    transform = KernelChoice.twin(outputs == 4 ? ScalarTransform.of4() : ScalarTransform.of2(),
        WinogradTransform.class, name("VectorTransform" + outputs));
    tiles = new WinogradTiles(shape, transform);
    planes = transform.planes();
    inBlocks = Blocks.count(shape.channels());
    outBlocks = Blocks.count(shape.filters());
    cut = new WinogradRegions(shape, tiles, products, planes);
    sums = new WinogradSums(shape, transform);
    regions = cut.regions(0, samples);
    units = cut.units(samples);
    u = new float[filterLength(outBlocks, inBlocks)];
  }

  private static String name(String twin) {
    return Winograd.class.getPackageName() + "." + twin;
  }

  /** Whether a convolution can be done this way: 3x3 filters, stride 1, dilation 1, one group. */
  public static boolean fits(ConvShape s) {
    return s.kernelHeight() == 3 && s.kernelWidth() == 3 && s.strideHeight() == 1 && s.strideWidth() == 1
        && s.dilationHeight() == 1 && s.dilationWidth() == 1 && s.groups() == 1;
  }

  @Override
  public String name() {
    return "winograd " + transform.outputs() + "x" + transform.outputs();
  }

  @Override
  public List<Region> regions() {
    return regions;
  }

  @Override
  public List<List<Region>> units() {
    return units;
  }

  /** Floats from one plane to the next: an odd number of cache lines, so that the planes spread over the cache. */
  private static int plane(int blocks, int tiles) {
    return (blocks * tiles | 1) * WIDTH;
  }

  static int panels(int blocks) {
    return (blocks + 1) / 2;
  }

  /** Channels of a panel: half of them, if it is the last one of an odd number of blocks. */
  static int width(int panel, int blocks) {
    return Math.min(PANEL, (blocks - 2 * panel) * WIDTH);
  }

  /**
   * The same for a panel of transformed filters: without the odd line the planes of 32 channels would be 4096 bytes
   * apart, so that all of them would want the same set of the nearest cache.
   */
  static int filterPlane(int inBlocks) {
    return (inBlocks * PANEL | 1) * WIDTH;
  }

  private int filterLength(int outBlocks, int inBlocks) {
    return Math.multiplyExact(panels(outBlocks) * planes, filterPlane(inBlocks));
  }

  @Override
  public void pack(float[] w, boolean backward) {
    int depth = shape.depth();
    int rounds = panels(outBlocks) * inBlocks;
    int roundsBack = backward ? panels(inBlocks) * outBlocks : 0;
    if (backward && uTransposed.length == 0) {
      uTransposed = new float[filterLength(inBlocks, outBlocks)];
    }
    Parallel.run(rounds + roundsBack, round -> {
      if (round < rounds) {
        pack(w, round, shape.filters(), depth, shape.channels(), TAPS, u);
      } else {
        pack(w, round - rounds, shape.channels(), TAPS, shape.filters(), depth, uTransposed);
      }
    });
  }

  /**
   * Transforms the filters for a product from some input channels to some output channels, whichever those are: those
   * from one block of input channels to one panel of output channels.
   */
  private void pack(float[] w, int round, int outs, int outStride, int ins, int inStride, float[] to) {
    int blocks = Blocks.count(ins);
    int panel = round / blocks;
    int plane = filterPlane(blocks);
    int firstIn = round % blocks * WIDTH;
    float[] lines = Scratch.floats(Purpose.LINES, TileTransform.LINES);
    float[] taps = Scratch.floats(Purpose.TILE, TAPS * WIDTH);
    for (int in = firstIn; in < Math.min(ins, firstIn + WIDTH); in++) {
      for (int half = 0; half < width(panel, Blocks.count(outs)); half += WIDTH) {
        int firstOut = panel * PANEL + half;
        FilterTaps.gather(w, firstOut * outStride + in * inStride, outStride, outs - firstOut, taps);
        transform.filter(taps, 0, to, panel * planes * plane + in * PANEL + half, plane, lines);
      }
    }
  }

  @Override
  public void forward(Region region, Blocks x, float[] start, float floor, Blocks z) {
    for (WinogradChunk chunk : cut.chunks(region)) {
      int spread = chunk.spread();
      int plane = plane(inBlocks, spread);
      int panelPlane = plane(2, spread);
      float[] v = Scratch.floats(Purpose.TILES, planes * plane);
      tiles.input(chunk, x, 0, inBlocks, v, plane);
      Parallel.run(panels(outBlocks), panel -> {
        float[] m = Scratch.floats(Purpose.PANEL_OF_TILES, planes * panelPlane);
        multiply(chunk, width(panel, outBlocks), inBlocks, v, plane, u, panel, m, panelPlane);
        tiles.output(chunk, m, panelPlane, start, floor, z, 2 * panel, Math.min(outBlocks, 2 * panel + 2));
      });
    }
  }

  /**
   * The products of all planes for one panel of output channels. Sums over many channels are made of sums over {@value
   * #STRETCH} blocks each: one long sum would lose half a digit of what F(4x4) has left.
   */
  private void multiply(WinogradChunk chunk, int width, int blocks, float[] v, int plane, float[] filters, int panel,
      float[] m, int panelPlane) {
    int filterPlane = filterPlane(blocks);
    int block = chunk.spread() * WIDTH;
    float[] more = blocks > STRETCH ? Scratch.floats(Purpose.SUMS_OF_STRETCH, 2 * block) : null;
    for (int i = 0; i < planes; i++) {
      int from = chunk.from(i) * WIDTH;
      int count = chunk.count(i);
      for (int b = 0; count > 0 && b < blocks; b += STRETCH) {
        float[] to = b == 0 ? m : more;
        int at = b == 0 ? i * panelPlane + from : 0;
        products.multiply(width, products.roundUp(count), Math.min(STRETCH, blocks - b), v,
            i * plane + b * block + from, filters, (panel * planes + i) * filterPlane + b * WIDTH * PANEL, to, at,
            block);
        if (b > 0) {
          int sums = i * panelPlane + from;
          Kernels.get().add(count * WIDTH, m, sums, more, 0, m, sums);
          if (width == PANEL) {
            Kernels.get().add(count * WIDTH, m, sums + block, more, block, m, sums + block);
          }
        }
      }
    }
  }

  @Override
  public void backward(Region region, Blocks x, Blocks dz, float[] partial, Blocks dx, boolean add) {
    if (dx != null && !add && region.firstRow() == 0) {
      tiles.clearUncovered(region, dx);
    }
    for (WinogradChunk chunk : cut.chunks(region)) {
      int spread = chunk.spread();
      int plane = plane(2 * panels(outBlocks), spread);
      int panelPlane = plane(2, spread);
      float[] q = Scratch.floats(Purpose.TILES, planes * plane);
      tiles.outputGradient(chunk, dz, outBlocks, q, plane);
      Parallel.run(panels(inBlocks), panel -> {
        float[] panelTiles = Scratch.floats(Purpose.PANEL_OF_TILES, planes * panelPlane);
        int last = Math.min(inBlocks, 2 * panel + 2);
        if (dx != null) {
          multiply(chunk, width(panel, inBlocks), outBlocks, q, plane, uTransposed, panel, panelTiles, panelPlane);
          tiles.inputGradient(chunk, panelTiles, panelPlane, dx, 2 * panel, last, add);
        }
        if (partial != null) {
          tiles.input(chunk, x, 2 * panel, last, panelTiles, panelPlane);
          accumulate(chunk, panelTiles, panelPlane, 2 * panel, last, q, plane, partial);
        }
      });
    }
  }

  /** Adds what a chunk gives to the sums for some blocks of input channels. */
  private void accumulate(WinogradChunk chunk, float[] v, int panelPlane, int firstBlock, int lastBlock,
      float[] q, int plane, float[] partial) {
    int block = chunk.spread() * WIDTH;
    for (int panel = 0; panel < panels(outBlocks); panel++) {
      for (int i = 0; i < planes; i++) {
        int from = chunk.from(i) * WIDTH;
        for (int b = firstBlock; b < lastBlock; b++) {
          products.accumulate(width(panel, outBlocks), chunk.count(i), v,
              i * panelPlane + (b - firstBlock) * block + from, q, i * plane + 2 * panel * block + from, block,
              partial, (panel * planes + i) * filterPlane(inBlocks) + b * WIDTH * PANEL);
        }
      }
    }
  }

  @Override
  public int partialLength() {
    return filterLength(outBlocks, inBlocks);
  }

  @Override
  public void finish(float[] partial) {
    sums.finish(partial);
  }

  @Override
  public void weightGradient(List<float[]> partials, float[] dw, boolean add) {
    sums.weightGradient(partials, dw, add);
  }

  @Override
  public long scratchBytes(boolean training) {
    int spread = Stream.concat(regions.stream(), units.stream().flatMap(List::stream))
        .flatMap(region -> cut.chunks(region).stream()).mapToInt(WinogradChunk::spread).max().orElse(0);
    long perThread = (long) planes * (plane(Math.max(inBlocks, 2 * panels(outBlocks)), spread) + plane(2, spread));
    long filters = u.length + (training ? filterLength(inBlocks, outBlocks) : 0L);
    return Float.BYTES * (filters + Parallel.threads() * perThread);
  }
}
