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
 * <p>Neighbouring pixels add to the same places, so a tile is made of pixels above each other.
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
  private final Map<Strides, Tables> tables = new ConcurrentHashMap<>();

  /** Lanes that are computed at one go. */
  private record Stripe(int first, int vectors, int width) {}

  private record Strides(int samples, int sample, int block, int row) {}

  private record Tables(int[] taps, int[] from, int[] to) {}

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
    packed = new float[shape.kernelHeight() * rowLength()];
  }

  /** Floats of the filters that belong to a row of the kernel. */
  private int rowLength() {
    Stripe last = stripes.get(stripes.size() - 1);
    return (last.first() + last.width()) * shape.filters();
  }

  long bytes() {
    return (long) packed.length * Float.BYTES;
  }

  /**
   * Takes over the filters w: for each row of the kernel and stripe, a row of lanes for each filter; zeros in the gaps
   * of a dilated kernel, and between groups.
   */
  void pack(float[] w) {
    Arrays.fill(packed, 0f);
    for (int filter = 0; filter < filters.out(); filter++) {
      int group = filters.group(filter);
      for (int channel = filters.firstIn(group); channel < filters.firstIn(group + 1); channel++) {
        for (int y = 0; y < shape.kernelHeight(); y++) {
          int from = filters.kernel(filter, channel) + y * shape.kernelWidth();
          for (int x = 0; x < shape.kernelWidth(); x++) {
            int lane = x * shape.dilationWidth() * shape.channels() + channel;
            Stripe stripe = stripes.get(lane / stripes.get(0).width());
            packed[y * rowLength() + stripe.first() * shape.filters() + filter * stripe.width()
                + lane - stripe.first()] = w[from + x];
          }
        }
      }
    }
  }

  /** dx (+)= the gradient of the region's samples. */
  void run(Region region, Blocks dz, Blocks dx, boolean add) {
    int length = region.samples() * frame.shape().height() * row + Blocks.WIDTH;
    float[] sums = Scratch.floats(Purpose.FRAME, length);
    Arrays.fill(sums, 0, length, 0f);
    Tables t = tables.computeIfAbsent(
        new Strides(region.samples(), dz.sampleStride(), dz.blockStride(), dz.rowStride()), this::number);
    for (int x = 0; x < shape.outWidth(); x++) {
      int from = dz.row(region.firstSample(), 0, 0) + x * Blocks.WIDTH;
      for (int y = 0; y < shape.kernelHeight(); y++) {
        int to = y * shape.dilationHeight() * row + x * shape.strideWidth() * shape.channels();
        for (Stripe stripe : stripes) {
          add(stripe, t, dz.data(), from, y * rowLength() + stripe.first() * shape.filters(),
              sums, to + stripe.first());
        }
      }
    }
    frame.give(sums, row, region, dx, add);
  }

  private void add(Stripe stripe, Tables t, float[] dz, int from, int w, float[] sums, int to) {
    for (int tile = 0; tile < t.from().length; tile += DirectKernels.PIXELS) {
      kernels.products(stripe.vectors(), t.taps(), t.taps().length / Sweep.NUMBERS, dz, from, t.from(), tile,
          packed, w, sums, to, t.to(), kernels.lanes(), Float.NEGATIVE_INFINITY, sums, to, t.to(), kernels.lanes());
    }
  }

  private Tables number(Strides s) {
    int blocks = Blocks.count(shape.filters());
    int[] taps = new int[blocks * Sweep.NUMBERS];
    for (int b = 0; b < blocks; b++) {
      taps[b * Sweep.NUMBERS] = b * s.block();
      taps[b * Sweep.NUMBERS + 1] = b * Blocks.WIDTH;
      taps[b * Sweep.NUMBERS + 2] = Math.min(Blocks.WIDTH, shape.filters() - b * Blocks.WIDTH);
    }
    int count = s.samples() * shape.outHeight();
    int tile = DirectKernels.PIXELS;
    int[] from = new int[(count + tile - 1) / tile * tile];
    int[] to = new int[from.length];
    for (int i = 0; i < from.length; i++) {
      int cell = Math.min(i, count - 1);
      int sample = cell / shape.outHeight();
      int y = cell % shape.outHeight();
      from[i] = sample * s.sample() + y * s.row();
      to[i] = (sample * frame.shape().height() + y * shape.strideHeight()) * row;
    }
    return new Tables(taps, from, to);
  }
}
