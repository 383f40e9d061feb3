package dev.fovea.optim;

/**
 * A rule that changes weights by their gradients: settings and a formula, no state. {@link OptimizerState} owns the
 * arrays that a rule remembers and calls it, so one optimizer may train many models.
 *
 * <p>Formulas and defaults are PyTorch's where it has them. Each element is updated by itself, in float32; so the
 * result does not depend on how the work is cut. A rule that goes by the norm of a whole parameter is a {@link
 * LayerwiseOptimizer}.
 */
public interface Optimizer {
  /** The learning rate as a function of the step. */
  Schedule schedule();

  /** How many arrays of a parameter's size the rule keeps for that parameter. */
  int slots();

  /**
   * One update of the elements {@code from} (inclusive) to {@code to} (exclusive) of one parameter.
   *
   * @param step which update of this parameter it is, counted from 1: bias corrections go by it
   * @param rate the learning rate
   * @param from the first element
   * @param to the element after the last
   * @param weight the values, which are changed
   * @param gradient the gradient, which is only read
   * @param state {@link #slots()} arrays, all zeros before the first update
   */
  void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state);
}
