package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.ConvAlgorithm;
import dev.fovea.core.kernels.conv.Cuts;
import dev.fovea.core.kernels.conv.Pooling;
import dev.fovea.core.kernels.conv.Region;
import dev.fovea.core.kernels.conv.direct.Sweep.Piece;
import dev.fovea.core.kernels.conv.direct.Sweep.Taps;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.Arrays;
import java.util.List;

/**
 * Convolution of pictures of few channels, which would leave most of a block empty. What a region reads is copied into
 * a {@linkplain CompactFrame frame} without gaps: there a row of the kernel is one run of values, and no cell lies at
 * an edge. For any kernel, stride, dilation, padding and number of groups.
 *
 * <p>The input comes in blocks, or plain as it does from a data set; then it wants no gradient, so none is computed for
 * it and {@link #backward} refuses. The gradient of one in blocks: {@link SpreadGradient}.
 */
public final class FewChannels implements ConvAlgorithm {
  /** Output pixels of a region, about: what it writes should stay in the second-level cache. */
  private static final int REGION_PIXELS = 2048;
  /** Output pixels of the weights' gradient at one go: the samples that these are in go together. */
  private static final int WEIGHT_PIXELS = 4096;

  private final DirectKernels kernels = DirectKernels.get();
  private final ConvShape shape;
  private final boolean plain;
  private final CompactFrame frame;
  private final Correlation forward;
  /** The way forward with few filters, else {@code null}. */
  private final PixelGroups groups;
  /** The gradient of the weights of few filters, else {@code null}. */
  private final PairedWeights pairs;
  /** Pooling with few filters, else {@code null}. */
  private final PooledRows rows;
  /** Pooling, where the way forward is {@link #forward}'s or {@link #rows}', else {@code null}. */
  private final Pooling pooling;
  private final SpreadGradient spread;
  /** The gradient of the weights where it pays more than {@link #addPiece}, else {@code null}. */
  private final SpreadWeights rowSums;
  private final WeightSums sums;
  private final List<Region> regions;
  private final List<List<Region>> units;

  /**
   * For so many samples of this geometry.
   *
   * @param plain whether the input is plain, else in blocks
   * @throws IllegalArgumentException if it is in blocks and has more than one
   */
  public FewChannels(ConvShape shape, int samples, boolean plain) {
    if (!plain && shape.channels() > Blocks.WIDTH) {
      throw new IllegalArgumentException("convolution of few channels: expected at most " + Blocks.WIDTH
          + " channels, got " + shape.channels());
    }
    this.shape = shape;
    this.plain = plain;
    groups = PixelGroups.of(shape, kernels);
    frame = new CompactFrame(shape, plain,
        groups == null ? PairedWeights.outWidth(shape.outWidth()) : groups.outWidth());
    pairs = PairedWeights.of(shape, frame.shape(), kernels);
    forward = new Correlation(Filters.forward(shape), shape.kernelWidth(),
        Axis.rowsForward(frame.shape()), Axis.columnsForward(frame.shape()), true);
    spread = plain ? null : new SpreadGradient(shape, frame);
    sums = new WeightSums(shape, forward.panels(), 1);
    rows = plain ? PooledRows.of(shape, sums, forward.panels().get(0)) : null;
    pooling = rows != null ? rows : groups == null ? PooledWindows.of(frame, forward, sums) : null;
    // Beside a pooling there is none: its way back adds to the same partial sums, in the order of WeightSums.
    rowSums = pairs == null && pooling == null ? SpreadWeights.of(shape, kernels) : null;
    regions = Cuts.regions(samples, shape.outHeight(), Math.max(1, REGION_PIXELS / shape.outWidth()));
    units = Cuts.units(samples, shape.outHeight(), Math.max(1, WEIGHT_PIXELS / shape.outWidth()));
  }

  @Override
  public String name() {
    return plain ? "direct, from a plain picture" : "direct, few channels";
  }

