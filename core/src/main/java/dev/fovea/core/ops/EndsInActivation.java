package dev.fovea.core.ops;

import dev.fovea.core.Op;
import java.util.Optional;

/** An op that can apply an activation to its result itself: what a plan fuses. */
public interface EndsInActivation {
  /** Whether it has one already. */
  boolean endsInActivation();

  /** A new op that ends in this activation; empty if this one has one already or the activation cannot be fused. */
  Optional<Op> withActivation(ActivationOp activation);
}
