package dev.fovea.data;

import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;

/**
 * The batches of one epoch, each prepared by a thread of its own while the one before is in use; those of a data set
 * {@linkplain Dataset#isInMemory in memory} by the threads that compute, when they are asked for: that takes less time
 * than a third thread takes from two at work.
 *
 * <p><b>A batch is valid until the next call of {@link #next()}:</b> its arrays are then filled anew. There are two
 * sets of arrays, and a third for a last batch that is shorter, so that memory stays the same however long an epoch is.
 *
 * <p>To be used by one thread and closed, which stops the reading thread wherever it is; it also ends by itself once
 * all is read.
 */
public final class BatchIterator implements Iterator<Batch>, Iterable<Batch>, AutoCloseable {
  private static final int SETS = 2;
  /** Elements of samples that a thread copies at a time. */
  private static final int STRETCH = 1 << 13;

  private final Dataset dataset;
  private final int[] order;
  private final int batchSize;
  private final int samples;
  private final int count;
  private final int first;
  /** {@code null} if batches are prepared when they are asked for. */
  private final Thread reader;
  private boolean iterated;

  /** Guards the fields below: batch number i lies at i % SETS and may be filled once batch i - SETS is given back. */
  private final Object lock = new Object();

  private final Batch[] ready = new Batch[SETS];
  private int filled;
  private int taken;
  private int givenBack;
  private String problem;
  private Throwable cause;
  private volatile boolean closed;

  /** The batches from number {@code first} on; those before it are not read. */
  BatchIterator(Dataset dataset, int[] order, int batchSize, int samples, int first) {
    this.dataset = dataset;
    this.order = order;
    this.batchSize = batchSize;
    this.samples = samples;
    this.count = (samples - 1) / batchSize + 1;
    this.first = first;
    this.filled = first;
    this.taken = first;
    this.givenBack = first;
    this.reader = dataset.isInMemory() ? null : new Thread(this::readAll, "fovea-batches");
    if (reader != null) {
      reader.setDaemon(true);
      reader.start();
    }
  }

  /**
   * This iterator itself, so that a for loop can go over it.
   *
   * @throws IllegalStateException at the second call: an epoch is gone through once
   */
  @Override
  public Iterator<Batch> iterator() {
    if (iterated) {
      throw new IllegalStateException("batches: an epoch can be gone through once; ask Batches for another one");
    }
    iterated = true;
    return this;
  }

  /** Whether there are more batches; does not wait. */
  @Override
  public boolean hasNext() {
    return !closed && taken < count;
  }

  /**
   * The next batch; the one before is no longer valid. Waits until it is prepared.
   *
   * @throws NoSuchElementException if there are no more
   * @throws IllegalStateException if a sample could not be read: the message has its index in the data set, the cause
   *     says why
   * @throws CancellationException if the iterator is closed while this thread waits, or the thread is interrupted,
   *     which closes it
   */
  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException(
          closed ? "batches: the iterator is closed" : "batches: all " + count + " are read");
    }
    return reader == null ? prepareNow() : await();
  }

  private Batch await() {
    try {
      synchronized (lock) {
        givenBack = taken;
        lock.notifyAll();
        while (filled == taken && problem == null && !closed) {
          lock.wait();
        }
        if (filled > taken) {
          return ready[taken++ % SETS];
        }
        throwProblem();
        throw closedWhileWaiting();
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new CancellationException("batches: interrupted while waiting for batch " + taken);
    }
  }

  private Batch prepareNow() {
    int from = taken * batchSize;
    Batch batch = room(taken);
    Parallel.ranges(batch.size(), Math.max(1, STRETCH / dataset.sampleShape().size()),
        (first, end) -> fill(batch, from, first, end));
    synchronized (lock) {
      throwProblem();
    }
    if (closed) {
      throw closedWhileWaiting();
    }
    taken++;
    return batch;
  }

  private CancellationException closedWhileWaiting() {
    return new CancellationException("batches: closed while waiting for batch " + taken);
  }

  private void throwProblem() {
    if (problem != null) {
      throw new IllegalStateException("batches: " + problem + ": " + cause, cause);
    }
  }

  /** Stops the reading thread and returns when it has ended. */
  @Override
  public void close() {
    closed = true;
    synchronized (lock) {
      lock.notifyAll();
    }
    boolean interrupted = false;
    while (reader != null && reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The thread that reads, for tests; {@code null} if there is none. */
  Thread reader() {
    return reader;
  }

  private void readAll() {
    int number = first;
    try {
      while (number < count && awaitRoom(number) && prepare(number)) {
        number++;
      }
    } catch (Throwable t) {
      fail("batch " + number + " could not be prepared", t);
    }
  }

  /** Waits until the batch may be filled; {@code false} if nobody wants it any more. */
  private boolean awaitRoom(int number) throws InterruptedException {
    synchronized (lock) {
      while (number - givenBack >= SETS && !closed) {
        lock.wait();
      }
      return !closed;
    }
  }

  /** Fills a batch and makes it known; {@code false} if there is no sense in going on. */
  private boolean prepare(int number) {
    Batch batch = room(number);
    if (!fill(batch, number * batchSize, 0, batch.size())) {
      return false;
    }
    synchronized (lock) {
      filled++;
      lock.notifyAll();
    }
    return true;
  }

  /** The arrays for a batch: those of an earlier one, unless this is shorter. */
  private Batch room(int number) {
    int size = Math.min(batchSize, samples - number * batchSize);
    Batch batch = ready[number % SETS];
    if (batch == null || batch.size() != size) {
      batch = new Batch(
          Tensor.zeros(dataset.sampleShape().prepend(size)), Tensor.zeros(dataset.targetShape().prepend(size)));
      ready[number % SETS] = batch;
    }
    return batch;
  }

  /**
   * Reads the samples from place {@code first} (inclusive) to {@code end} (exclusive) of the batch that begins with
   * place {@code from} of the epoch.
   */
  private boolean fill(Batch batch, int from, int first, int end) {
    int sampleSize = dataset.sampleShape().size();
    int targetSize = dataset.targetShape().size();
    for (int i = first; i < end && !closed; i++) {
      try {
        dataset.read(order[from + i], batch.x().data(), i * sampleSize, batch.y().data(), i * targetSize);
      } catch (Throwable t) {
        fail("sample " + order[from + i] + " could not be read", t);
        return false;
      }
    }
    return !closed;
  }

  private void fail(String what, Throwable why) {
    synchronized (lock) {
      problem = what;
      cause = why;
      lock.notifyAll();
    }
  }
}
