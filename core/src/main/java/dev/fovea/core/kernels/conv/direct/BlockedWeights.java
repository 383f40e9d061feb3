package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gradient of the weights on pictures in blocks: for each cell of the kernel the output pixels whose tap lies
 * within the picture, multiplied with what it reads, 8 channels at a time.
 */
final class BlockedWeights {
  private final DirectKernels kernels = DirectKernels.get();
  private final ConvShape shape;
  private final Axis rows;
  private final Axis columns;
  private final List<Panel> panels;
  private final WeightSums sums;
  private final Map<Stretches, int[]> stretches = new ConcurrentHashMap<>();

  BlockedWeights(ConvShape shape, Axis rows, Axis columns) {
    this.shape = shape;
    this.rows = rows;
    this.columns = columns;
    panels = Panel.of(shape.filters(), shape.channels(), shape.groups(), kernels);
    sums = new WeightSums(shape, panels, DirectKernels.CHANNELS);
  }

  /** Rows of pixels: how many, how far apart in x and in dz, and how many pixels each has. */
  private record Stretches(int rows, int xRow, int dzRow, int samples, int xSample, int dzSample, int pixels) {}

  WeightSums sums() {
    return sums;
  }

  /** Adds what rows {@code from} to {@code to} of some samples give. */
  void run(int firstSample, int samples, int from, int to, Blocks x, Blocks dz, float[] partial) {
    for (int panel = 0; panel < panels.size(); panel++) {
      for (int y = 0; y < shape.kernelHeight(); y++) {
        Axis.Stretch across = rows.cells(y, from, to);
        for (int k = 0; k < shape.kernelWidth(); k++) {
          Axis.Stretch along = columns.cells(k, 0, columns.length());
          if (across.cells() > 0 && along.cells() > 0) {
            int row = across.from() * rows.inStep() + rows.offsets()[y];
            int column = along.from() * columns.inStep() + columns.offsets()[k];
            tap(panel, y * shape.kernelWidth() + k, table(across, along, samples, x, dz),
                x, x.row(firstSample, 0, row) + column * Blocks.WIDTH,
                dz, dz.row(firstSample, panels.get(panel).block(), across.from()) + along.from() * Blocks.WIDTH,
                partial);
          }
        }
      }
    }
  }

  private int[] table(Axis.Stretch across, Axis.Stretch along, int samples, Blocks x, Blocks dz) {
    return stretches.computeIfAbsent(new Stretches(across.cells(), rows.inStep() * x.rowStride(), dz.rowStride(),
        samples, x.sampleStride(), dz.sampleStride(), along.cells()), BlockedWeights::number);
  }

  private static int[] number(Stretches s) {
    int[] runs = new int[s.rows() * s.samples() * Sweep.NUMBERS];
    for (int i = 0; i < s.rows() * s.samples(); i++) {
      int row = i / s.samples();
      int sample = i % s.samples();
      runs[Sweep.NUMBERS * i] = row * s.xRow() + sample * s.xSample();
      runs[Sweep.NUMBERS * i + 1] = row * s.dzRow() + sample * s.dzSample();
      runs[Sweep.NUMBERS * i + 2] = s.pixels();
    }
    return runs;
  }

  private void tap(int number, int tap, int[] runs, Blocks x, int xOffset, Blocks dz, int dzOffset, float[] partial) {
    Panel panel = panels.get(number);
    int first = sums.firstChannel(number);
    for (int c = first; c < sums.endChannel(number); c += DirectKernels.CHANNELS) {
      kernels.weights(panel.vectors(), runs, runs.length / Sweep.NUMBERS,
          x.data(), xOffset + c / Blocks.WIDTH * x.blockStride() + c % Blocks.WIDTH, columns.inStep() * Blocks.WIDTH,
          dz.data(), dzOffset + panel.lane(), dz.blockStride(), Blocks.WIDTH,
          partial, sums.tap(number, tap) + (c - first) * panel.width());
    }
  }
}
