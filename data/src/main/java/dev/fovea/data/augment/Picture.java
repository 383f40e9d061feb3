package dev.fovea.data.augment;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;

/**
 * One sample on its way through an {@link Augmentation}: its values, {@code [C, H, W]} in row-major order in some array
 * from an offset on, and the random numbers for it.
 *
 * <p>Changes of place are noted and put together; the picture is interpolated, bilinearly, when its values are asked
 * for. So rotate, scale and shift cost one interpolation, and blur the picture once.
 *
 * <p>It keeps the arrays that this takes for the next picture: a thread needs one object, and makes no garbage. It
 * belongs to one thread.
 */
public final class Picture {
  private final int channels;
  private final int height;
  private final int width;
  private final RandomSource random = new RandomSource(0);
  private final AffineMap map = new AffineMap();
  private final Resampling resampling;
  private boolean bent;
  private Border border = Border.BLACK;
  private Border borderOfMap = Border.BLACK;
  private float[] pixels = {};
  private int offset;

  /**
   * Room for pictures of this shape.
   *
   * @param shape {@code [C, H, W]}
   */
  public Picture(Shape shape) {
    channels = shape.dim(0);
    height = shape.dim(1);
    width = shape.dim(2);
    resampling = new Resampling(height, width);
  }

  /**
   * Changes a picture in place.
   *
   * @param pixels the array that holds it
   * @param offset where it begins
   * @param seed what the random numbers follow from
   * @param index the same: the number of the sample
   */
  public void change(Augmentation augmentation, float[] pixels, int offset, long seed, long index) {
    this.pixels = pixels;
    this.offset = offset;
    random.reset(seed, index);
    map.reset();
    bent = false;
    augmentation.apply(this);
    resample();
  }

  /** How many channels it has. */
  public int channels() {
    return channels;
  }

  /** How many rows a channel has. */
  public int height() {
    return height;
  }

  /** How many pixels a row has. */
  public int width() {
    return width;
  }

  /** How many values there are in all channels. */
  public int size() {
    return channels * height * width;
  }

  /** The random numbers for this picture: nothing else may decide what is done to it. */
  public RandomSource random() {
    return random;
  }

  /**
   * The array that holds the values, from {@link #offset()} on; to be read and written. All changes of place so far
   * are in them.
   */
  public float[] pixels() {
    resample();
    return pixels;
  }

  /** Where in the array the picture begins. */
  public int offset() {
    return offset;
  }

  /**
   * Changes places: the new picture shows at (x, y) what the old one shows at (xx x + xy y + x0, yx x + yy y + y0),
   * both in pixels from the picture's middle, to the right and down.
   */
  public void move(double xx, double xy, double x0, double yx, double yy, double y0) {
    if (bent || border != borderOfMap) {
      resample();
    }
    borderOfMap = border;
    map.after(xx, xy, x0, yx, yy, y0);
  }

  /** Moves each pixel by a random vector; changes of place before this one are put together with it. */
  void bend(float strength, double smoothness) {
    if (bent || border != borderOfMap) {
      resample();
    }
    borderOfMap = border;
    bent = true;
    resampling.displacement().draw(random, strength, smoothness);
  }

  Border border() {
    return border;
  }

  void setBorder(Border border) {
    this.border = border;
  }

  private void resample() {
    if (bent || !map.isIdentity()) {
      resampling.resample(map, bent, borderOfMap, pixels, offset, channels);
      map.reset();
      bent = false;
    }
  }
}
