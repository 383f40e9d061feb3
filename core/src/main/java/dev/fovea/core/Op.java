package dev.fovea.core;

/**
 * One application of one operation: its shape rule, its value and its gradient, side by side in one file.
 *
 * <p>An op is applied once, by {@link Tape#apply}; its fields hold its settings and what it keeps from {@code
 * forward} for {@code backward}. A plan runs the same instance again at every step, so kept arrays are reused, not
 * made anew.
 *
 * <p>The arrays behind {@link Tensor#data()} and {@link Tensor#grad()} may be longer than the tensor (plans share
 * them between tensors): an op goes by {@link Tensor#length()}, never by {@code data().length}.
 */
public interface Op {
  /**
   * Checks the shapes of the inputs and returns the output's shape; computes nothing. Forward, {@code outputShape}, the
   * summary and every error use this one rule.
   *
   * @throws ShapeException if the inputs do not fit
   */
  Shape infer(Shape... in);

  /** Overwrites every element of {@code out.data()}. */
  void forward(Tensor[] in, Tensor out);

  /**
   * Reads {@code out.grad()} and adds each input's share into {@code in[i].grad()}, for those inputs that {@link
   * Tensor#wantsGrad() want a gradient}. An op that would rather overwrite asks {@link Tensor#claimGrad()} first.
   */
  void backward(Tensor[] in, Tensor out);

  /** The name in errors and plans: {@code conv2d} for {@code Conv2DOp}. */
  default String name() {
    String name = getClass().getSimpleName();
    name = name.endsWith("Op") ? name.substring(0, name.length() - 2) : name;
    return name.replaceAll("([a-z0-9])([A-Z](?!$))", "$1_$2").toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Whether this op can compute in a memory format: then all its inputs that are pictures [N, C, H, W] come in it, and
   * so does its output if that is pictures; everything else stays plain. Every op takes the plain format.
   */
  default boolean takes(MemoryFormat format, Shape... in) {
    return format == MemoryFormat.PLAIN;
  }

  /**
   * Whether the output holds the values of the only input in the same row-major order: a plan may then keep both in one
   * array and run neither {@code forward} nor {@code backward}.
   */
  default boolean isView() {
    return false;
  }

  /** Whether {@code backward} reads the value of this input: if not, a plan may give its array to another tensor. */
  default boolean backwardReads(int input) {
    return true;
  }

  /** Whether {@code backward} adds to this input's gradient, if that is wanted. */
  default boolean backwardWrites(int input) {
    return true;
  }

  /** Whether {@code backward} reads the output's value. */
  default boolean backwardReadsOutput() {
    return true;
  }

  /**
   * Bytes of the arrays this op has beside its inputs' and its output's, for inputs of these shapes in the plain
   * format: what it keeps between {@code forward} and {@code backward}, and what all threads need for the work.
   */
  default long keptBytes(Shape... in) {
    return 0;
  }

  /** The same for a memory format that the op {@linkplain #takes takes}. */
  default long keptBytes(MemoryFormat format, Shape... in) {
    return keptBytes(in);
  }
}
