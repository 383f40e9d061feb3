package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.ConvAlgorithm;
import dev.fovea.core.kernels.conv.Cuts;
import dev.fovea.core.kernels.conv.Region;
import dev.fovea.core.kernels.conv.direct.Sweep.Piece;
import dev.fovea.core.kernels.conv.direct.Sweep.Strides;
import dev.fovea.core.kernels.conv.direct.Sweep.Taps;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Depthwise convolution, one filter for each channel, on pictures in blocks of channels: lanes run over channels, so
 * that a pixel's block is multiplied with a row of weights. Bound by memory more than by arithmetic: block after block,
 * in stretches of rows that stay in the cache while all taps go by. Any kernel, stride, dilation and padding.
 */
public final class Depthwise implements ConvAlgorithm {
  /** Output pixels times blocks of a region, about. */
  private static final int REGION_CELLS = 4096;
  /** Output pixels of the weights' gradient at one go. */
  private static final int WEIGHT_PIXELS = 512;

  private final DirectKernels kernels = DirectKernels.get();
  private final ConvShape shape;
  private final int blocks;
  private final ChannelCorrelation forward;
  private final List<ChannelCorrelation> backward = new ArrayList<>();
  private final float[] zeros;
  private final List<Region> regions;
  private final List<List<Region>> units;

  /**
   * For so many samples of this geometry.
   *
   * @throws IllegalArgumentException if the groups, the channels and the filters are not as many
   */
  public Depthwise(ConvShape shape, int samples) {
    if (shape.groups() != shape.channels() || shape.groups() != shape.filters()) {
      throw new IllegalArgumentException("depthwise convolution: expected as many channels and filters as groups, got "
          + shape.channels() + " channels and " + shape.filters() + " filters in " + shape.groups() + " groups");
    }
    this.shape = shape;
    blocks = Blocks.count(shape.channels());
    forward = correlation(Axis.rowsForward(shape), Axis.columnsForward(shape));
    for (Axis rows : Axis.rowsBackward(shape)) {
      for (Axis columns : Axis.columnsBackward(shape)) {
        backward.add(correlation(rows, columns));
      }
    }
    zeros = new float[blocks * Blocks.WIDTH];
    int rows = Math.max(1, REGION_CELLS / (blocks * shape.outWidth()));
    regions = Cuts.regions(samples, shape.outHeight(), rows);
    units = Cuts.units(samples, shape.outHeight(), rows);
  }

  private ChannelCorrelation correlation(Axis rows, Axis columns) {
    return new ChannelCorrelation(shape.channels(), shape.kernelHeight(), shape.kernelWidth(), rows, columns);
  }

  @Override
  public String name() {
    return "depthwise";
  }

  @Override
  public List<Region> regions() {
    return regions;
  }

  @Override
  public List<List<Region>> units() {
    return units;
  }

  @Override
  public void pack(float[] w, boolean backward) {
    forward.pack(w);
    if (backward) {
      this.backward.forEach(phase -> phase.pack(w));
    }
  }

  @Override
  public void forward(Region region, Blocks x, float[] start, float floor, Blocks z) {
    forward.run(region.firstSample(), region.samples(), region.firstRow(), region.firstRow() + region.rows(),
        x, start, floor, z);
  }

  /** As the interface says; a region is whole samples. */
  @Override
  public void backward(Region region, Blocks x, Blocks dz, float[] partial, Blocks dx, boolean add) {
    if (partial != null) {
      int most = Math.max(1, WEIGHT_PIXELS / (region.samples() * shape.outWidth()));
      for (int row = 0; row < shape.outHeight(); row += most) {
        addWeights(region, row, Math.min(shape.outHeight(), row + most), x, dz, partial);
      }
    }
    if (dx != null) {
      int most = Math.max(2, REGION_CELLS / (region.samples() * blocks * shape.width()));
      for (ChannelCorrelation phase : backward) {
        int height = phase.sweep().rows().length();
        for (int row = 0; row < height; row += most) {
          phase.run(region.firstSample(), region.samples(), row, Math.min(height, row + most),
              dz, add ? null : zeros, Float.NEGATIVE_INFINITY, dx);
        }
      }
    }
  }

  /** The partial sum is block by block, a row of channels for each cell of the kernel. */
  private void addWeights(Region region, int from, int to, Blocks x, Blocks dz, float[] partial) {
    Sweep sweep = forward.sweep();
    for (int first = 0; first < blocks * Blocks.WIDTH; first += kernels.lanes()) {
      int block = first / Blocks.WIDTH;
      int lane = first % Blocks.WIDTH;
      for (Piece piece : sweep.pieces(region.samples(), from, to, Strides.blocked(x, dz))) {
        int in = sweep.in(piece, region.firstSample(), block, x, Blocks.WIDTH) + lane;
        int out = sweep.out(piece, region.firstSample(), block, dz) + lane;
        addPiece(piece, x, in, dz, out, partial, block * shape.taps() * Blocks.WIDTH + lane);
      }
    }
  }

  private void addPiece(Piece piece, Blocks x, int in, Blocks dz, int out, float[] partial, int offset) {
    int lanes = kernels.lanes();
    Taps taps = piece.taps().get(0);
    float[] tile = Scratch.floats(Purpose.TILE, DirectKernels.TAPS * lanes);
    for (int first = 0; first < taps.count(); first += DirectKernels.TAPS) {
      Arrays.fill(tile, 0, DirectKernels.TAPS * lanes, 0f);
      kernels.depthwiseTaps(piece.runs(), piece.runCount(), x.data(), in, shape.strideWidth() * Blocks.WIDTH,
          taps.numbers(), first, dz.data(), out, tile, 0);
      taps.addTile(first, tile, lanes, partial, offset, Blocks.WIDTH);
    }
  }

  @Override
  public int partialLength() {
    return blocks * shape.taps() * Blocks.WIDTH;
  }

  @Override
  public void weightGradient(List<float[]> partials, float[] dw, boolean add) {
    Cuts.share(blocks, (long) partials.size() * partialLength(), block -> {
      for (int c = block * Blocks.WIDTH; c < Math.min(shape.channels(), (block + 1) * Blocks.WIDTH); c++) {
        for (int tap = 0; tap < shape.taps(); tap++) {
          int at = (block * shape.taps() + tap) * Blocks.WIDTH + c % Blocks.WIDTH;
          float sum = 0;
          for (float[] partial : partials) {
            sum += partial[at];
          }
          int to = c * shape.taps() + tap;
          dw[to] = add ? dw[to] + sum : sum;
        }
      }
    });
  }

  @Override
  public long scratchBytes(boolean training) {
    return forward.bytes() + backward.stream().mapToLong(ChannelCorrelation::bytes).sum();
  }
}
