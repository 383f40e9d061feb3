package dev.fovea.train.trace;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Model;
import dev.fovea.layers.Node;
import dev.fovea.layers.Pass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes note of each layer as it runs. What the layers gave is copied when it is asked for, so that gradients are there
 * too once they are: {@link #copyGradients} while the parameters hold those of this pass.
 */
final class Recorder implements Pass.Observer {
  private final List<Parameter> parameters;
  private final Map<String, Node> nodes = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<Tensor, TracedTensor> copies = new IdentityHashMap<>();
  private boolean backward;

  Recorder(Model model) {
    parameters = model.parameters();
    model.nodes().forEach(node -> nodes.put(node.name(), node));
  }

  @Override
  public void computed(String name, Object settings, List<Tensor> inputs, Tensor output) {
    calls.add(new Call(nodes.get(name), settings, List.copyOf(inputs), output));
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** Copies the parameters with the gradients they hold now. */
  void copyGradients() {
    backward = true;
    parameters.forEach(this::copy);
  }

  List<TracedLayer> layers() {
    return calls.stream().map(this::layer).toList();
  }

  private TracedLayer layer(Call call) {
    Node node = call.node();
    return new TracedLayer(node.name(), call.settings().getClass().getSimpleName(), call.settings().toString(),
        node.inputs(), call.inputs().stream().map(this::copy).toList(), copy(call.output()), steps(call),
        parameters.stream().filter(p -> p.name().startsWith(node.scope() + "."))
            .map(p -> new TracedParameter(p.name(), p.trainable(), copy(p))).toList());
  }

  private List<TracedStep> steps(Call call) {
    List<TracedStep> steps = new ArrayList<>();
    for (Tensor tensor : between(call.inputs(), call.output())) {
      steps.add(new TracedStep(tensor.op().name(), copy(tensor)));
    }
    return steps;
  }

  /**
   * The tensors computed on the way from these inputs to this output, each after those it was computed from. What
   * follows from parameters alone (a running variance, reshaped) is not on the way.
   */
  private static List<Tensor> between(List<Tensor> inputs, Tensor output) {
    Set<Tensor> seen = identitySet();
    seen.addAll(inputs);
    Set<Tensor> onTheWay = identitySet();
    onTheWay.addAll(inputs);
    List<Tensor> order = new ArrayList<>();
    Deque<Tensor> open = new ArrayDeque<>();
    open.push(output);
    while (!open.isEmpty()) {
      Tensor tensor = open.pop();
      if (tensor.op() == null || seen.contains(tensor)) {
        continue;
      }
      List<Tensor> missing = new ArrayList<>();
      for (Tensor behind : tensor.inputs()) {
        if (behind.op() != null && !seen.contains(behind)) {
          missing.add(behind);
        }
      }
      if (missing.isEmpty()) {
        seen.add(tensor);
        if (Arrays.stream(tensor.inputs()).anyMatch(onTheWay::contains)) {
          onTheWay.add(tensor);
          order.add(tensor);
        }
      } else {
        // Once more when all it comes from has been visited.
        open.push(tensor);
        missing.forEach(open::push);
      }
    }
    return order;
  }

  private static Set<Tensor> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** A batch of one without its first axis, or a parameter, as it is now. */
  TracedTensor copy(Tensor tensor) {
    return copies.computeIfAbsent(tensor, t -> {
      boolean batched = !(t instanceof Parameter) && t.shape().rank() > 0 && t.shape().dim(0) == 1;
      Shape shape = batched ? t.shape().dropFirst() : t.shape();
      Tensor gradient = backward ? t.gradient() : null;
      return new TracedTensor(Tensor.wrap(shape, t.toArray()),
          gradient == null ? null : Tensor.wrap(shape, gradient.data()));
    });
  }

  /** A layer that ran. */
  private record Call(Node node, Object settings, List<Tensor> inputs, Tensor output) {}
}
