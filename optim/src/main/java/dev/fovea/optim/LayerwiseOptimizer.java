package dev.fovea.optim;

/**
 * An optimizer whose rate for a parameter goes by the whole of it: by the norms of its weights and of the direction in
 * which they are about to move. An update then takes two passes over the parameter:
 *
 * <ol>
 *   <li>{@link #prepare}, which brings the state up to date and leaves the weights as they are,
 *   <li>{@link #update}, at the rate times what {@link #trust} makes of the norms; it finds the state prepared.
 * </ol>
 *
 * <p>{@link OptimizerState} sums in double precision, in an order that depends on the parameter's size alone: the same
 * bits for any number of threads and whatever other parameters there are.
 */
public interface LayerwiseOptimizer extends Optimizer {
  /**
   * Brings the state of the elements {@code from} (inclusive) to {@code to} (exclusive) of one parameter up to date.
   *
   * @param step which update of this parameter it is, counted from 1
   * @param from the first element
   * @param to the element after the last
   * @param weight the values, which are only read
   * @param gradient the gradient, which is only read
   * @param state {@link #slots()} arrays, all zeros before the first update
   * @return the sum of the squares of the direction in which these elements are about to move
   */
  double prepare(long step, int from, int to, float[] weight, float[] gradient, float[][] state);

  /** What the rate is multiplied by for a parameter whose weights and direction have these norms. */
  double trust(double weightNorm, double directionNorm);
}
