package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said about graphs that cannot be built or asked so, in full. */
class GraphErrorsTest {
  private Graph.Builder g;
  private Node picture;
  private Node conv;

  @BeforeEach
  void aPictureAndAConvolution() {
    g = Graph.builder(1L);
    picture = g.input("picture", Shape.of(3, 8, 8));
    conv = g.apply(Conv2D.of(3, 3), picture);
  }

  private static void misfit(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ShapeException.class).hasMessage(message);
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isExactlyInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void inputsOfOtherShapesAtAMerge() {
    Node again = g.apply(Conv2D.of(3, 3), conv);
    String way = "\n  shapes: picture [3, 8, 8]; conv2d(picture) [3, 6, 6]; conv2d_1(conv2d) [3, 4, 4]; ";
    misfit(() -> g.merge(Add.of(), again, conv), "node add, Add.of(): add: expected inputs of one shape, "
        + "got [3, 4, 4] and [3, 6, 6]" + way + "add(conv2d_1 [3, 4, 4], conv2d [3, 6, 6])");
    misfit(() -> g.merge("both", Concatenate.of(), again, conv), "node both, Concatenate.of(): concatenate: expected "
        + "inputs that differ at axis 0 alone, got [3, 4, 4] and [3, 6, 6]" + way
        + "both(conv2d_1 [3, 4, 4], conv2d [3, 6, 6])");
    misfit(() -> g.merge(Multiply.of(), again, conv), "node multiply, Multiply.of(): multiply: expected inputs of one "
        + "shape, or with axes of length 1 where they differ, got [3, 4, 4] and [3, 6, 6]" + way
        + "multiply(conv2d_1 [3, 4, 4], conv2d [3, 6, 6])");
    misfit(() -> g.merge(Add.of(), conv), "layer 1 add, Add.of(): add: expected two inputs or more, got 1\n"
        + "  shapes: picture [3, 8, 8] -> conv2d [3, 6, 6] -> add");
  }

  @Test
  void aLayerBehindAMerge() {
    Node both = g.merge(Concatenate.of(), conv, conv);
    misfit(() -> g.apply(Dense.of(2), both), "node dense, Dense.of(2): dense: expected samples of one axis, got "
        + "[6, 6, 6]; put Flatten or GlobalAveragePooling before it\n  shapes: picture [3, 8, 8]; "
        + "conv2d(picture) [3, 6, 6]; concatenate(conv2d, conv2d) [6, 6, 6]; dense(concatenate [6, 6, 6])");
  }

  @Test
  void aLayerInARow() {
    misfit(() -> g.apply("head", Dense.of(2), conv), "layer 1 head, Dense.of(2): dense: expected samples of one axis, "
        + "got [3, 6, 6]; put Flatten or GlobalAveragePooling before it\n"
        + "  shapes: picture [3, 8, 8] -> conv2d [3, 6, 6] -> head");
    Node plain = g.input("plain", Shape.of(28, 28));
    misfit(() -> g.apply(Conv2D.of(2, 3), plain), "layer 0 conv2d_1, Conv2D.of(2, 3): conv2d: expected samples "
        + "[C, H, W], got [28, 28]; a sample's shape is [C, H, W], that of a grey picture [1, 28, 28]\n"
        + "  shapes: plain [28, 28] -> conv2d_1");
  }

  @Test
  void sharedParametersThatDoNotFit() {
    Node other = g.input("other", Shape.of(4, 8, 8));
    misfit(() -> g.share("conv2d", other), "layer 0 conv2d_1, Conv2D.of(3, 3): the parameters of conv2d, which it "
        + "shares, were made for [3, 8, 8], got [4, 8, 8], for which they have other shapes\n"
        + "  shapes: other [4, 8, 8] -> conv2d_1");
    refused(() -> g.share("conv2", other), "share: expected one of [conv2d], got \"conv2\"; did you mean conv2d?");
    refused(() -> g.share("picture", other), "share: expected one of [conv2d], got \"picture\"");
    refused(() -> g.share("conv2d", other, other), "graph: conv2d_1: expected one input, got 2");
    refused(() -> g.merge(Add.of()), "graph: add: expected at least one input, got 0");
  }

  @Test
  void nodesThatDoNotLeadToTheOutput() {
    Node end = g.apply(RELU, conv);
    g.apply(Dense.of(3), g.apply(Flatten.of(), conv));
    refused(() -> g.build(end), "graph: expected every node to lead to the output relu, flatten and dense do not; "
        + "connect what is missing, or leave them out");
    g = Graph.builder(1L);
    Node used = g.apply(RELU, g.input("used", Shape.of(2)));
    g.input("unused", Shape.of(2));
    refused(() -> g.build(used), "graph: expected every node to lead to the output relu, unused does not; "
        + "connect what is missing, or leave it out");
    refused(() -> g.build(g.input("late", Shape.of(2))),
        "graph: expected a layer or a merge as output, got the input late");
  }

