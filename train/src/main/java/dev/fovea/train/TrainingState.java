package dev.fovea.train;

import java.util.List;
import java.util.Map;

/**
 * All that a checkpoint keeps.
 *
 * @param settings what must be the same when training goes on, by name
 * @param kernels the kernels that ran
 * @param position how far it had come
 * @param history the epochs that were over
 * @param steps how many steps the optimizer had taken
 * @param updates how often each parameter had been updated
 * @param rateFactor what the schedule's rates were multiplied by
 * @param frozen the names of frozen parameters
 * @param weights the values of all parameters, by name
 * @param memory what the optimizer remembers, by name
 * @param callbacks what callbacks remember, in their order
 */
record TrainingState(Map<String, String> settings, String kernels, Position position, History history, long steps,
    Map<String, Long> updates, double rateFactor, List<String> frozen, Map<String, float[]> weights,
    Map<String, float[]> memory, List<Remembered> callbacks) {
  /**
   * How far training had come.
   *
   * @param begin how many epochs the trainer had behind it when the fit began
   * @param epochs how many epochs were over, counted over the trainer's life
   * @param batch how many batches of the epoch under way had been trained on; 0 between epochs
   * @param samples how many samples of it
   * @param lossSum the sum of their losses
   * @param hitSum how many of them were predicted right
   * @param nanos how long they had taken
   * @param lastStep the last step; {@code null} before the first
   */
  record Position(int begin, int epochs, int batch, long samples, double lossSum, double hitSum, long nanos,
      StepResult lastStep) {}

  /**
   * What a callback remembers.
   *
   * @param name its class
   * @param state its state
   */
  record Remembered(String name, CallbackState state) {}
}
