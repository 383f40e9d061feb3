package dev.fovea.layers;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import java.util.Arrays;

/**
 * What a parameter starts as. For a weight {@code [out, in]} or {@code [out, in / groups, kernel height, kernel width]}
 * the fan-in is the number of values one output is computed from, {@code in / groups * kernel height * kernel width},
 * and the fan-out {@code out * kernel height * kernel width}, as in PyTorch.
 *
 * <p>Normal draws are plain ones, as in PyTorch; Keras cuts them off at two deviations.
 */
public interface Initializer {
  /** Uniform in +-sqrt(6 / (fan-in + fan-out)) (Glorot and Bengio 2010); the default for weights, as in Keras. */
  Initializer GLOROT_UNIFORM = Scaled.GLOROT_UNIFORM;
  /** Normal with variance 2 / (fan-in + fan-out). */
  Initializer GLOROT_NORMAL = Scaled.GLOROT_NORMAL;
  /** Uniform in +-sqrt(6 / fan-in) (He and others 2015), for layers in front of a relu. */
  Initializer HE_UNIFORM = Scaled.HE_UNIFORM;
  /** Normal with variance 2 / fan-in. */
  Initializer HE_NORMAL = Scaled.HE_NORMAL;
  /** Normal with variance 1 / fan-in (LeCun and others 1998), for layers in front of a selu. */
  Initializer LECUN_NORMAL = Scaled.LECUN_NORMAL;
  /** Rows of length 1 at right angles to each other, see {@link Orthogonal}. */
  Initializer ORTHOGONAL = new Orthogonal();
  /** All zeros. */
  Initializer ZEROS = new Constant(0);
  /** All ones. */
  Initializer ONES = new Constant(1);

  /** One value everywhere. */
  static Initializer constant(double value) {
    return new Constant(value);
  }

  /** Overwrites every value of a parameter of this shape; the same seed gives the same values. */
  void fill(Shape shape, float[] values, RandomSource random);

  /** How many values one output is computed from. */
  static long fanIn(Shape shape) {
    return shape.rank() < 2 ? shape.elements() : shape.count(1, shape.rank());
  }

  /** How many outputs one value has a part in. */
  static long fanOut(Shape shape) {
    return shape.rank() < 2 ? shape.elements() : shape.dim(0) * shape.count(2, shape.rank());
  }

  /** Draws whose variance follows from the fans; uniform in +-limit has the variance limit^2 / 3. */
  enum Scaled implements Initializer {
    /** {@link Initializer#GLOROT_UNIFORM}. */
    GLOROT_UNIFORM(true) {
      @Override
      double variance(double fanIn, double fanOut) {
        return 2 / (fanIn + fanOut);
      }
    },
    /** {@link Initializer#GLOROT_NORMAL}. */
    GLOROT_NORMAL(false) {
      @Override
      double variance(double fanIn, double fanOut) {
        return 2 / (fanIn + fanOut);
      }
    },
    /** {@link Initializer#HE_UNIFORM}. */
    HE_UNIFORM(true) {
      @Override
      double variance(double fanIn, double fanOut) {
        return 2 / fanIn;
      }
    },
    /** {@link Initializer#HE_NORMAL}. */
    HE_NORMAL(false) {
      @Override
      double variance(double fanIn, double fanOut) {
        return 2 / fanIn;
      }
    },
    /** {@link Initializer#LECUN_NORMAL}. */
    LECUN_NORMAL(false) {
      @Override
      double variance(double fanIn, double fanOut) {
        return 1 / fanIn;
      }
    };

    private final boolean uniform;

    Scaled(boolean uniform) {
      this.uniform = uniform;
    }

    abstract double variance(double fanIn, double fanOut);

    @Override
    public void fill(Shape shape, float[] values, RandomSource random) {
      double deviation = Math.sqrt(variance(fanIn(shape), fanOut(shape)));
      double limit = Math.sqrt(3) * deviation;
      for (int i = 0; i < shape.size(); i++) {
        values[i] = (float) (uniform ? random.uniform(-limit, limit) : deviation * random.normal());
      }
    }
  }

  /**
   * The same value everywhere.
   *
   * @param value the value
   */
  record Constant(double value) implements Initializer {
    /** Checks that the value is finite. */
    public Constant {
      if (!Float.isFinite((float) value)) {
        throw new IllegalArgumentException("constant: expected a finite float, got " + value);
      }
    }

    @Override
    public void fill(Shape shape, float[] values, RandomSource random) {
      Arrays.fill(values, 0, shape.size(), (float) value);
    }

    @Override
    public String toString() {
      return value == 0 ? "ZEROS" : value == 1 ? "ONES" : "Initializer.constant(" + value + ")";
    }
  }
}
