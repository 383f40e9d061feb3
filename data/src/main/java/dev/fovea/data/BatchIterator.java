package dev.fovea.data;

import static dev.fovea.data.BatchArrays.SETS;

import dev.fovea.core.kernels.Parallel;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * The batches of one epoch, each prepared by threads of its own while the one before is in use; those of a data set
 * {@linkplain Dataset#isInMemory in memory} by the threads that compute, when they are asked for: that takes less time
 * than a third thread takes from two at work.
 *
 * <p><b>A batch is valid until the next call of {@link #next()}:</b> its arrays are then filled anew. There are two
 * sets of arrays, and a third for a last batch that is shorter, so that memory stays the same however long an epoch is.
 *
 * <p>Which thread reads which samples is left to chance; what stands in a batch is not, nor which of several samples
 * that cannot be read is named: the first.
 *
 * <p>To be used by one thread and closed, which stops the reading threads wherever they are; they also end by
 * themselves once all is read.
 */
public final class BatchIterator implements Iterator<Batch>, Iterable<Batch>, AutoCloseable {
  /** Elements of samples that a thread reads at a time. */
  private static final int STRETCH = 1 << 13;

  private final Dataset dataset;
  private final int[] order;
  private final int batchSize;
  private final int samples;
  private final int count;
  /** None if batches are prepared when they are asked for. */
  private final List<Thread> readers;
  /** {@code null} if batches are given out as they are read. */
  private final BatchMixer mixer;
  private boolean iterated;

  /** Guards the fields below: batch number i lies at i % SETS and may be filled once batch i - SETS is given back. */
  private final Object lock = new Object();

  private final BatchArrays ready;
  /** How many samples of each set are still to be read. */
  private final int[] missing = new int[SETS];
  /** The place in the epoch of the sample that is read next. */
  private int drawn;
  /** Stretches that are being read. */
  private int underWay;
  private int taken;
  private int givenBack;
  private final FirstProblem problem = new FirstProblem();
  private volatile boolean closed;

  /**
   * The batches from number {@code first} on; those before it are not read.
   *
   * @param threads how many read ahead, unless the data set is in memory
   * @param mixer what is done to a batch that has been read; {@code null} for nothing
   */
  BatchIterator(Dataset dataset, int[] order, int batchSize, int samples, int first, int threads, BatchMixer mixer) {
    this.dataset = dataset;
    this.order = order;
    this.batchSize = batchSize;
    this.samples = samples;
    this.count = (samples - 1) / batchSize + 1;
    this.drawn = (int) Math.min(samples, (long) first * batchSize);
    this.taken = first;
    this.givenBack = first;
    this.mixer = mixer;
    this.ready = new BatchArrays(dataset);
    this.readers = IntStream.range(0, dataset.isInMemory() ? 0 : threads)
        .mapToObj(i -> new Thread(this::readAll, "fovea-batches-" + i)).toList();
    for (Thread reader : readers) {
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
    int number = taken;
    Batch batch = readers.isEmpty() ? prepareNow() : await();
    if (mixer != null) {
      mixer.mix(batch, number);
    }
    return batch;
  }

  private Batch await() {
    try {
      synchronized (lock) {
        givenBack = taken;
        lock.notifyAll();
        while (!isRead(taken) && !hasFailed() && !closed) {
          lock.wait();
        }
        if (isRead(taken)) {
          return ready.get(taken++);
        }
        problem.raise();
        throw closedWhileWaiting();
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new CancellationException("batches: interrupted while waiting for batch " + taken);
    }
  }

  private boolean isRead(int number) {
    return drawn >= end(number) && missing[number % SETS] == 0;
  }

  /** Whether there is a problem and all before it has been read, so that there is no earlier one. */
  private boolean hasFailed() {
    return problem.isThere() && underWay == 0;
  }

  /** The place in the epoch after the last sample of a batch. */
  private int end(int number) {
    return (int) Math.min(samples, (number + 1L) * batchSize);
  }

  private int size(int number) {
    return end(number) - number * batchSize;
  }

  private Batch prepareNow() {
    int from = taken * batchSize;
    Batch batch = ready.room(taken, size(taken));
    Parallel.ranges(batch.size(), stretch(), (first, end) -> fill(batch, from, from + first, from + end));
    synchronized (lock) {
      problem.raise();
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

  /** Stops the reading threads and returns when they have ended. */
  @Override
  public void close() {
    closed = true;
    synchronized (lock) {
      lock.notifyAll();
    }
    boolean interrupted = false;
    for (Thread reader : readers) {
      while (reader.isAlive()) {
        try {
          reader.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The threads that read, for tests; none if the data set is in memory. */
  List<Thread> readers() {
    return readers;
  }

  /** What a reading thread does: draws a stretch of the epoch, reads it, draws another. */
  private void readAll() {
    try {
      int length = stretch();
      while (true) {
        int first;
        int end;
        Batch batch;
        synchronized (lock) {
          if (!awaitRoom()) {
            return;
          }
          batch = roomAt(drawn);
          first = drawn;
          end = first + Math.min(length, end(first / batchSize) - first);
          drawn = end;
          underWay++;
        }
        boolean whole = false;
        try {
          whole = fill(batch, first - first % batchSize, first, end);
        } finally {
          report(first, whole ? end - first : 0);
        }
      }
    } catch (Throwable t) {
      synchronized (lock) {
        fail("batch " + drawn / batchSize + " could not be prepared", t, drawn);
      }
    }
  }

  /** Counts what has been read, from this place on; wakes the others if that makes a difference to them. */
  private void report(int place, int read) {
    synchronized (lock) {
      int set = place / batchSize % SETS;
      underWay--;
      missing[set] -= read;
      if (missing[set] == 0 || problem.isThere()) {
        lock.notifyAll();
      }
    }
  }

  /** Waits until the sample to be read next has a place; {@code false} if nobody wants it any more. */
  private boolean awaitRoom() throws InterruptedException {
    while (drawn < samples && drawn / batchSize - givenBack >= SETS && !problem.isThere() && !closed) {
      lock.wait();
    }
    return drawn < samples && !problem.isThere() && !closed;
  }

  /** The arrays for the batch that has the sample of this place; whoever draws its first sample clears them. */
  private Batch roomAt(int place) {
    int number = place / batchSize;
    if (place % batchSize > 0) {
      return ready.get(number);
    }
    Batch batch = ready.room(number, size(number));
    missing[number % SETS] = batch.size();
    return batch;
  }

  private int stretch() {
    return Math.max(1, STRETCH / dataset.sampleShape().size());
  }

  /**
   * Reads the samples from place {@code first} (inclusive) to {@code end} (exclusive) of the epoch into the batch that
   * begins with place {@code start}.
   */
  private boolean fill(Batch batch, int start, int first, int end) {
    for (int place = first; place < end && !closed; place++) {
      try {
        ready.read(order[place], batch, place - start);
      } catch (Throwable t) {
        fail("sample " + order[place] + " could not be read", t, place);
        return false;
      }
    }
    return !closed;
  }

  private void fail(String what, Throwable why, int place) {
    synchronized (lock) {
      problem.report(what, why, place);
      lock.notifyAll();
    }
  }
}
