package dev.fovea.core;

/**
 * How the values of a tensor lie in its array. What a user reads is in logical order whatever the format; only
 * operations and plans see the difference.
 */
public enum MemoryFormat {
  /** Row-major order of the shape. */
  PLAIN {
    @Override
    public long length(Shape shape) {
      return shape.elements();
    }

    @Override
    int offset(Shape shape, int[] index) {
      return shape.offset(index);
    }

    @Override
    void toPlain(Shape shape, float[] data, float[] plain) {
      System.arraycopy(data, 0, plain, 0, plain.length);
    }
  },

  /**
   * Pictures [N, C, H, W] as [N, ceil(C / 16), H, W, 16]: the channels of a pixel side by side in blocks of 16, so that
   * SIMD lanes run over channels. Where C is no multiple of 16 the last block is padded with channels that mean
   * nothing and hold finite values.
   */
  BLOCKED {
    @Override
    public long length(Shape shape) {
      requirePictures(shape);
      return (long) shape.dim(0) * blocks(shape) * BLOCK * shape.dim(2) * shape.dim(3);
    }

    @Override
    int offset(Shape shape, int[] index) {
      shape.offset(index);
      int block = index[0] * blocks(shape) + index[1] / BLOCK;
      return ((block * shape.dim(2) + index[2]) * shape.dim(3) + index[3]) * BLOCK + index[1] % BLOCK;
    }

    @Override
    void toPlain(Shape shape, float[] data, float[] plain) {
      int pixels = shape.dim(2) * shape.dim(3);
      int channels = shape.dim(1);
      for (int plane = 0; plane < shape.dim(0) * channels; plane++) {
        int channel = plane % channels;
        int block = plane / channels * blocks(shape) + channel / BLOCK;
        int from = block * pixels * BLOCK + channel % BLOCK;
        for (int pixel = 0; pixel < pixels; pixel++) {
          plain[plane * pixels + pixel] = data[from + pixel * BLOCK];
        }
      }
    }
  };

  /** Channels in a block. */
  public static final int BLOCK = 16;

  /** How many floats a tensor of this shape takes in this format, which may be more than an array can hold. */
  public abstract long length(Shape shape);

  /** Where the element at these indices lies. */
  abstract int offset(Shape shape, int[] index);

  /** Copies all elements to row-major order. */
  abstract void toPlain(Shape shape, float[] data, float[] plain);

  /** Whether tensors of this shape can be kept in blocks of channels: they have the axes [N, C, H, W]. */
  public static boolean isPictures(Shape shape) {
    return shape.rank() == 4;
  }

  private static void requirePictures(Shape shape) {
    if (!isPictures(shape)) {
      throw new ShapeException("blocked format: expected pictures [N, C, H, W], got " + shape);
    }
  }

  private static int blocks(Shape shape) {
    return (shape.dim(1) + BLOCK - 1) / BLOCK;
  }
}
