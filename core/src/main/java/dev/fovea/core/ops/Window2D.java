package dev.fovea.core.ops;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;

/**
 * How a window slides over pictures {@code [N, C, H, W]}: the geometry that convolution and pooling share.
 *
 * <p>A kernel of k cells at dilation d spans (k - 1) d + 1 cells. On an axis of n cells with p cells of padding in all,
 * it finds floor((n + p - span) / stride) + 1 places. Prints as the code that makes it:
 * {@code Window2D.of(3).withStride(2).withPadding(SAME)}.
 *
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideHeight rows from one place to the next
 * @param strideWidth columns from one place to the next
 * @param dilationHeight rows from one cell of the window to the next; 1 leaves no gaps
 * @param dilationWidth columns from one cell of the window to the next
 * @param padding the cells put around the picture
 */
public record Window2D(int kernelHeight, int kernelWidth, int strideHeight, int strideWidth,
    int dilationHeight, int dilationWidth, Padding padding) {
  private static final int AXES = 4;

  /** Checks that every number is at least 1. */
  public Window2D {
    atLeastOne("kernel height", kernelHeight);
    atLeastOne("kernel width", kernelWidth);
    atLeastOne("stride height", strideHeight);
    atLeastOne("stride width", strideWidth);
    atLeastOne("dilation height", dilationHeight);
    atLeastOne("dilation width", dilationWidth);
    checkSpan("height", kernelHeight, dilationHeight);
    checkSpan("width", kernelWidth, dilationWidth);
    if (padding == null) {
      throw new IllegalArgumentException("window: expected a padding, got null");
    }
  }

  /** A square window, stride 1, no dilation, no padding. */
  public static Window2D of(int kernel) {
    return of(kernel, kernel);
  }

  /** A window of this height and width, stride 1, no dilation, no padding. */
  public static Window2D of(int kernelHeight, int kernelWidth) {
    return new Window2D(kernelHeight, kernelWidth, 1, 1, 1, 1, Padding.VALID);
  }

  /** This window with another stride, the same for both axes. */
  public Window2D withStride(int stride) {
    return withStride(stride, stride);
  }

  /** This window with other strides. */
  public Window2D withStride(int height, int width) {
    return new Window2D(kernelHeight, kernelWidth, height, width, dilationHeight, dilationWidth, padding);
  }

  /** This window with another dilation, the same for both axes. */
  public Window2D withDilation(int dilation) {
    return withDilation(dilation, dilation);
  }

  /** This window with other dilations. */
  public Window2D withDilation(int height, int width) {
    return new Window2D(kernelHeight, kernelWidth, strideHeight, strideWidth, height, width, padding);
  }

  /** This window with another padding. */
  public Window2D withPadding(Padding other) {
    return new Window2D(
        kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, other);
  }

  /**
   * How many places the window finds on a picture of this height.
   *
   * @throws ShapeException if it finds none
   */
  public int outputHeight(int height) {
    return places("height", height, kernelHeight, strideHeight, dilationHeight,
        (long) paddingTop(height) + paddingBottom(height));
  }

  /**
   * How many places the window finds on a picture of this width.
   *
   * @throws ShapeException if it finds none
   */
  public int outputWidth(int width) {
    return places("width", width, kernelWidth, strideWidth, dilationWidth,
        (long) paddingLeft(width) + paddingRight(width));
  }

  /** Rows of padding above a picture of this height. */
  public int paddingTop(int height) {
    return padding instanceof Padding.Explicit p ? p.top() : sameHeight(height) / 2;
  }

  /** Rows of padding below a picture of this height. */
  public int paddingBottom(int height) {
    return padding instanceof Padding.Explicit p ? p.bottom() : (sameHeight(height) + 1) / 2;
  }

  /** Columns of padding on the left of a picture of this width. */
  public int paddingLeft(int width) {
    return padding instanceof Padding.Explicit p ? p.left() : sameWidth(width) / 2;
  }

  /** Columns of padding on the right of a picture of this width. */
  public int paddingRight(int width) {
    return padding instanceof Padding.Explicit p ? p.right() : (sameWidth(width) + 1) / 2;
  }

  /**
   * The shape rule of an op that slides this window: {@code [N, C, H, W]} to {@code [N, channels, H', W']}.
   *
   * @param where the name of the op, which errors begin with
   * @throws ShapeException if the input has other axes, or the window does not fit into it
   */
  public Shape outputShape(String where, Shape input, int channels) {
    checkAxes(where, input);
    try {
      return Shape.of(input.dim(0), channels, outputHeight(input.dim(2)), outputWidth(input.dim(3)));
    } catch (ShapeException e) {
      throw new ShapeException(where + ": input " + input + ": " + e.getMessage(), e);
    }
  }

  /** {@link #outputShape(String, Shape, int)} where the channels stay as they are, as in pooling. */
  public Shape outputShape(String where, Shape input) {
    checkAxes(where, input);
    return outputShape(where, input, input.dim(1));
  }

  private static void checkAxes(String where, Shape input) {
    if (input.rank() != AXES) {
      throw new ShapeException(where + ": expected an input [N, C, H, W], got " + input);
    }
  }

  /** Whether explicit padding is so wide that some place may lie wholly in it, which pooling cannot bear. */
  boolean mayMissThePicture() {
    return padding instanceof Padding.Explicit p
        && (Math.max(p.top(), p.bottom()) >= span(kernelHeight, dilationHeight)
            || Math.max(p.left(), p.right()) >= span(kernelWidth, dilationWidth));
  }

  private int sameHeight(int height) {
    return same(height, kernelHeight, strideHeight, dilationHeight);
  }

  private int sameWidth(int width) {
    return same(width, kernelWidth, strideWidth, dilationWidth);
  }

  /** What SAME puts on both ends of an axis together; 0 for any other padding. */
  private int same(int length, int kernel, int stride, int dilation) {
    if (padding != Padding.SAME) {
      return 0;
    }
    long places = ((long) length + stride - 1) / stride;
    return (int) Math.max((places - 1) * stride + span(kernel, dilation) - length, 0);
  }

  private int places(String axis, int length, int kernel, int stride, int dilation, long padded) {
    long span = span(kernel, dilation);
    long room = length + padded;
    if (span > room) {
      String cells = dilation == 1 ? "" : " (" + kernel + " cells at dilation " + dilation + ")";
      throw new ShapeException("kernel " + span + cells + " is longer than the padded input " + room + " (" + axis + " "
          + length + ", padding " + padding + "); a smaller kernel or SAME padding would fit");
    }
    long places = (room - span) / stride + 1;
    if (places > Integer.MAX_VALUE) {
      throw new ShapeException("output " + axis + ": at most 2147483647, got " + places + " (padding " + padding + ")");
    }
    return (int) places;
  }

  private static long span(int kernel, int dilation) {
    return (kernel - 1L) * dilation + 1;
  }

  private static void atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("window: " + what + " must be at least 1, got " + value);
    }
  }

  private static void checkSpan(String axis, int kernel, int dilation) {
    if (span(kernel, dilation) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("window: the kernel may span at most 2147483647 cells, got "
          + span(kernel, dilation) + " (kernel " + axis + " " + kernel + ", dilation " + dilation + ")");
    }
  }

  @Override
  public String toString() {
    return "Window2D.of(" + pair(kernelHeight, kernelWidth) + ")"
        + wither("withStride", strideHeight, strideWidth)
        + wither("withDilation", dilationHeight, dilationWidth)
        + (padding == Padding.VALID ? "" : ".withPadding(" + padding + ")");
  }

  private static String wither(String name, int height, int width) {
    return height == 1 && width == 1 ? "" : "." + name + "(" + pair(height, width) + ")";
  }

  private static String pair(int height, int width) {
    return height == width ? Integer.toString(height) : height + ", " + width;
  }
}
