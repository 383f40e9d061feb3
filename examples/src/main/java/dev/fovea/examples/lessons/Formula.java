package dev.fovea.examples.lessons;

import dev.fovea.core.Op;
import java.util.Map;

/**
 * How an operation computes, and how a slope passes through it, as a learner would write it down.
 *
 * @param forward the output y from the input x
 * @param backward the slope of each input from dy, the slope of the output
 */
record Formula(String forward, String backward) {
  private static final Map<String, Formula> BY_OPERATION = Map.of(
      "conv2d", new Formula("y[o,i,j] = b[o] + sum over u,v of W[o,u,v] x[i+u,j+v]",
          "dW[o,u,v] = sum over i,j of dy[o,i,j] x[i+u,j+v]\ndb[o] = sum over i,j of dy[o,i,j]\n"
              + "dx[r,s] = sum over o,u,v of dy[o,r-u,s-v] W[o,u,v]"),
      "relu", new Formula("y = x where x > 0, else 0", "dx = dy where x > 0, else 0"),
      "max_pool2d", new Formula("y = the largest x in the window", "dx = dy at the largest x, 0 at the others"),
      "flatten", new Formula("y[(c H + h) W + w] = x[c,h,w]", "dx[c,h,w] = dy[(c H + h) W + w]"),
      "dense", new Formula("y[k] = b[k] + sum over i of W[k,i] x[i]",
          "dW[k,i] = dy[k] x[i]\ndb[k] = dy[k]\ndx[i] = sum over k of dy[k] W[k,i]"),
      "cross_entropy_from_logits", new Formula("p = softmax(x), L = -log p[label]",
          "dx[k] = p[k] - (1 if k is the label, else 0)"));

  /** That of an operation. */
  static Formula of(Op op) {
    return BY_OPERATION.get(op.name());
  }
}
