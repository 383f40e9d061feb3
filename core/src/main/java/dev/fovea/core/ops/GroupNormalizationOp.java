package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;

/**
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, where mean and (biased) variance are those of a group of
 * neighbouring channels of one sample, over all further axes (Wu and He, "Group normalization", 2018). Inputs: x {@code
 * [N, C, ...]}, weight {@code [C]} (gamma), bias {@code [C]} (beta); y has the shape of x. As PyTorch's {@code
 * group_norm}: channels c * C / groups and following make group c.
 *
 * <p>With g = dy weight and h = (x - mean) / deviation, dx = (g - mean of g - h (mean of g h)) / deviation, the means
 * over a group. The sums behind them are taken channel by channel, of each sample by itself, and put together in double
 * precision; a group far from 0 keeps its digits.
 */
public final class GroupNormalizationOp implements Op {
  private static final int INPUTS = 3;

  private final int groups;
  private final double epsilon;
  private final ChannelConstants constants = new ChannelConstants();
  private final ChannelMoments moments = new ChannelMoments();
  private final ChannelSlopes slopes = new ChannelSlopes();
  /** Of each group of each sample. */
  private double[] means = {};
  private double[] inverseDeviations = {};

  /**
   * Group normalization with so many groups.
   *
   * @throws IllegalArgumentException if there is not at least one, or epsilon is not above 0
   */
  public GroupNormalizationOp(int groups, double epsilon) {
    if (groups < 1) {
      throw new IllegalArgumentException(name() + ": the number of groups must be at least 1, got " + groups);
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(name() + ": epsilon must be above 0, got " + epsilon);
    }
    this.groups = groups;
    this.epsilon = epsilon;
  }

  @Override
  public Shape infer(Shape... in) {
    if (in.length != INPUTS) {
      throw new ShapeException(name() + ": expected three inputs, x, weight and bias, got " + in.length);
    }
    if (in[0].rank() < 2) {
      throw new ShapeException(name() + ": expected an input [N, C, ...], got " + in[0]);
    }
    if (in[0].dim(1) % groups != 0) {
      throw new ShapeException(name() + ": " + in[0].dim(1) + " channels do not fall into " + groups
          + " groups, input " + in[0]);
    }
    Shape channels = Shape.of(in[0].dim(1));
    if (!in[1].equals(channels) || !in[2].equals(channels)) {
      throw new ShapeException(name() + ": expected weight and bias " + channels + " for an input " + in[0] + ", got "
          + in[1] + " and " + in[2]);
    }
    return in[0];
  }

