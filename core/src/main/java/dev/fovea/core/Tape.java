package dev.fovea.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Records what is computed and plays it backward: reverse-mode automatic differentiation. The record has no home of
 * its own, each tensor holds the op and the inputs it came from, so a computation nobody refers to any more is
 * garbage.
 */
public final class Tape {
  private Tape() {}

  /**
   * Applies an operation. The output's shape is inferred; where every input has data the value is computed at once,
   * otherwise the output has a shape only and waits for a plan. What follows from a parameter is recorded even where
   * nobody wants a gradient (a running statistic, a frozen weight): its value may change, and a plan computes it anew
   * at each run.
   *
   * @throws ShapeException if the inputs do not fit
   */
  public static Tensor apply(Op op, Tensor... in) {
    boolean symbolic = false;
    boolean wantsGrad = false;
    boolean changes = false;
    for (Tensor tensor : in) {
      symbolic |= !tensor.hasData();
      wantsGrad |= tensor.wantsGrad();
      changes |= tensor instanceof Parameter || tensor.op() != null;
    }
    if (symbolic) {
      return record(op, in);
    }
    Tensor out = Tensor.zeros(infer(op, in));
    if (wantsGrad || changes) {
      out.producedBy(op, in, wantsGrad);
    }
    op.forward(in, out);
    return out;
  }

  /**
   * Records an operation without computing it, whether its inputs have data or not: the output has a shape only.
   *
   * @throws ShapeException if the inputs do not fit
   */
  public static Tensor record(Op op, Tensor... in) {
    Tensor out = Tensor.symbolic(infer(op, in));
    out.producedBy(op, in, Arrays.stream(in).anyMatch(Tensor::wantsGrad));
    return out;
  }

  private static Shape infer(Op op, Tensor... in) {
    return op.infer(Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new));
  }

  /** {@link Tensor#backward()}. */
  static void backward(Tensor loss) {
    if (loss.shape().elements() != 1) {
      throw new ShapeException("backward: the loss must be one value, got shape " + loss.shape());
    }
    List<Tensor> order = order(loss);
    for (Tensor tensor : order) {
      tensor.zeroGrad();
    }
    loss.grad()[0] = 1f;
    for (int i = order.size() - 1; i >= 0; i--) {
      Tensor out = order.get(i);
      if (out.wantsGrad()) {
        out.op().backward(out.inputs(), out);
      }
    }
  }

  /**
   * The computed tensors behind (and among) these, each after its inputs; leaves are left out. A network deeper than
   * the Java stack is no trouble: the walk keeps a stack of its own.
   */
  public static List<Tensor> order(Tensor... ends) {
    List<Tensor> order = new ArrayList<>();
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Step> stack = new ArrayDeque<>();
    for (Tensor end : ends) {
      visit(end, seen, stack);
      while (!stack.isEmpty()) {
        Step step = stack.peek();
        if (step.next < step.tensor.inputs().length) {
          visit(step.tensor.inputs()[step.next++], seen, stack);
        } else {
          order.add(stack.pop().tensor);
        }
      }
    }
    return order;
  }

  private static void visit(Tensor tensor, Set<Tensor> seen, Deque<Step> stack) {
    if (tensor.op() != null && seen.add(tensor)) {
      stack.push(new Step(tensor));
    }
  }

  /** A tensor of which the inputs before {@code next} have been walked. */
  private static final class Step {
    private final Tensor tensor;
    private int next;

    private Step(Tensor tensor) {
      this.tensor = tensor;
    }
  }
}
