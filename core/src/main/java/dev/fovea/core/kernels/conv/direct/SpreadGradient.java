package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Region;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gradient of an input of few channels. Gathered, its few channels would fill few lanes. So each output pixel
 * spreads its gradient instead: what it gives to one row of the kernel, all columns and channels of it, lies side by
 * side in a {@linkplain CompactFrame frame without gaps}, and lanes run over that: 30 for 6 channels and a kernel 5
 * wide.
 *
 * <p>Pixels side by side add to the same places of the frame, so they are done one after the other. Those above each
 * other, too, but a place's row of the frame and the rows of the kernel tell which they are: a tile is made of rows of
 * the frame that get the same rows of the kernel, and adds all of these up before it adds to the frame.
 */
final class SpreadGradient {
  private final DirectKernels kernels = DirectKernels.get();
  private final ConvShape shape;
  private final CompactFrame frame;
  private final Filters filters;
  private final List<Stripe> stripes = new ArrayList<>();
  /** Floats of a row of the frame: what the last lanes of the last pixel add to is not the next row. */
  private final int row;
  private final float[] packed;
  private final Map<Strides, List<Piece>> pieces = new ConcurrentHashMap<>();

  /** Lanes that are computed at one go. */
  private record Stripe(int first, int vectors, int width) {}

  private record Strides(int samples, int sample, int block, int row) {}

  /**
   * Rows of the frame that get the same rows of the kernel.
   *
   * @param taps a row of the kernel and a block of filters each
   * @param from where each row's taps are counted from, in the first column of the output
   * @param to where each row of the frame begins
   */
  private record Piece(int[] taps, int[] from, int[] to) {}

  SpreadGradient(ConvShape shape, CompactFrame frame) {
    this.shape = shape;
    this.frame = frame;
    filters = Filters.forward(shape);
    int lanes = ((shape.kernelWidth() - 1) * shape.dilationWidth() + 1) * shape.channels();
    int vectors = (lanes + kernels.lanes() - 1) / kernels.lanes();
    for (int v = 0; v < vectors; v += kernels.vectors()) {
      int together = Math.min(kernels.vectors(), vectors - v);
      stripes.add(new Stripe(v * kernels.lanes(), together, together * kernels.lanes()));
    }
    row = frame.shape().width() * shape.channels() + vectors * kernels.lanes() - lanes;
    packed = new float[offset(vectors * kernels.lanes())];
  }

  /** Where the filters of a stripe begin that has this first lane. */
  private int offset(int first) {
    return first * shape.kernelHeight() * shape.filters();
  }

  long bytes() {
    return (long) packed.length * Float.BYTES;
  }

  /**
   * Takes over the filters w: for each stripe and row of the kernel, a row of lanes for each filter; zeros in the gaps
   * of a dilated kernel, and between groups.
   */
  void pack(float[] w) {
    Arrays.fill(packed, 0f);
    for (Stripe stripe : stripes) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        pack(stripe, channel, w);
      }
    }
  }

  /** What a stripe has of one channel. */
  private void pack(Stripe stripe, int channel, float[] w) {
    int step = shape.dilationWidth() * shape.channels();
    int first = Math.max(0, (stripe.first() - channel + step - 1) / step);
    int end = Math.min(shape.kernelWidth(), (stripe.first() + stripe.width() - channel + step - 1) / step);
    int group = channel / shape.groupChannels();
    for (int filter = group * shape.groupFilters(); filter < (group + 1) * shape.groupFilters(); filter++) {
      for (int y = 0; y < shape.kernelHeight(); y++) {
        int from = filters.kernel(filter, channel) + y * shape.kernelWidth();
        int to = offset(stripe.first()) + (y * shape.filters() + filter) * stripe.width() + channel - stripe.first();
        for (int x = first; x < end; x++) {
          packed[to + x * step] = w[from + x];
        }
      }
    }
  }

  /** dx (+)= the gradient of the region's samples. */
  void run(Region region, Blocks dz, Blocks dx, boolean add) {
    int length = region.samples() * frame.shape().height() * row + Blocks.WIDTH; // give reads a whole block
    float[] sums = Scratch.floats(Purpose.FRAME, length);
    Arrays.fill(sums, 0, length, 0f);
    List<Piece> all = pieces.computeIfAbsent(
        new Strides(region.samples(), dz.sampleStride(), dz.blockStride(), dz.rowStride()), this::cut);
    for (int x = 0; x < shape.outWidth(); x++) {
      int from = dz.row(region.firstSample(), 0, 0) + x * Blocks.WIDTH;
      int to = x * shape.strideWidth() * shape.channels();
      for (Piece piece : all) {
        for (Stripe stripe : stripes) {
          add(stripe, piece, dz.data(), from, sums, to + stripe.first());
        }
      }
    }
    frame.give(sums, row, region, dx, add);
  }

  private void add(Stripe stripe, Piece p, float[] dz, int from, float[] sums, int to) {
    for (int tile = 0; tile < p.from().length; tile += DirectKernels.PIXELS) {
      kernels.products(stripe.vectors(), p.taps(), p.taps().length / Sweep.NUMBERS, dz, from, p.from(), tile,
          packed, offset(stripe.first()), sums, to, p.to(), kernels.lanes(), Float.NEGATIVE_INFINITY,
          sums, to, p.to(), kernels.lanes());
    }
  }

  private List<Piece> cut(Strides s) {
    List<Piece> cut = new ArrayList<>();
    for (Axis rows : Axis.rowsBackward(frame.shape())) {
      for (Axis.Stretch stretch : rows.stretches(0, rows.length())) {
        if (stretch.firstTap() < stretch.endTap()) {
          cut.add(piece(s, rows, stretch));
        }
      }
    }
    return cut;
  }

  private Piece piece(Strides s, Axis rows, Axis.Stretch stretch) {
    int count = s.samples() * stretch.cells();
    int tile = DirectKernels.PIXELS;
    int[] from = new int[(count + tile - 1) / tile * tile];
    int[] to = new int[from.length];
    for (int i = 0; i < from.length; i++) {
      int cell = Math.min(i, count - 1);
      int sample = cell / stretch.cells();
      int y = stretch.from() + cell % stretch.cells();
      from[i] = sample * s.sample() + y * rows.inStep() * s.row();
      to[i] = (sample * frame.shape().height() + rows.first() + y * rows.step()) * row;
    }
    return new Piece(taps(s, rows, stretch), from, to);
  }

  private int[] taps(Strides s, Axis rows, Axis.Stretch stretch) {
    int blocks = Blocks.count(shape.filters());
    int[] taps = new int[(stretch.endTap() - stretch.firstTap()) * blocks * Sweep.NUMBERS];
    for (int at = 0; at < taps.length; at += Sweep.NUMBERS) {
      int tap = stretch.firstTap() + at / Sweep.NUMBERS / blocks;
      int block = at / Sweep.NUMBERS % blocks;
      taps[at] = rows.offsets()[tap] * s.row() + block * s.block();
      taps[at + 1] = rows.taps()[tap] * shape.filters() + block * Blocks.WIDTH;
      taps[at + 2] = Math.min(Blocks.WIDTH, shape.filters() - block * Blocks.WIDTH);
    }
    return taps;
  }
}
