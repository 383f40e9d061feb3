package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import java.util.List;

/**
 * From the units' sums of V * Q, which lie as transformed filters do, to the filters' gradient G^T [sum of V * Q] G.
 * Each unit's sums are transformed back where they were made, in place: nine taps are a quarter of the planes of
 * F(4x4), so less is handed from core to core.
 */
final class WinogradSums {
  private static final int WIDTH = Blocks.WIDTH;
  private static final int PANEL = WinogradProducts.PANEL;
  private static final int TAPS = FilterTaps.TAPS;

  private final ConvShape shape;
  private final WinogradTransform transform;
  private final int inBlocks;
  private final int outBlocks;
  private final int panels;
  /** From one plane to the next. */
  private final int plane;

  WinogradSums(ConvShape shape, WinogradTransform transform) {
    this.shape = shape;
    this.transform = transform;
    inBlocks = Blocks.count(shape.channels());
    outBlocks = Blocks.count(shape.filters());
    panels = Winograd.panels(outBlocks);
    plane = Winograd.filterPlane(inBlocks);
  }

  /** Where the sums of a panel of filters with a block of input channels begin. */
  private int from(int round) {
    return round / inBlocks * transform.planes() * plane + round % inBlocks * WIDTH * PANEL;
  }

  /** The channels of its block that are none of padding. */
  private int channels(int round) {
    return Math.min(WIDTH, shape.channels() - round % inBlocks * WIDTH);
  }

  /** As {@link Winograd#finish}. */
  void finish(float[] partial) {
    Parallel.run(panels * inBlocks, round -> {
      float[] lines = Scratch.floats(Purpose.LINES, TileTransform.LINES);
      for (int in = 0; in < channels(round); in++) {
        for (int half = 0; half < Winograd.width(round / inBlocks, outBlocks); half += WIDTH) {
          transform.filterGradient(partial, from(round) + in * PANEL + half, plane, lines);
        }
      }
    });
  }

  /** As {@link Winograd#weightGradient}. */
  void weightGradient(List<float[]> partials, float[] dw, boolean add) {
    Parallel.run(panels * inBlocks, round -> {
      float[] sums = partials.get(0);
      for (int tap = 0; tap < TAPS; tap++) {
        int at = from(round) + tap * plane;
        for (float[] partial : partials.subList(1, partials.size())) {
          Kernels.get().add(channels(round) * PANEL, sums, at, partial, at, sums, at);
        }
      }
      scatter(sums, round, dw, add);
    });
  }

  private void scatter(float[] sums, int round, float[] dw, boolean add) {
    int panel = round / inBlocks;
    int firstIn = round % inBlocks * WIDTH;
    for (int in = 0; in < channels(round); in++) {
      for (int half = 0; half < Winograd.width(panel, outBlocks); half += WIDTH) {
        int firstFilter = panel * PANEL + half;
        FilterTaps.scatter(sums, from(round) + in * PANEL + half, plane, dw,
            (firstFilter * shape.channels() + firstIn + in) * TAPS, shape.depth(), shape.filters() - firstFilter, add);
      }
    }
  }
}