  @Test
  void nodesOfAnotherBuilder() {
    Graph.Builder other = Graph.builder(1L);
    Node stranger = other.apply(Conv2D.of(3, 3), other.input("picture", Shape.of(3, 8, 8)));
    String message = "graph: expected nodes that this builder made, got conv2d, which it did not make";
    refused(() -> g.apply(RELU, stranger), message);
    refused(() -> g.merge(Add.of(), conv, stranger), message);
    refused(() -> g.share("conv2d", stranger), message);
    refused(() -> g.build(stranger), message);
    refused(() -> g.build(null), "graph: expected nodes that this builder made, got null");
  }

  @Test
  void names() {
    refused(() -> g.apply("conv2d", RELU, conv), "graph: expected a name for each node, got \"conv2d\" again");
    refused(() -> g.input("picture", Shape.of(1)), "graph: expected a name for each node, got \"picture\" again");
    refused(() -> g.apply("block.conv", RELU, conv),
        "graph: expected names of letters, digits and _, a letter first, got \"block.conv\"");
    refused(() -> g.input(null, Shape.of(1)),
        "graph: expected names of letters, digits and _, a letter first, got null");
    refused(() -> g.input(null), "input: expected a sample's shape, got null");
  }

  @Test
  void samplesOfAnotherShape() {
    Graph model = GraphTest.everything();
    Tensor good = Tensor.zeros(Shape.of(2, 4, 4));
    misfit(() -> model.predict(List.of(good, Tensor.zeros(Shape.of(2, 5, 5)))),
        "node concatenate, Concatenate.of(): concatenate: expected inputs that differ at axis 0 alone, got [3, 4, 4], "
            + "[3, 5, 5] and [2, 4, 4]; resize the pictures to 4x4\n"
            + "  shapes: picture [2, 4, 4]; other [2, 5, 5]; stem(picture) [3, 4, 4]; conv2d(other) [3, 5, 5]; "
            + "batch_normalization(stem) [3, 4, 4]; stack(stem) [3, 1, 1]; multiply(stack, conv2d) [3, 5, 5]; "
            + "concatenate(batch_normalization [3, 4, 4], multiply [3, 5, 5], picture [2, 4, 4])");
    misfit(() -> model.predict(List.of(good, Tensor.zeros(Shape.of(3, 4, 4)))), "layer 0 conv2d, Conv2D.of(3, 3)"
        + ".withPadding(SAME).withActivation(TANH): conv2d expects 2 channels on axis 0 of [C, H, W] = [2, 4, 4], "
        + "got 3 in [3, 4, 4]; the model takes samples [C, H, W] = [2, 4, 4]\n  shapes: other [3, 4, 4] -> conv2d");
    misfit(() -> model.predict(List.of(good, Tensor.zeros(Shape.of(4, 4)))), "other: expected one sample [C, H, W] = "
        + "[2, 4, 4] or a batch of them, got [4, 4]");
    Node flat = g.apply(Flatten.of(), conv);
    Node twice = g.merge(Concatenate.of(), flat, flat);
    Graph flattened = g.build(g.apply(Dense.of(2), twice));
    misfit(() -> flattened.predict(Tensor.zeros(Shape.of(3, 9, 9))), "node dense, Dense.of(2): dense was made for "
        + "[216], got [294], for which its parameters have other shapes; resize the pictures to 8x8, or use "
        + "GlobalAveragePooling instead of Flatten, which takes any size\n  shapes: picture [3, 9, 9]; "
        + "conv2d(picture) [3, 7, 7]; flatten(conv2d) [147]; concatenate(flatten, flatten) [294]; "
        + "dense(concatenate [294])");
  }

  @Test
  void listsOfAnotherLength() {
    Graph model = GraphTest.everything();
    Tensor batch = Tensor.zeros(Shape.of(2, 2, 4, 4));
    refused(() -> model.predict(batch), "predict: expected a list of 2 tensors, for picture and other, got 1");
    refused(() -> model.forward(batch, Pass.training(new RandomSource(1))),
        "forward: expected a list of 2 tensors, for picture and other, got 1");
    refused(() -> GraphTest.residual(1).predict(List.of(batch, batch)),
        "predict: expected one tensor, for picture, got 2");
    misfit(() -> model.forward(List.of(batch, Tensor.zeros(Shape.of(3, 2, 4, 4))), Pass.inference()),
        "forward: expected as many samples for every input, got 2 for picture and 3 for other");
    misfit(() -> model.forward(List.of(batch, Tensor.zeros(Shape.of(2, 4, 4))), Pass.inference()),
        "other: expected a batch of samples [2, 4, 4], batch axis in front, got [2, 4, 4]");
    misfit(() -> model.predict(List.of(batch, Tensor.zeros(Shape.of(2, 4, 4)))), "predict: expected one sample for "
        + "every input or a batch for every one, got [2, 2, 4, 4] and [2, 4, 4]");
  }
}