  @Override
  public boolean takesPlainInput() {
    return plain;
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
    if (groups == null) {
      forward.pack(w);
    } else {
      groups.pack(w);
    }
    if (backward && spread != null) {
      spread.pack(w);
    }
  }

  @Override
  public void forward(Region region, Blocks x, float[] start, float floor, Blocks z) {
    Blocks in = frame.copy(region, x);
    if (groups == null) {
      forward.run(region.firstSample(), region.samples(), region.firstRow(), region.firstRow() + region.rows(),
          in, start, floor, z);
    } else {
      groups.run(region, in, start, floor, z);
    }
  }

  @Override
  public Pooling pooling() {
    return pooling;
  }

  /**
   * As the interface says; a region is whole samples.
   *
   * @throws IllegalArgumentException if the input is plain and {@code dx} is not {@code null}
   */
  @Override
  public void backward(Region region, Blocks x, Blocks dz, float[] partial, Blocks dx, boolean add) {
    if (dx != null && plain) {
      throw new IllegalArgumentException("first layer's convolution: expected no input gradient to be asked for, got a"
          + " place for one; give the picture in blocks of channels");
    }
    if (partial != null) {
      int most = Math.max(1, WEIGHT_PIXELS / (region.samples() * shape.outWidth()));
      for (int row = 0; row < shape.outHeight(); row += most) {
        addWeights(new Region(region.firstSample(), region.samples(), row, Math.min(most, shape.outHeight() - row)),
            x, dz, partial);
      }
    }
    if (dx != null) {
      spread.run(region, dz, dx, add);
    }
  }

  private void addWeights(Region region, Blocks x, Blocks dz, float[] partial) {
    Blocks in = frame.copy(region, x);
    if (pairs != null) {
      pairs.run(region, in, dz, partial);
      return;
    }
    if (rowSums != null) {
      rowSums.run(region, in, dz, partial);
      return;
    }
    List<Piece> pieces = forward.sweep().pieces(region.samples(), region.firstRow(), region.firstRow() + region.rows(),
        forward.strides(in, dz));
    for (Piece piece : pieces) {
      for (int panel = 0; panel < forward.panels().size(); panel++) {
        addPiece(piece, panel, region.firstSample(), in, dz, partial);
      }
    }
  }

  /** Adds what a piece gives, 9 taps at a time. */
  private void addPiece(Piece piece, int number, int sample, Blocks x, Blocks dz, float[] partial) {
    Panel panel = forward.panels().get(number);
    Taps taps = piece.taps().get(number);
    int width = panel.width();
    float[] tile = Scratch.floats(Purpose.TILE, DirectKernels.TAPS * width);
    for (int first = 0; first < taps.count(); first += DirectKernels.TAPS) {
      Arrays.fill(tile, 0, DirectKernels.TAPS * width, 0f);
      kernels.taps(panel.vectors(), piece.runs(), piece.runCount(), x.data(), forward.in(piece, sample, x),
          shape.strideWidth() * shape.channels(), taps.numbers(), first,
          dz.data(), forward.out(piece, sample, dz, panel), dz.blockStride(), tile, 0);
      taps.addTile(first, tile, width, partial, sums.tap(number, 0), width);
    }
  }

  @Override
  public int partialLength() {
    return rowSums == null ? sums.length() : rowSums.length();
  }

  @Override
  public void weightGradient(List<float[]> partials, float[] dw, boolean add) {
    if (rowSums == null) {
      sums.reduce(partials, dw, add);
    } else {
      rowSums.reduce(partials, dw, add);
    }
  }

  @Override
  public long scratchBytes(boolean training) {
    int frames = regions.stream().mapToInt(frame::length).max().orElse(0) * Parallel.threads() * Float.BYTES;
    return frames + forward.bytes() + (rows == null ? 0 : rows.bytes()) + (groups == null ? 0 : groups.bytes())
        + (spread == null ? 0 : spread.bytes());
  }
}
