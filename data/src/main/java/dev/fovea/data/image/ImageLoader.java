package dev.fovea.data.image;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * How a picture becomes a sample, {@code [3, H, W]} (red, green, blue) or {@code [1, H, W]} (grey), 0..1: what the
 * {@linkplain dev.fovea.data.image package} says, in one size. The same for training, where {@link ImageFolder} takes
 * it, and for a model in use:
 *
 * <pre>{@code
 * Tensor sample = ImageLoader.of(model.inputShape()).read(Path.of("picture.jpg"));
 * }</pre>
 *
 * <p>These are settings and do not change; the withers return new ones. Any number of threads may read at once.
 *
 * @param sampleShape {@code [1, H, W]} or {@code [3, H, W]}
 * @param fit what is done if a picture's sides have another ratio
 * @param onWhite whether the transparent shows white, not black
 * @param pixelLimit a picture of more pixels is refused by its header, before it is decoded
 */
public record ImageLoader(Shape sampleShape, ImageFit fit, boolean onWhite, long pixelLimit) {
  /** The limit unless another is set: pictures of 100,000,000 pixels, which take some 300 MB while one is decoded. */
  public static final long PIXEL_LIMIT = 100_000_000;

  /** Checks the shape and the limit. */
  public ImageLoader {
    if (sampleShape.rank() != 3 || sampleShape.dim(0) != 1 && sampleShape.dim(0) != 3) {
      throw new IllegalArgumentException(
          "image loader: expected samples [1, H, W] (grey) or [3, H, W] (colour), got " + sampleShape);
    }
    if (pixelLimit < 1) {
      throw new IllegalArgumentException("image loader: the limit of pixels must be at least 1, got " + pixelLimit);
    }
  }

  /**
   * Pictures as samples of this shape, stretched, the transparent on black.
   *
   * @param sampleShape {@code [1, H, W]} or {@code [3, H, W]}, as a model's input
   * @throws IllegalArgumentException if it is none of these
   */
  public static ImageLoader of(Shape sampleShape) {
    return new ImageLoader(sampleShape, ImageFit.STRETCH, false, PIXEL_LIMIT);
  }

  /** Pictures in colour, stretched to so many rows and columns, the transparent on black. */
  public static ImageLoader of(int height, int width) {
    return of(Shape.of(3, height, width));
  }

  /** This with one channel. */
  public ImageLoader grey() {
    return new ImageLoader(Shape.of(1, sampleShape.dim(1), sampleShape.dim(2)), fit, onWhite, pixelLimit);
  }

  /** This with another way to deal with sides of another ratio. */
  public ImageLoader withFit(ImageFit fit) {
    return new ImageLoader(sampleShape, fit, onWhite, pixelLimit);
  }

  /** This with white where a picture is transparent. */
  public ImageLoader withWhiteGround() {
    return new ImageLoader(sampleShape, fit, true, pixelLimit);
  }

  /** This with another limit: a picture of more pixels is refused by its header, before it is decoded. */
  public ImageLoader withPixelLimit(long pixelLimit) {
    return new ImageLoader(sampleShape, fit, onWhite, pixelLimit);
  }

  /**
   * The picture in a file, as a sample.
   *
   * @throws ImageException if the file is not there, cannot be read or holds no picture that Java can decode
   */
  public Tensor read(Path file) throws ImageException {
    return tensor(bytes(file));
  }

  /**
   * The picture that a stream holds, as a sample: for pictures that come over a network.
   *
   * @throws IOException if the stream cannot be read or holds no picture that Java can decode
   */
  public Tensor read(InputStream stream) throws IOException {
    try {
      return tensor(decoder().decode(stream, this::scaled));
    } catch (ImageDecoder.NotAPicture e) {
      throw new IOException("picture: " + e.getMessage(), e.getCause());
    }
  }

  /** The picture in a file, as the bytes of a sample, row-major. */
  byte[] bytes(Path file) throws ImageException {
    return decoder().decode(file, this::scaled);
  }

  private ImageDecoder decoder() {
    return new ImageDecoder(sampleShape.dim(0) == 1, onWhite ? 255 : 0, pixelLimit);
  }

  private Tensor tensor(byte[] bytes) {
    Tensor sample = Tensor.zeros(sampleShape);
    toUnit(bytes, sample.data(), 0);
    return sample;
  }

  /** Writes bytes as 0..1. */
  static void toUnit(byte[] bytes, float[] values, int offset) {
    for (int i = 0; i < bytes.length; i++) {
      values[offset + i] = (bytes[i] & 0xff) / 255f;
    }
  }

  /** Scales what is stored, for that may be large, and turns the result. */
  private byte[] scaled(Pixels pixels, int orientation) {
    int channels = sampleShape.dim(0);
    boolean swaps = Orientation.swapsAxes(orientation);
    int height = sampleShape.dim(swaps ? 2 : 1);
    int width = sampleShape.dim(swaps ? 1 : 2);
    double tall = pixels.height();
    double wide = pixels.width();
    if (fit == ImageFit.CROP) {
      double scale = Math.min(tall / height, wide / width);
      tall = scale * height;
      wide = scale * width;
    }
    float[] values = Resize.interleaved(pixels, channels,
        Taps.of(pixels.height(), (pixels.height() - tall) / 2, (pixels.height() + tall) / 2, height), pixels.width(),
        Taps.of(pixels.width(), (pixels.width() - wide) / 2, (pixels.width() + wide) / 2, width));
    return planes(values, channels, height, width, orientation);
  }

  private byte[] planes(float[] values, int channels, int height, int width, int orientation) {
    int rows = sampleShape.dim(1);
    int columns = sampleShape.dim(2);
    byte[] bytes = new byte[sampleShape.size()];
    // Where a pixel is stored is a linear function of its row and column.
    int origin = Orientation.stored(orientation, height, width, 0, 0);
    int down = Orientation.stored(orientation, height, width, 1, 0) - origin;
    int across = Orientation.stored(orientation, height, width, 0, 1) - origin;
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < rows; y++) {
        int to = (channel * rows + y) * columns;
        int from = (origin + y * down) * channels + channel;
        for (int x = 0; x < columns; x++) {
          float value = values[from + x * across * channels];
          bytes[to + x] = (byte) Math.max(0, Math.min(255, (int) (value + 0.5f)));
        }
      }
    }
    return bytes;
  }
}
