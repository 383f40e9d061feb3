package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.conv.Cuts;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.direct.Sweep.Piece;
import dev.fovea.core.kernels.conv.direct.Sweep.Strides;
import dev.fovea.core.kernels.conv.direct.Sweep.Taps;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.List;

/**
 * Channels as sums over taps of products with a filter of their own: depthwise convolution on the way forward, and the
 * gradient of its input. Filters are kept block by block, a row of channels for each tap.
 */
final class ChannelCorrelation {
  private final DirectKernels kernels = DirectKernels.get();
  private final int channels;
  private final int kernelHeight;
  private final int kernelWidth;
  private final Sweep sweep;
  private final float[] packed;

  ChannelCorrelation(int channels, int kernelHeight, int kernelWidth, Axis rows, Axis columns) {
    this.channels = channels;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    sweep = new Sweep(rows, columns, List.of(List.of(new ChannelRun(0, 0, 1))));
    packed = new float[Blocks.count(channels) * sweep.tapCount() * Blocks.WIDTH];
  }

  Sweep sweep() {
    return sweep;
  }

  long bytes() {
    return (long) packed.length * Float.BYTES;
  }

  /** Takes over the filters w [channels, 1, kernel height, kernel width]; on all threads if they are many. */
  void pack(float[] w) {
    int width = sweep.columns().taps().length;
    Cuts.share(Blocks.count(channels), packed.length, block -> {
      int first = block * Blocks.WIDTH;
      for (int tap = 0; tap < sweep.tapCount(); tap++) {
        int cell = sweep.rows().taps()[tap / width] * kernelWidth + sweep.columns().taps()[tap % width];
        for (int c = first; c < Math.min(channels, first + Blocks.WIDTH); c++) {
          packed[(block * sweep.tapCount() + tap) * Blocks.WIDTH + c - first] =
              w[c * kernelHeight * kernelWidth + cell];
        }
      }
    });
  }

  /** As {@link Correlation#run}. */
  void run(int firstSample, int samples, int from, int to, Blocks in, float[] start, float floor, Blocks out) {
    List<Piece> pieces = sweep.pieces(samples, from, to, Strides.blocked(in, out));
    for (int first = 0; first < Blocks.count(channels) * Blocks.WIDTH; first += kernels.lanes()) {
      int block = first / Blocks.WIDTH;
      int lane = first % Blocks.WIDTH;
      for (Piece piece : pieces) {
        int x = sweep.in(piece, firstSample, block, in, Blocks.WIDTH) + lane;
        int z = sweep.out(piece, firstSample, block, out) + lane;
        if (piece.taps().get(0).count() == 0) {
          fill(piece, start, first, floor, out, z);
          continue;
        }
        run(piece, block * sweep.tapCount() * Blocks.WIDTH + lane, in, x, start, first, floor, out, z);
      }
    }
  }

  /** Pixels that no tap reaches, such as a stride passes over. */
  private void fill(Piece piece, float[] start, int channel, float floor, Blocks out, int z) {
    int step = sweep.columns().step() * Blocks.WIDTH;
    for (int k = 0; start != null && k < piece.runs().length; k += Sweep.NUMBERS) {
      for (int i = 0; i < piece.runs()[k + 2] * kernels.lanes(); i++) {
        int lane = i % kernels.lanes();
        out.data()[z + piece.runs()[k + 1] + i / kernels.lanes() * step + lane] =
            Math.max(start[channel + lane], floor);
      }
    }
  }

  /** The taps of a piece, a tile of them at a time; all tiles but the first add to what is there. */
  private void run(Piece piece, int filters, Blocks in, int x, float[] start, int channel, float floor, Blocks out,
      int z) {
    Taps taps = piece.taps().get(0);
    float[] w = Scratch.floats(Purpose.TILE, DirectKernels.TAPS * kernels.lanes());
    for (int first = 0; first < taps.count(); first += DirectKernels.TAPS) {
      taps.copyTile(first, packed, filters, Blocks.WIDTH, w, kernels.lanes());
      boolean last = first + DirectKernels.TAPS >= taps.count();
      boolean add = start == null || first > 0;
      kernels.depthwise(piece.runs(), piece.runCount(), in.data(), x, sweep.columns().inStep() * Blocks.WIDTH,
          taps.numbers(), first, w, 0, add ? out.data() : start, add ? z : channel, add ? 1 : 0,
          last ? floor : Float.NEGATIVE_INFINITY, out.data(), z, sweep.columns().step() * Blocks.WIDTH);
    }
  }
}
