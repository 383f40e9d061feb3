package dev.fovea.examples.lessons;

import dev.fovea.core.Op;
import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.optim.OptimizerState;
import dev.fovea.optim.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One training step of a small network, operation by operation: what came, what went back, by which formula. */
final class BackpropLesson implements Lesson {
  private static final double RATE = 0.05;

  @Override
  public String name() {
    return "backprop";
  }

  @Override
  public String title() {
    return "One training step: what each operation got and passed back";
  }

  @Override
  public void show(Page page) {
    SmallNetwork network = new SmallNetwork();
    Tensor loss = network.loss();
    List<Tensor> computed = Tape.order(loss);
    page.heading("Forward");
    page.text("A picture of 6x6, two kernels of 3x3, relu, maximum pooling by 2, flatten, a dense layer into 3 "
        + "classes, cross-entropy. Each operation computes when it is called, and its result remembers which "
        + "operation made it from what.");
    page.tensor("The picture: a 7, which is to be class " + SmallNetwork.LABEL, network.picture);
    network.parameters().forEach(parameter -> page.tensor(parameter.name(), maps(parameter)));
    for (Tensor output : computed) {
      page.code(Formula.of(output.op()).forward());
      page.tensor("What " + output.op().name() + " gives", output);
    }

    loss.backward();
    page.heading("Backward");
    page.text("The question is how the loss changes when any one of these numbers changes a little: dy stands for the "
        + "slope of the loss at y. It starts with 1, for the loss changes as much as itself. Then the operations are "
        + "gone through from last to first. Each receives the slope at its output and passes back the slope at each "
        + "of its inputs; it needs to know nothing of the rest. Every slope is checked by a finite difference: the "
        + "number is moved a little up and down, what follows is computed again, and the change of the loss is "
        + "divided by the change of the number.");
    for (int i = computed.size() - 1; i >= 0; i--) {
      showBackward(page, computed, computed.get(i));
    }
    showUpdate(page, network, loss);
    page.remember("Backpropagation is local: an operation turns the slope at its output into slopes at its inputs, by "
            + "one formula.",
        "Flatten passes slopes back to where their values came from; maximum pooling and relu let some through and "
            + "stop the others; dense and convolution use the weights forward and backward.",
        "A weight's slope says how the loss changes with it. A step goes a little the other way.");
  }

  private static void showBackward(Page page, List<Tensor> computed, Tensor output) {
    Op op = output.op();
    page.heading(op.name());
    page.code(Formula.of(op).backward());
    page.tensor("It received", output.gradient());
    Table table = Table.of("checked", "numbers", "steepest", "backward", "difference", "furthest");
    for (Tensor input : output.inputs()) {
      if (input.wantsGrad()) {
        page.tensor("It passed back to " + name(input), maps(input.gradient()));
        int steepest = steepest(input.gradient());
        Tensor difference = slopes(computed, input);
        table.row(name(input), input.shape().size(), index(input.shape(), steepest),
            input.gradient().data()[steepest], difference.data()[steepest],
            FiniteDifference.furthest(input.gradient(), difference));
      }
    }
    page.table(table);
  }

  private static void showUpdate(Page page, SmallNetwork network, Tensor loss) {
    Parameter weight = network.kernels;
    int place = steepest(weight.gradient());
    float before = weight.data()[place];
    float slope = weight.gradient().data()[place];
    double squares = 0;
    for (Parameter parameter : network.parameters()) {
      for (float each : parameter.gradient().data()) {
        squares += each * each;
      }
    }
    OptimizerState.of(Sgd.of(RATE), network.parameters()).step();
    page.heading("The step");
    page.text("The steepest weight of the kernels is `" + weight.name() + index(weight.shape(), place) + "`. Its slope "
        + "is the sum over all places of the window of what the convolution received, times the pixel that the weight "
        + "met there; most of these products are 0. Gradient descent then moves the weight against its slope, by the "
        + "learning rate times the slope:");
    page.code(products(Tape.order(loss).get(0).gradient(), network.picture, weight.shape(), place));
    page.code(String.format(Locale.ROOT, "w - rate * slope = %.4f - %.2f * (%.4f) = %.4f", before, RATE, slope,
        weight.data()[place]));
    page.text(String.format(Locale.ROOT, "All %d parameters take such a step at once. Did the slopes stay what they "
            + "are, the loss would fall by the rate times the sum of their squares. They change on the way, so that it "
            + "falls by a little more or less:",
        network.parameters().stream().mapToInt(parameter -> parameter.shape().size()).sum()));
    page.table(Table.of("loss before", "expected after", "loss after")
        .row(loss.item(), loss.item() - RATE * squares, network.loss().item()));
  }

  /** The sum that is the slope of one weight of the kernels, without its zeros. */
  static String products(Tensor received, Tensor picture, Shape kernels, int place) {
    int[] at = indices(kernels, place);
    StringBuilder text = new StringBuilder("slope = ");
    double sum = 0;
    for (int i = 0; i < received.shape().dim(2); i++) {
      for (int j = 0; j < received.shape().dim(3); j++) {
        double dy = received.get(0, at[0], i, j);
        double x = picture.get(0, 0, i + at[2], j + at[3]);
        sum += dy * x;
        if (dy * x != 0) {
          text.append(String.format(Locale.ROOT, "%s(%.4f) * %.1f", text.indexOf("*") < 0 ? "" : "\n      + ", dy, x));
        }
      }
    }
    return text.append(String.format(Locale.ROOT, "\n      = %.4f", sum)).toString();
  }

  /** The slopes of the loss at the numbers of a tensor, from the loss itself; all values come out as they were. */
  static Tensor slopes(List<Tensor> computed, Tensor at) {
    Tensor slopes = FiniteDifference.of(changed -> SmallNetwork.again(computed, changed), at);
    SmallNetwork.again(computed, at);
    return slopes;
  }

  private static int steepest(Tensor slopes) {
    int steepest = 0;
    for (int i = 1; i < slopes.shape().size(); i++) {
      steepest = Math.abs(slopes.data()[i]) > Math.abs(slopes.data()[steepest]) ? i : steepest;
    }
    return steepest;
  }

  private static String index(Shape shape, int place) {
    return Arrays.toString(indices(shape, place)).replace(" ", "");
  }

  private static int[] indices(Shape shape, int place) {
    int[] index = new int[shape.rank()];
    int rest = place;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return index;
  }

  /** Kernels [filters, 1, height, width] without the axis of the one channel they see. */
  private static Tensor maps(Tensor tensor) {
    Shape s = tensor.shape();
    return s.rank() == 4 && s.dim(0) > 1 ? Ops.reshape(tensor, s.dim(0), s.dim(2), s.dim(3)) : tensor;
  }

  private static String name(Tensor tensor) {
    return tensor instanceof Parameter parameter ? parameter.name()
        : tensor.op() == null ? "the picture" : "what " + tensor.op().name() + " gave";
  }
}
