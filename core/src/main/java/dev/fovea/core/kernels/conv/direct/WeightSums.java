package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.Cuts;
import java.util.List;

/**
 * The order of a partial sum of the weights' gradient: panel by panel of filters, for each cell of the kernel and input
 * channel a row as wide as the panel.
 */
final class WeightSums {
  private final Filters filters;
  private final int taps;
  private final List<Panel> panels;
  private final int align;
  private final int[] offsets;
  private final int length;

  /** @param align the channels of a panel begin and end at multiples of this */
  WeightSums(ConvShape shape, List<Panel> panels, int align) {
    filters = Filters.forward(shape);
    taps = shape.taps();
    this.panels = panels;
    this.align = align;
    offsets = new int[panels.size()];
    int end = 0;
    for (int p = 0; p < offsets.length; p++) {
      offsets[p] = end;
      end = Math.addExact(end, Math.multiplyExact(taps, tapLength(p)));
    }
    length = end;
  }

  int length() {
    return length;
  }

  /** The first channel that a panel has rows for. */
  int firstChannel(int panel) {
    return panels.get(panel).from() / align * align;
  }

  /** Behind the last channel that a panel has rows for. */
  int endChannel(int panel) {
    return (panels.get(panel).to() + align - 1) / align * align;
  }

  private int tapLength(int panel) {
    return (endChannel(panel) - firstChannel(panel)) * panels.get(panel).width();
  }

  /** Where the first channel's row of a cell of the kernel begins. */
  int tap(int panel, int tap) {
    return offsets[panel] + tap * tapLength(panel);
  }

  /** dw (+)= the sum of the partial sums, in order; on all threads if they are long. */
  void reduce(List<float[]> partials, float[] dw, boolean add) {
    Cuts.share(panels.size() * taps, (long) partials.size() * length, round -> {
      int panel = round / taps;
      int tap = round % taps;
      int count = tapLength(panel);
      int from = tap(panel, tap);
      float[] sum = Scratch.floats(Purpose.PARTIAL_SUMS, count);
      System.arraycopy(partials.get(0), from, sum, 0, count);
      for (int i = 1; i < partials.size(); i++) {
        Kernels.get().add(count, sum, 0, partials.get(i), from, sum, 0);
      }
      unpack(panel, tap, sum, dw, add);
    });
  }

  private void unpack(int number, int tap, float[] sum, float[] dw, boolean add) {
    Panel panel = panels.get(number);
    for (int lane = 0; lane < panel.width() && panel.first() + lane < filters.out(); lane++) {
      int filter = panel.first() + lane;
      int group = filters.group(filter);
      int channel = filters.firstIn(group);
      int count = filters.firstIn(group + 1) - channel;
      int from = (channel - firstChannel(number)) * panel.width() + lane;
      int to = filters.kernel(filter, channel) + tap;
      for (int i = 0; i < count; i++) {
        float value = sum[from + i * panel.width()];
        dw[to + i * taps] = add ? dw[to + i * taps] + value : value;
      }
    }
  }
}
