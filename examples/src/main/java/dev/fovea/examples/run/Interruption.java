package dev.fovea.examples.run;

import java.util.concurrent.CountDownLatch;

/**
 * Lets Ctrl-C, and whatever else asks a program politely to end, stop a run in good order: it is told to stop, and the
 * Java machine waits until it has.
 */
public final class Interruption implements AutoCloseable {
  private final Runnable stop;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "fovea-interruption");
  private volatile boolean asked;

  private Interruption(Runnable stop) {
    this.stop = stop;
  }

  /** From now until it is closed, an end that is asked for calls {@code stop} and waits for {@link #close}. */
  public static Interruption calling(Runnable stop) {
    Interruption interruption = new Interruption(stop);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void interrupt() {
    asked = true;
    stop.run();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the end has been asked for. */
  public boolean asked() {
    return asked;
  }

  /** Says that the run is over and all is written. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException underWay) {
      // The machine is stopping, which is what the hook was waiting for.
    }
  }
}
