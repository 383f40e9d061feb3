package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.conv.direct.loops.DirectKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring output channels that a tile computes together, padding of the last block included, and the input
 * channels they are computed from: those of all the groups they are in.
 *
 * @param first the first output channel, counting the padding of no block but the last
 * @param width how many
 * @param vectors of so many vectors
 * @param from the first input channel
 * @param to behind the last input channel
 */
record Panel(int first, int width, int vectors, int from, int to) {

  /** Cuts output channels into panels as wide as the kernels' tiles, the last perhaps of one vector less. */
  static List<Panel> of(int outChannels, int inChannels, int groups, DirectKernels kernels) {
    List<Panel> panels = new ArrayList<>();
    int padded = Blocks.count(outChannels) * Blocks.WIDTH;
    int groupOut = outChannels / groups;
    int groupIn = inChannels / groups;
    for (int first = 0; first < padded; ) {
      int vectors = Math.min(kernels.vectors(), (padded - first) / kernels.lanes());
      int width = vectors * kernels.lanes();
      int last = Math.min(outChannels, first + width) - 1;
      boolean real = first < outChannels;
      panels.add(new Panel(first, width, vectors,
          real ? first / groupOut * groupIn : 0, real ? (last / groupOut + 1) * groupIn : 0));
      first += width;
    }
    return panels;
  }

  /** The block that the first channel is in. */
  int block() {
    return first / Blocks.WIDTH;
  }

  /** The first channel's place in its block. */
  int lane() {
    return first % Blocks.WIDTH;
  }

  /** How many input channels. */
  int channels() {
    return to - from;
  }
}
