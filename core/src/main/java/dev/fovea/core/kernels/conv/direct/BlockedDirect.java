package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.conv.ConvAlgorithm;
import dev.fovea.core.kernels.conv.Cuts;
import dev.fovea.core.kernels.conv.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolution as it is defined, on pictures in blocks of channels, for any kernel, stride, dilation, padding and number
 * of groups. A tile of output pixels and channels stays in registers while all taps and input channels go by; which
 * pixels and taps is told by tables ({@link Sweep}). The input's gradient gathers from the output's ({@link
 * Axis#backward}) and never multiplies zeros.
 *
 * <p>Groups whose channels do not fill a tile share it, their filters filled up with zeros.
 */
public final class BlockedDirect implements ConvAlgorithm {
  /** Bytes of x that a region reads, about: with the filters of a panel it should stay in the second-level cache. */
  private static final int REGION_BYTES = 320 << 10;
  /** Output pixels of the weights' gradient at one go: their gradients stay in the first-level cache. */
  private static final int WEIGHT_PIXELS = 256;

  private final ConvShape shape;
  private final Correlation forward;
  private final List<Correlation> backward = new ArrayList<>();
  private final BlockedWeights weights;
  private final List<Region> regions;
  private final List<List<Region>> units;
  private final float[] zeros;

  /** For so many samples of this geometry. */
  public BlockedDirect(ConvShape shape, int samples) {
    this.shape = shape;
    Axis rows = Axis.rowsForward(shape);
    Axis columns = Axis.columnsForward(shape);
    forward = new Correlation(Filters.forward(shape), shape.kernelWidth(), rows, columns, false);
    weights = new BlockedWeights(shape, rows, columns);
    for (Axis rowPhase : Axis.rowsBackward(shape)) {
      for (Axis columnPhase : Axis.columnsBackward(shape)) {
        backward.add(new Correlation(Filters.backward(shape), shape.kernelWidth(), rowPhase, columnPhase, false));
      }
    }
    int rowsAtOnce = rowsAtOnce(shape.channels(), shape.width()) / shape.strideHeight();
    regions = Cuts.regions(samples, shape.outHeight(), rowsAtOnce);
    units = Cuts.units(samples, shape.outHeight(), rowsAtOnce);
    zeros = new float[Blocks.count(shape.channels()) * Blocks.WIDTH];
  }

  private static int rowsAtOnce(int channels, int width) {
    return Math.max(1, REGION_BYTES / Float.BYTES / (Blocks.count(channels) * Blocks.WIDTH * width));
  }

  @Override
  public String name() {
    return "direct";
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
        int end = Math.min(shape.outHeight(), row + most);
        weights.run(region.firstSample(), region.samples(), row, end, x, dz, partial);
      }
    }
    if (dx != null) {
      int most = Math.max(2, rowsAtOnce(shape.filters(), shape.outWidth()) / region.samples());
      for (Correlation phase : backward) {
        int height = phase.sweep().rows().length();
        for (int row = 0; row < height; row += most) {
          phase.run(region.firstSample(), region.samples(), row, Math.min(height, row + most),
              dz, add ? null : zeros, Float.NEGATIVE_INFINITY, dx);
        }
      }
    }
  }

  @Override
  public int partialLength() {
    return weights.sums().length();
  }

  @Override
  public void weightGradient(List<float[]> partials, float[] dw, boolean add) {
    weights.sums().reduce(partials, dw, add);
  }

  @Override
  public long scratchBytes(boolean training) {
    return forward.bytes() + backward.stream().mapToLong(Correlation::bytes).sum();
  }
}
