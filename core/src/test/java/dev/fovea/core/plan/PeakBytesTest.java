package dev.fovea.core.plan;

import static dev.fovea.core.plan.Graphs.normal;
import static dev.fovea.core.plan.Graphs.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.WeightedSumOp;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.conv.choice.ConvChoice;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The peak that a plan tells beforehand, against all arrays that it and its thread hold after a few steps. */
class PeakBytesTest {
  private static final PlanSettings BLOCKED = new PlanSettings(ConvChoice.AUTO, true);
  private static final Window2D HALVES = Window2D.of(2).withStride(2);

  @BeforeEach
  void oneThread() {
    Parallel.limit(1);
  }

  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  /** A first layer, a pooling of its own of 20 channels, one that is taken along, a dense layer. */
  private static Tensor small(Tensor x) {
    Tensor h = Ops.relu(Ops.conv2d(x, parameter("a", 1, 20, 3, 3, 3), parameter("b", 2, 20), Window2D.of(3)));
    h = Ops.maxPool2d(h, Window2D.of(3).withStride(1).withPadding(Padding.of(1)));
    h = Ops.maxPool2d(Ops.relu(Ops.conv2d(h, parameter("c", 3, 24, 20, 3, 3), null, Window2D.of(3))), HALVES);
    return Ops.relu(Ops.dense(Ops.flatten(h), parameter("d", 4, 12, 24 * 13 * 13), parameter("e", 5, 12)));
  }

  /** Two convolutions that are a pair. */
  private static Tensor large(Tensor x) {
    Tensor h = Ops.relu(Ops.conv2d(x, parameter("a", 1, 32, 3, 3, 3), parameter("b", 2, 32), Window2D.of(3)));
    h = Ops.maxPool2d(Ops.relu(Ops.conv2d(h, parameter("c", 3, 32, 32, 3, 3), null, Window2D.of(3))), HALVES);
    return Ops.globalAveragePool(h);
  }

  /** A first layer of few filters that is pooled. */
  private static Tensor few(Tensor x) {
    Window2D five = Window2D.of(5);
    Tensor h = Ops.relu(
        Ops.conv2d(x, parameter("a", 1, 6, 1, 5, 5), parameter("b", 2, 6), five.withPadding(Padding.of(2))));
    h = Ops.averagePool2d(h, HALVES, true);
    return Ops.averagePool2d(Ops.relu(Ops.conv2d(h, parameter("c", 3, 16, 6, 5, 5), null, five)), HALVES, true);
  }

  private static Tensor loss(Tensor output) {
    return Tape.apply(new WeightedSumOp(), output, normal(9, output.shape().toArray()));
  }

  @Test
  void training() {
    Tensor x = Tensor.symbolic(Shape.of(4, 3, 30, 30));
    Tensor y = small(x);
    isTrue(Plan.training(List.of(x), loss(y), List.of(y), BLOCKED), normal(7, 4, 3, 30, 30), true);
  }

  @Test
  void trainingOfLargePictures() {
    Tensor x = Tensor.symbolic(Shape.of(8, 3, 98, 98));
    Tensor y = large(x);
    isTrue(Plan.training(List.of(x), loss(y), List.of(y), BLOCKED), normal(7, 8, 3, 98, 98), true);
  }

  @Test
  void trainingOfFewFilters() {
    Tensor x = Tensor.symbolic(Shape.of(16, 1, 28, 28));
    Tensor y = few(x);
    isTrue(Plan.training(List.of(x), loss(y), List.of(y), BLOCKED), normal(7, 16, 1, 28, 28), true);
  }

  @Test
  void inferenceOfFewFilters() {
    Tensor x = Tensor.symbolic(Shape.of(16, 1, 28, 28));
    isTrue(Plan.inference(List.of(x), List.of(few(x)), BLOCKED), normal(7, 16, 1, 28, 28), false);
  }

  @Test
  void inference() {
    Tensor x = Tensor.symbolic(Shape.of(4, 3, 30, 30));
    isTrue(Plan.inference(List.of(x), List.of(small(x)), BLOCKED), normal(7, 4, 3, 30, 30), false);
  }

  /** What is held, and not much more, for working arrays are told for each operation anew. */
  private static void isTrue(Plan plan, Tensor batch, boolean training) {
    long told = plan.peakBytes();
    AtomicLong held = new AtomicLong();
    Thread thread = new Thread(() -> {
      for (int step = 0; step < 2; step++) {
        plan.forward(batch);
        if (training) {
          plan.backward();
        }
      }
      Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      seen.add(batch.data());
      held.set(bytes(plan, seen) + bytes(scratch(), seen));
    });
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    // Offset tables, single tiles and the like are small, and are not told.
    assertThat(told).isGreaterThan(held.get() * 99 / 100 - (16 << 10)).isLessThan(held.get() * 5 / 4);
    assertThat(plan.peakBytes()).isEqualTo(told);
  }

  /** The working arrays of this thread. */
  private static Object scratch() {
    try {
      Field arrays = Scratch.class.getDeclaredField("ARRAYS");
      arrays.setAccessible(true);
      return ((ThreadLocal<?>) arrays.get(null)).get();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** All arrays of numbers behind an object, parameters left out. */
  private static long bytes(Object object, Set<Object> seen) {
    if (object == null || object instanceof Parameter || object instanceof Enum || !seen.add(object)) {
      return 0;
    }
    if (object instanceof Collection<?> items) {
      return items.stream().mapToLong(item -> bytes(item, seen)).sum();
    }
    Class<?> type = object.getClass();
    if (type.isArray()) {
      if (type.getComponentType().isPrimitive()) {
        return (long) Array.getLength(object) * (type == byte[].class ? 1 : type == double[].class ? 8 : 4);
      }
      long sum = 0;
      for (Object item : (Object[]) object) {
        sum += bytes(item, seen);
      }
      return sum;
    }
    return type.getName().startsWith("dev.fovea") && !type.isHidden() ? ofFields(object, seen) : 0;
  }

  private static long ofFields(Object object, Set<Object> seen) {
    long sum = 0;
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
          try {
            field.setAccessible(true);
            sum += bytes(field.get(object), seen);
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
    return sum;
  }
}