  /** Whatever the format of x and y: weight and bias are no pictures. */
  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in[0]);
  }

  @Override
  public long keptBytes(Shape... in) {
    Channels planes = Channels.of(in[0], MemoryFormat.PLAIN).bySample();
    return ChannelConstants.bytes(planes.count()) + ChannelMoments.bytes(planes) + ChannelSlopes.bytes(planes)
        + 2L * Double.BYTES * in[0].dim(0) * groups;
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0]);
    Channels planes = channels.bySample();
    float[] x = in[0].data();
    float[] y = out.data();
    moments.compute(planes, x);
    if (means.length < channels.samples() * groups) {
      means = new double[channels.samples() * groups];
      inverseDeviations = new double[means.length];
    }
    constants.start(planes);
    for (int sample = 0; sample < channels.samples(); sample++) {
      for (int group = 0; group < groups; group++) {
        measure(channels, sample, group);
        setNormalization(channels, sample, group, in[1].data(), in[2].data());
      }
    }
    planes.eachPiece((plane, n, offset) ->
        planes.kernels().normalize(n, x, offset, constants.values(), constants.at(plane), y, offset, false));
  }

  /** All channels of a group hold as many values: means are averaged, and variances, with that of the means added. */
  private void measure(Channels channels, int sample, int group) {
    int members = channels.count() / groups;
    double mean = 0;
    for (int channel = group * members; channel < (group + 1) * members; channel++) {
      mean += moments.mean(channels.place(sample, channel)) / members;
    }
    double variance = 0;
    for (int channel = group * members; channel < (group + 1) * members; channel++) {
      int place = channels.place(sample, channel);
      double distance = moments.mean(place) - mean;
      variance += (moments.squares(place) / channels.pixels() + distance * distance) / members;
    }
    means[sample * groups + group] = mean;
    inverseDeviations[sample * groups + group] = 1 / Math.sqrt(variance + epsilon);
  }

  /** What the center loses as a float, the offset gives back. */
  private void setNormalization(Channels channels, int sample, int group, float[] weight, float[] bias) {
    double mean = means[sample * groups + group];
    float center = (float) mean;
    int members = channels.count() / groups;
    for (int channel = group * members; channel < (group + 1) * members; channel++) {
      double factor = weight[channel] * inverseDeviations[sample * groups + group];
      constants.set(channels.place(sample, channel), center, (float) factor,
          (float) (bias[channel] + (center - mean) * factor), 0f);
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad() && !in[1].wantsGrad() && !in[2].wantsGrad()) {
      return;
    }
    Channels channels = Channels.of(in[0]);
    Channels planes = channels.bySample();
    constants.start(planes);
    for (int sample = 0; sample < channels.samples(); sample++) {
      for (int channel = 0; channel < channels.count(); channel++) {
        constants.set(channels.place(sample, channel), (float) mean(channels, sample, channel), 0f, 0f, 0f);
      }
    }
    slopes.compute(planes, in[0].data(), out.grad(), constants);
    backwardOfSettings(channels, in);
    if (in[0].wantsGrad()) {
      backwardOfInput(channels, in, out);
    }
  }

  private double mean(Channels channels, int sample, int channel) {
    return means[sample * groups + channel / (channels.count() / groups)];
  }

  /** The sum of dy (x - mean) over a channel of a sample: what the center loses as a float is given back. */
  private double product(Channels channels, int sample, int channel) {
    int place = channels.place(sample, channel);
    double mean = mean(channels, sample, channel);
    return slopes.product(place) + ((float) mean - mean) * slopes.slope(place);
  }

  private void backwardOfSettings(Channels channels, Tensor[] in) {
    float[] dWeight = in[1].wantsGrad() ? in[1].grad() : null;
    float[] dBias = in[2].wantsGrad() ? in[2].grad() : null;
    int members = channels.count() / groups;
    for (int channel = 0; channel < channels.count(); channel++) {
      double ofWeight = 0;
      double ofBias = 0;
      for (int sample = 0; sample < channels.samples(); sample++) {
        ofWeight += product(channels, sample, channel) * inverseDeviations[sample * groups + channel / members];
        ofBias += slopes.slope(channels.place(sample, channel));
      }
      if (dWeight != null) {
        dWeight[channel] += (float) ofWeight;
      }
      if (dBias != null) {
        dBias[channel] += (float) ofBias;
      }
    }
  }

  private void backwardOfInput(Channels channels, Tensor[] in, Tensor out) {
    boolean add = !in[0].claimGrad();
    float[] x = in[0].data();
    float[] dx = in[0].grad();
    float[] dy = out.grad();
    for (int sample = 0; sample < channels.samples(); sample++) {
      for (int group = 0; group < groups; group++) {
        setSlope(channels, sample, group, in[1].data());
      }
    }
    Channels planes = channels.bySample();
    planes.eachPiece((plane, n, offset) -> planes.kernels().combine(
        n, x, offset, dy, offset, constants.values(), constants.at(plane), dx, offset, add));
  }

  /** dx = (x - mean) factor + offset + dy slope. */
  private void setSlope(Channels channels, int sample, int group, float[] weight) {
    int members = channels.count() / groups;
    double sum = 0;
    double product = 0;
    for (int channel = group * members; channel < (group + 1) * members; channel++) {
      sum += weight[channel] * slopes.slope(channels.place(sample, channel));
      product += weight[channel] * product(channels, sample, channel);
    }
    double elements = (double) members * channels.pixels();
    double mean = means[sample * groups + group];
    double inverse = inverseDeviations[sample * groups + group];
    double factor = -inverse * inverse * inverse * product / elements;
    float center = (float) mean;
    float offset = (float) ((center - mean) * factor - inverse * sum / elements);
    for (int channel = group * members; channel < (group + 1) * members; channel++) {
      constants.set(
          channels.place(sample, channel), center, (float) factor, offset, (float) (weight[channel] * inverse));
    }
  }

  @Override
  public boolean backwardReads(int input) {
    return input < INPUTS - 1;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
