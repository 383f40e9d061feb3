package dev.fovea.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.kernels.conv.choice.ConvChoice;
import dev.fovea.core.plan.Plan;
import dev.fovea.core.plan.PlanSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A case computed elsewhere: settings, inputs, the expected output and, for operations, the gradient of sum(output *
 * grad_output) for each input. Made by PyTorch 1.13 in float64 from inputs that are exact float32 values; see {@code
 * golden/README.md} in the test resources.
 */
public final class Golden {
  /** Agreement asked of the exact algorithms, relative to the largest expected value. */
  public static final double TOLERANCE = 1e-5;
  /** The same for gradients by the default algorithms. */
  private static final double GRADIENT_TOLERANCE = 5e-5;

  private final JsonNode root;

  private Golden(JsonNode root) {
    this.root = root;
  }

  /** The case in {@code golden/NAME.json} on the class path. */
  public static Golden read(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("no golden/" + name + ".json in the test resources");
      }
      return new Golden(JsonMapper.shared().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole file. */
  public JsonNode root() {
    return root;
  }

  /** A setting, such as {@code stride}. */
  public JsonNode setting(String name) {
    return root.path("settings").path(name);
  }

  /** A setting that is a list of whole numbers. */
  public int[] ints(String setting) {
    return ints(setting(setting));
  }

  /** An input by name, wanting a gradient. */
  public Tensor input(String name) {
    return tensor(root.path("inputs").path(name)).withGrad();
  }

  /** A node of the form {"shape": [...], "data": [...]} as a tensor. */
  public static Tensor tensor(JsonNode node) {
    return Tensor.of(Shape.of(ints(node.path("shape"))), floats(node.path("data")));
  }

  /** A list of whole numbers. */
  public static int[] ints(JsonNode node) {
    int[] values = new int[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).asInt();
    }
    return values;
  }

  /** A list of numbers as floats. */
  public static float[] floats(JsonNode node) {
    float[] values = new float[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) node.get(i).asDouble();
    }
    return values;
  }

  /** A list of numbers as doubles. */
  public static double[] doubles(JsonNode node) {
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).asDouble();
    }
    return values;
  }

  /**
   * Runs the function on the named inputs and compares the output and every gradient: eagerly, planned in the plain
   * format, planned with every choice of convolution algorithms, each at its bounds.
   */
  public void check(Function<Tensor[], Tensor> function, String... names) {
    Tensor[] inputs = Arrays.stream(names).map(this::input).toArray(Tensor[]::new);
    Tensor weighting = tensor(root.path("grad_output"));
    Tensor y = function.apply(inputs);
    Tape.apply(new WeightedSumOp(), y, weighting).backward();
    compare("eager", y, inputs, names, TOLERANCE);
    planned(function, inputs, names, PlanSettings.plain(), TOLERANCE);
    for (ConvChoice choice : ConvChoice.values()) {
      planned(function, inputs, names, new PlanSettings(choice, true),
          choice == ConvChoice.DIRECT ? TOLERANCE : GRADIENT_TOLERANCE);
    }
  }

  private void planned(Function<Tensor[], Tensor> function, Tensor[] inputs, String[] names, PlanSettings settings,
      double gradients) {
    Tensor[] recorded = Arrays.stream(inputs).map(x -> Tensor.symbolic(x.shape()).withGrad()).toArray(Tensor[]::new);
    Tensor planned = function.apply(recorded);
    Tensor loss = Tape.apply(new WeightedSumOp(), planned, tensor(root.path("grad_output")));
    Plan plan = Plan.training(List.of(recorded), loss, List.of(planned), settings);
    plan.forward(inputs);
    plan.backward();
    compare("planned with " + settings, planned, recorded, names, gradients);
  }

  private void compare(String way, Tensor y, Tensor[] inputs, String[] names, double gradients) {
    near(way + ": output", y, root.path("output"), TOLERANCE);
    for (int i = 0; i < names.length; i++) {
      near(way + ": gradient of " + names[i], inputs[i].gradient(), root.path("grads").path(names[i]), gradients);
    }
  }

  /** Asserts that a tensor agrees with a node, shape and values. */
  public static void near(String what, Tensor actual, JsonNode expected) {
    near(what, actual, expected, TOLERANCE);
  }

  private static void near(String what, Tensor actual, JsonNode expected, double tolerance) {
    assertThat(actual.shape().toArray()).as(what + ": shape").isEqualTo(ints(expected.path("shape")));
    near(what, actual.toArray(), doubles(expected.path("data")), tolerance);
  }

  /** Asserts that values agree within a tolerance relative to the largest expected one. */
  public static void near(String what, float[] actual, double[] expected, double tolerance) {
    assertThat(actual.length).as(what + ": length").isEqualTo(expected.length);
    double largest = 1e-30;
    for (double e : expected) {
      largest = Math.max(largest, Math.abs(e));
    }
    for (int i = 0; i < actual.length; i++) {
      double error = Math.abs(actual[i] - expected[i]) / largest;
      assertThat(error).as("%s: element %d is %s, expected %s", what, i, actual[i], expected[i])
          .isLessThanOrEqualTo(tolerance);
    }
  }
}
