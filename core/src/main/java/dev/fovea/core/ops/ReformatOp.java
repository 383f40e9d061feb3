package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.BlockTranspose;
import dev.fovea.core.kernels.Parallel;

/**
 * y = x, kept in another {@link MemoryFormat}: plans insert it between an op that computes in one format and an op that
 * computes in another. Which way it goes is told from the formats of x and y; the gradient goes the other way. Padding
 * channels are written as zeros and never read.
 */
public final class ReformatOp implements Op {
  /** Floats of blocks a thread takes at a time. */
  private static final int STRETCH = 1 << 14;

  @Override
  public Shape infer(Shape... in) {
    return Inputs.one(this, in);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    convert(in[0].shape(), in[0].format(), in[0].data(), out.format(), out.data(), false);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      convert(in[0].shape(), out.format(), out.grad(), in[0].format(), in[0].grad(), add);
    }
  }

  /** y (+)= x. */
  private static void convert(Shape shape, MemoryFormat from, float[] x, MemoryFormat to, float[] y, boolean add) {
    if (from == to) {
      Strips.move(1, (int) to.length(shape), x, 0, 0, y, 0, 0, add);
      return;
    }
    int pixels = shape.dim(2) * shape.dim(3);
    int channels = shape.dim(1);
    int blocks = (channels + MemoryFormat.BLOCK - 1) / MemoryFormat.BLOCK;
    int piece = Math.min(pixels, STRETCH / MemoryFormat.BLOCK);
    int pieces = (pixels + piece - 1) / piece;
    int all = shape.dim(0) * blocks * pieces;
    Parallel.ranges(all, Parallel.evenly(all, Math.max(1, STRETCH / (piece * MemoryFormat.BLOCK))), (low, high) -> {
      for (int i = low; i < high; i++) {
        int block = i / pieces;
        int pixel = i % pieces * piece;
        int firstChannel = block % blocks * MemoryFormat.BLOCK;
        int here = Math.min(MemoryFormat.BLOCK, channels - firstChannel);
        int blocked = (block * pixels + pixel) * MemoryFormat.BLOCK;
        int plain = (block / blocks * channels + firstChannel) * pixels + pixel;
        int n = Math.min(piece, pixels - pixel);
        if (to == MemoryFormat.BLOCKED) {
          BlockTranspose.toBlocks(here, n, x, plain, pixels, y, blocked, add);
        } else {
          BlockTranspose.toPlanes(here, n, x, blocked, y, plain, pixels, add);
        }
      }
    });
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
