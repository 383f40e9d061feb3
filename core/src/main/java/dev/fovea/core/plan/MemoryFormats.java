package dev.fovea.core.plan;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.BlockedConv2DOp;
import dev.fovea.core.ops.ReformatOp;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which pictures are kept in blocks of channels: those that convolutions give, and whatever follows from them
 * by operations that take the format. Where one does not, and where a user will read, the pictures are put back into
 * plain order: at the edges, once.
 *
 * <p>What is kept in blocks is a tensor of the plan's own; the recorded tensors stay plain.
 */
final class MemoryFormats {
  private final Recording recording;
  private final List<Step> steps = new ArrayList<>();
  /** The same values in blocks, for recorded tensors that have them. */
  private final Map<Tensor, Tensor> blocked = new IdentityHashMap<>();
  /** Recorded tensors whose values are there in plain order: everything that is not among the outputs of steps, too. */
  private final Map<Tensor, Tensor> plain = new IdentityHashMap<>();

  private MemoryFormats(Recording recording) {
    this.recording = recording;
  }

  static Recording apply(Recording recording) {
    MemoryFormats formats = new MemoryFormats(recording);
    recording.steps().forEach(formats::add);
    recording.ends().forEach(formats::plain);
    return recording.withSteps(formats.steps);
  }

  private void add(Step step) {
    boolean inBlocks = step.op() instanceof BlockedConv2DOp || comesInBlocks(step)
        && step.op().takes(MemoryFormat.BLOCKED, step.shapes());
    Tensor[] inputs = step.inputs().clone();
    for (int i = 0; i < inputs.length; i++) {
      boolean wanted = inBlocks && MemoryFormat.isPictures(inputs[i].shape()) && takesInBlocks(step.op(), i);
      inputs[i] = wanted ? blocked(inputs[i]) : plain(inputs[i]);
    }
    if (inBlocks && MemoryFormat.isPictures(step.output().shape())) {
      Tensor output = derived(step.op(), inputs, step.output(), MemoryFormat.BLOCKED);
      blocked.put(step.output(), output);
      steps.add(new Step(step.op(), inputs, output, step.reason()));
    } else {
      plain.put(step.output(), step.output());
      steps.add(new Step(step.op(), inputs, step.output(), step.reason()));
    }
  }

  private boolean comesInBlocks(Step step) {
    for (Tensor input : step.inputs()) {
      if (blocked.containsKey(input)) {
        return true;
      }
    }
    return false;
  }

  /** A convolution's weights are no pictures, though they have as many axes. */
  private static boolean takesInBlocks(Op op, int input) {
    return !(op instanceof BlockedConv2DOp convolution)
        || input == 0 && convolution.inputFormat() == MemoryFormat.BLOCKED;
  }

  private Tensor blocked(Tensor tensor) {
    Tensor known = blocked.get(tensor);
    if (known != null) {
      return known;
    }
    ReformatOp op = new ReformatOp();
    Tensor[] inputs = {tensor};
    Tensor output = derived(op, inputs, tensor, MemoryFormat.BLOCKED);
    steps.add(new Step(op, inputs, output, "to blocks of channels"));
    blocked.put(tensor, output);
    return output;
  }

  private Tensor plain(Tensor tensor) {
    if (blocked.containsKey(tensor) && !plain.containsKey(tensor) && tensor.op() != null) {
      steps.add(new Step(new ReformatOp(), new Tensor[] {blocked.get(tensor)}, tensor, "to plain order"));
      plain.put(tensor, tensor);
    }
    return tensor;
  }

  private static Tensor derived(Op op, Tensor[] inputs, Tensor original, MemoryFormat format) {
    Tensor output = Tape.record(op, inputs);
    output.format(format);
    output.label(original.label());
    return output;
  }
}
