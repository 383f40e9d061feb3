package dev.fovea.core.kernels;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the kernels, once, when the first one is needed.
 *
 * <p>{@code -Dfovea.kernels=} {@code auto} (the default) takes the Vector API where it can be had; {@code scalar} and
 * {@code vector} force one or the other; {@code vector-128}, {@code vector-256}, {@code vector-512} force a width in
 * bits too. What is forced and cannot be had is an error, never a silent fallback.
 */
public final class KernelChoice {
  static final String PROPERTY = "fovea.kernels";
  static final String MODULE = "jdk.incubator.vector";
  static final Kernels KERNELS = choose(System.getProperty(PROPERTY, "auto"));

  private KernelChoice() {}

  static Kernels choose(String wish) {
    Logger log = LoggerFactory.getLogger(Kernels.class);
    switch (wish) {
      case "scalar" -> {
        log.info("kernels: scalar, as -D{}=scalar asks", PROPERTY);
        return new ScalarKernels();
      }
      case "auto", "vector", "vector-128", "vector-256", "vector-512" -> {
        String obstacle = obstacle();
        if (obstacle == null) {
          Kernels kernels = vector();
          log.info("kernels: {}, {}", kernels.name(),
              wish.equals("auto") ? "the widest this machine prefers" : "as -D" + PROPERTY + "=" + wish + " asks");
          return kernels;
        }
        if (!wish.equals("auto")) {
          throw new IllegalStateException(PROPERTY + "=" + wish + ": " + obstacle);
        }
        log.warn("kernels: scalar, some ten times slower than SIMD: {}", obstacle);
        return new ScalarKernels();
      }
      default -> throw new IllegalArgumentException(PROPERTY
          + ": expected auto, scalar, vector, vector-128, vector-256 or vector-512, got '" + wish + "'");
    }
  }

  /**
   * The twin that goes with the kernels in use.
   *
   * @param scalar the definition
   * @param vectorClass the full name of the SIMD twin, which has a constructor without parameters; nothing links it
   *     where it is not used
   */
  public static <T> T twin(T scalar, Class<T> type, String vectorClass) {
    return KERNELS instanceof ScalarKernels ? scalar : type.cast(load(vectorClass));
  }

  /** Why the Vector API cannot be used, and the cure; {@code null} if it can. */
  private static String obstacle() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "the Vector API is not in the module graph; start Java with --add-modules " + MODULE;
    }
    return null;
  }

  private static Kernels vector() {
    return (Kernels) load("dev.fovea.core.kernels.VectorKernels");
  }

  /** By name, so that nothing links the vector classes where their module is absent. */
  private static Object load(String vectorClass) {
    try {
      Constructor<?> constructor = Class.forName(vectorClass).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      throw new IllegalStateException("kernels: the Vector API is there but does not start", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("kernels: the Vector API is there but does not start", e);
    }
  }
}
