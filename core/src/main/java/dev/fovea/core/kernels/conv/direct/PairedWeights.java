package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Region;
import dev.fovea.core.kernels.conv.direct.Sweep.Piece;
import dev.fovea.core.kernels.conv.direct.Sweep.Strides;
import dev.fovea.core.kernels.conv.direct.Sweep.Taps;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of the weights of at most half a block of filters: two neighbouring output pixels share a vector. What
 * is read at a cell is multiplied with both; the left one's share belongs to the weight whose cell that is, the right
 * one's to that a stride to the left of it, so a row of the kernel has as many cells more.
 */
final class PairedWeights {
  private static final int HALF = Blocks.WIDTH / 2;

  private final DirectKernels kernels = DirectKernels.get();
  private final ConvShape shape;
  private final int pairs;
  private final Sweep sweep;

  private PairedWeights(ConvShape s, ConvShape framed) {
    shape = s;
    pairs = (s.outWidth() + 1) / 2;
    int cells = s.kernelWidth() + s.strideWidth();
    int[] taps = new int[cells];
    Arrays.setAll(taps, x -> x);
    sweep = new Sweep(Axis.rowsForward(framed),
        new Axis(pairs, 0, 1, 2 * s.strideWidth(), 2 * (pairs - 1) * s.strideWidth() + cells, taps, taps),
        List.of(ChannelRun.of(0, s.channels(), true)));
  }

  /** Sums for a convolution of frames of a shape; {@code null} if they do not pay. */
  static PairedWeights of(ConvShape s, ConvShape framed, DirectKernels kernels) {
    boolean pays = kernels.lanes() == Blocks.WIDTH && s.filters() <= HALF && s.groups() == 1
        && s.dilationWidth() == 1 && s.strideWidth() < s.kernelWidth();
    return pays ? new PairedWeights(s, framed) : null;
  }

  /** Columns of the output if the last pair is whole. */
  static int outWidth(int width) {
    return (width + 1) / 2 * 2;
  }

  /** Adds what a region gives to a partial sum of one panel of {@value Blocks#WIDTH} filters. */
  void run(Region region, Blocks frame, Blocks dz, float[] partial) {
    Blocks halves = halves(region, dz);
    int length = sweep.tapCount() * shape.channels() * Blocks.WIDTH;
    float[] sums = Scratch.floats(Purpose.PARTIAL_SUMS, length);
    Arrays.fill(sums, 0, length, 0f);
    float[] tile = Scratch.floats(Purpose.TILE, DirectKernels.TAPS * Blocks.WIDTH);
    int end = region.firstRow() + region.rows();
    Strides strides = Strides.of(shape.channels(), frame, halves);
    for (Piece piece : sweep.pieces(region.samples(), region.firstRow(), end, strides)) {
      Taps taps = piece.taps().get(0);
      for (int first = 0; first < taps.count(); first += DirectKernels.TAPS) {
        Arrays.fill(tile, 0, DirectKernels.TAPS * Blocks.WIDTH, 0f);
        kernels.taps(1, piece.runs(), piece.runCount(),
            frame.data(), sweep.in(piece, region.firstSample(), 0, frame, shape.channels()),
            2 * shape.strideWidth() * shape.channels(), taps.numbers(), first,
            halves.data(), sweep.out(piece, region.firstSample(), 0, halves), 0, tile, 0);
        taps.addTile(first, tile, Blocks.WIDTH, sums, 0, Blocks.WIDTH);
      }
    }
    addHalves(sums, partial);
  }

  /** The gradients of the region's outputs, half a block each, in this thread's scratch; odd rows end with a zero. */
  private Blocks halves(Region region, Blocks dz) {
    int row = pairs * Blocks.WIDTH;
    int sample = region.rows() * row;
    float[] data = Scratch.floats(Purpose.GRADIENT, region.samples() * sample + HALF);
    Blocks halves = new Blocks(data, -region.firstSample() * sample - region.firstRow() * row, sample, 0, row);
    for (int n = region.firstSample(); n < region.firstSample() + region.samples(); n++) {
      for (int y = region.firstRow(); y < region.firstRow() + region.rows(); y++) {
        int to = halves.row(n, 0, y);
        kernels.copy(shape.outWidth(), dz.data(), dz.row(n, 0, y), Blocks.WIDTH, data, to, HALF);
        Arrays.fill(data, to + shape.outWidth() * HALF, to + row, 0f);
      }
    }
    return halves;
  }

  private void addHalves(float[] sums, float[] partial) {
    int row = shape.kernelWidth() * shape.channels() * Blocks.WIDTH;
    int shift = shape.strideWidth() * shape.channels() * Blocks.WIDTH;
    for (int y = 0; y < shape.kernelHeight(); y++) {
      for (int at = 0; at < row; at += Blocks.WIDTH) {
        int left = y * (row + shift) + at;
        for (int f = 0; f < HALF; f++) {
          partial[y * row + at + f] += sums[left + f] + sums[left + shift + HALF + f];
        }
      }
    }
  }
}
