package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchIteratorTest {
  /** Ten thousand samples, each its index; every read goes by {@code onRead} first. */
  private abstract static class Watched implements Dataset {
    abstract void onRead(int index);

    @Override
    public int size() {
      return 10_000;
    }

    @Override
    public Shape sampleShape() {
      return Shape.of(1);
    }

    @Override
    public Shape targetShape() {
      return Shape.scalar();
    }

    @Override
    public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
      onRead(index);
      x[xOffset] = index;
      y[yOffset] = -index;
    }
  }

  @Test
  void preparesTheNextBatchWhileThisOneIsInUse() throws InterruptedException {
    AtomicInteger reads = new AtomicInteger();
    CountDownLatch secondBatch = new CountDownLatch(20);
    Dataset data = new Watched() {
      @Override
      void onRead(int index) {
        reads.incrementAndGet();
        secondBatch.countDown();
      }
    };
    try (BatchIterator epoch = Batches.of(data, 10).epoch(0)) {
      Batch first = epoch.next();
      secondBatch.await();
      for (Thread reader : epoch.readers()) {
        while (reader.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
      }
      assertThat(reads).as("reads, with one batch in use and one ahead").hasValue(20);
      assertThat(first.x().toArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      assertThat(first.y().get(9)).isEqualTo(-9);
    }
  }

  @Test
  void recyclesItsArrays() {
    Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    float[] before = null;
    int sum = 0;
    try (BatchIterator epoch = Batches.of(new DatasetTest.Counting(1003), 10).epoch(0)) {
      for (Batch batch : epoch) {
        assertThat(batch.x().data()).isNotSameAs(before).hasSize(2 * batch.size());
        before = batch.x().data();
        arrays.add(before);
        for (int i = 0; i < batch.size(); i++) {
          sum += (int) batch.x().get(i, 0);
        }
      }
    }
    assertThat(arrays).as("two sets, and one for the last, short batch").hasSize(3);
    assertThat(sum).isEqualTo(1002 * 1003 / 2);
  }

  /** The same batches whether a data set in memory is read by the pool or another by a thread of its own. */
  @Test
  void readsWhatIsInMemoryWithoutAThreadOfItsOwn() {
    float[] values = new float[1003 * 30];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Dataset inMemory = ArrayDataset.of(Tensor.of(Shape.of(1003, 30), values), new int[1003]).shuffled(5);
    Dataset elsewhere = new DatasetTest.Elsewhere(inMemory);
    Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    try (BatchIterator now = Batches.of(inMemory, 500).shuffled(7).epoch(2);
        BatchIterator ahead = Batches.of(elsewhere, 500).shuffled(7).epoch(2)) {
      assertThat(now.readers()).isEmpty();
      assertThat(ahead.readers()).hasSize(Parallel.threads());
      for (int batch = 0; batch < 3; batch++) {
        Batch expected = ahead.next();
        Batch actual = now.next();
        arrays.add(actual.x().data());
        assertThat(actual.size()).isEqualTo(batch < 2 ? 500 : 3);
        assertThat(actual.x().toArray()).isEqualTo(expected.x().toArray());
        assertThat(actual.y().toArray()).isEqualTo(expected.y().toArray());
      }
      assertThat(arrays).hasSize(3);
      assertThat(now.hasNext()).isFalse();
      assertThatThrownBy(now::next).isInstanceOf(NoSuchElementException.class).hasMessage("batches: all 3 are read");
    }
    BatchIterator closed = Batches.of(inMemory, 500).epoch(0);
    closed.close();
    assertThatThrownBy(closed::next).isInstanceOf(NoSuchElementException.class)
        .hasMessage("batches: the iterator is closed");
  }

  /** From any batch on the rest of an epoch comes as it would have, and what is before is not read. */
  @Test
  void beginsWithAnyBatch() {
    for (boolean inMemory : new boolean[] {true, false}) {
      AtomicInteger reads = new AtomicInteger();
      Dataset data = new Watched() {
        @Override
        void onRead(int index) {
          reads.incrementAndGet();
        }

        @Override
        public boolean isInMemory() {
          return inMemory;
        }
      };
      Batches batches = Batches.of(data.take(23), 5).shuffled(3);
      for (int first = 0; first <= batches.count(); first++) {
        reads.set(0);
        try (BatchIterator rest = batches.epoch(4, first)) {
          assertThat(values(rest)).isEqualTo(values(batches.epoch(4)).stream().skip(5L * first).toList());
        }
        assertThat(reads.get() - 23).as("reads of the rest").isEqualTo(Math.max(0, 23 - 5 * first));
      }
      assertThatThrownBy(() -> batches.epoch(4, 6)).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("batches: the first batch must be one of 0..5, got 6");
      assertThatThrownBy(() -> batches.epoch(4, -1)).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("batches: the first batch must be one of 0..5, got -1");
    }
  }

  private static List<Float> values(BatchIterator batches) {
    List<Float> values = new ArrayList<>();
    for (Batch batch : batches) {
      for (float value : batch.x().toArray()) {
        values.add(value);
      }
    }
    return values;
  }

  @Test
  void passesOnWhatWentWrongInMemory() {
    Dataset data = new Watched() {
      @Override
      void onRead(int index) {
        if (index == 17) {
          throw new IllegalStateException("no such picture");
        }
      }

      @Override
      public boolean isInMemory() {
        return true;
      }
    };
    try (BatchIterator epoch = Batches.of(data, 10).epoch(0)) {
      assertThat(epoch.next().x().get(9, 0)).isEqualTo(9);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(epoch::next).isInstanceOf(IllegalStateException.class)
            .hasMessage("batches: sample 17 could not be read: java.lang.IllegalStateException: no such picture")
            .hasRootCauseMessage("no such picture");
      }
    }
  }

  @Test
  void endsItsThreadOnceAllIsRead() throws InterruptedException {
    BatchIterator epoch = Batches.of(new DatasetTest.Counting(10), 4).epoch(0);
    for (Batch batch : epoch) {
      assertThat(batch.size()).isPositive();
    }
    for (Thread reader : epoch.readers()) {
      reader.join();
      assertThat(reader.isDaemon()).isTrue();
    }
    assertThatThrownBy(epoch::next).isInstanceOf(NoSuchElementException.class).hasMessage("batches: all 3 are read");
  }

  @Test
  void endsItsThreadWhenClosedEarly() {
    BatchIterator unread = Batches.of(new DatasetTest.Counting(1000), 4).epoch(0);
    unread.close();
    assertThat(unread.readers()).isNotEmpty().noneMatch(Thread::isAlive);
    BatchIterator half = Batches.of(new DatasetTest.Counting(1000), 4).epoch(0);
    half.next();
    half.next();
    half.close();
    half.close();
    assertThat(half.readers()).noneMatch(Thread::isAlive);
    assertThat(half.hasNext()).isFalse();
    assertThatThrownBy(half::next).isInstanceOf(NoSuchElementException.class)
        .hasMessage("batches: the iterator is closed");
  }

  @Test
  void stopsInTheMiddleOfABatch() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(3);
    CountDownLatch closing = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    Dataset data = new Large() {
      @Override
      void onRead(int index) {
        reads.incrementAndGet();
        reading.countDown();
        awaitQuietly(closing);
      }
    };
    BatchIterator epoch = ahead(data, 100, 3);
    reading.await();
    Thread closer = new Thread(epoch::close);
    closer.start();
    while (epoch.hasNext()) {
      Thread.onSpinWait();
    }
    closing.countDown();
    closer.join();
    assertThat(reads).as("reads, those under way when it was closed").hasValue(3);
    assertThat(epoch.readers()).noneMatch(Thread::isAlive);
  }

  @Test
  void passesOnWhatWentWrongWithTheSamplesIndex() {
    Dataset data = new Watched() {
      @Override
      void onRead(int index) {
        if (index == 17) {
          throw new IllegalStateException("no such picture");
        }
      }
    };
    try (BatchIterator epoch = Batches.of(data, 10).epoch(0)) {
      assertThat(epoch.next().x().get(9, 0)).isEqualTo(9);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(epoch::next).isInstanceOf(IllegalStateException.class)
            .hasMessage("batches: sample 17 could not be read: java.lang.IllegalStateException: no such picture")
            .hasRootCauseMessage("no such picture");
      }
    }
    try (BatchIterator epoch = Batches.of(data, 10_000).shuffled(3).epoch(0)) {
      assertThatThrownBy(epoch::next)
          .hasMessage("batches: sample 17 could not be read: java.lang.IllegalStateException: no such picture");
    }
  }

  @Test
  void passesOnWhatWentWrongOutsideOfSamples() {
    AtomicInteger questions = new AtomicInteger();
    Dataset data = new Watched() {
      @Override
      void onRead(int index) {}

      @Override
      public Shape targetShape() {
        if (questions.incrementAndGet() > 1) {
          throw new OutOfMemoryError("thrown by a test");
        }
        return Shape.scalar();
      }
    };
    try (BatchIterator epoch = Batches.of(data, 10).epoch(0)) {
      assertThatThrownBy(epoch::next).isInstanceOf(IllegalStateException.class)
          .hasMessage("batches: batch 0 could not be prepared: java.lang.OutOfMemoryError: thrown by a test");
    }
  }

  @Test
  void closesWhenTheWaitingThreadIsInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    Dataset data = new Watched() {
      @Override
      void onRead(int index) {
        awaitQuietly(never);
      }
    };
    BatchIterator epoch = Batches.of(data, 10).epoch(0);
    Thread.currentThread().interrupt();
    new Thread(() -> {
      while (epoch.hasNext()) {
        Thread.onSpinWait();
      }
      never.countDown();
    }).start();
    assertThatThrownBy(epoch::next).isInstanceOf(CancellationException.class)
        .hasMessage("batches: interrupted while waiting for batch 0");
    assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
    assertThat(epoch.readers()).noneMatch(Thread::isAlive);
  }

  @Test
  void canBeClosedByAnotherThread() throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    Dataset data = new Watched() {
      @Override
      void onRead(int index) {
        awaitQuietly(closed);
      }
    };
    BatchIterator epoch = Batches.of(data, 10).epoch(0);
    Thread consumer = Thread.currentThread();
    Thread closer = new Thread(() -> {
      while (consumer.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      Thread close = new Thread(epoch::close);
      close.start();
      while (epoch.hasNext()) {
        Thread.onSpinWait();
      }
      closed.countDown();
    });
    closer.start();
    assertThatThrownBy(epoch::next).isInstanceOf(CancellationException.class)
        .hasMessage("batches: closed while waiting for batch 0");
    closer.join();
    for (Thread reader : epoch.readers()) {
      reader.join();
    }
  }

  @Test
  void isGoneThroughOnce() {
    try (BatchIterator epoch = Batches.of(new DatasetTest.Counting(10), 4).epoch(0)) {
      assertThat(epoch.iterator()).isSameAs(epoch);
      assertThatThrownBy(epoch::iterator).isInstanceOf(IllegalStateException.class)
          .hasMessage("batches: an epoch can be gone through once; ask Batches for another one");
    }
  }

  @Test
  void severalThreadsReadTheSameBatches() {
    Dataset data = new Large() {
      @Override
      void onRead(int index) {}
    }.take(303).shuffled(3);
    for (int threads : new int[] {1, 2, 3, 7}) {
      for (int batchSize : new int[] {1, 7, 100, 303, 500}) {
        try (BatchIterator epoch = ahead(data, batchSize, threads)) {
          int place = 0;
          for (Batch batch : epoch) {
            for (int i = 0; i < batch.size(); i++, place++) {
              assertThat(batch.x().get(i, 0)).isEqualTo(data.sample(place).get(0));
              assertThat(batch.y().get(i)).isEqualTo(data.target(place).item());
            }
          }
          assertThat(place).isEqualTo(303);
        }
      }
    }
  }

  /** Each sample waits until others are being read, which one thread alone could not do. */
  @Test
  void severalThreadsReadAtOnce() {
    CyclicBarrier together = new CyclicBarrier(4);
    Dataset data = new Large() {
      @Override
      void onRead(int index) {
        try {
          together.await();
        } catch (InterruptedException | BrokenBarrierException e) {
          throw new AssertionError(e);
        }
      }
    };
    try (BatchIterator epoch = ahead(data.take(40), 10, 4)) {
      for (Batch batch : epoch) {
        assertThat(batch.size()).isEqualTo(10);
      }
    }
  }

  /** The thread that meets sample 18 is done before the one that meets sample 17. */
  @Test
  void namesTheFirstOfSeveralProblems() {
    CountDownLatch second = new CountDownLatch(1);
    Dataset data = new Large() {
      @Override
      void onRead(int index) {
        if (index == 17) {
          awaitQuietly(second);
          throw new UncheckedIOException("cat/17.png: there is no such file", new NoSuchFileException("cat/17.png"));
        }
        if (index == 18) {
          second.countDown();
          throw new IllegalStateException("no such picture either");
        }
      }
    };
    try (BatchIterator epoch = ahead(data, 10, 2)) {
      assertThat(epoch.next().x().get(9, 0)).isEqualTo(9);
      assertThatThrownBy(epoch::next).isInstanceOf(IllegalStateException.class)
          .hasMessage("batches: sample 17 could not be read: cat/17.png: there is no such file")
          .hasRootCauseInstanceOf(NoSuchFileException.class);
    }
  }

  /** As {@link Watched}, with samples so large that a thread reads two at a time. */
  private abstract static class Large extends Watched {
    @Override
    public Shape sampleShape() {
      return Shape.of(4096);
    }
  }

  private static BatchIterator ahead(Dataset data, int batchSize, int threads) {
    return new BatchIterator(data, IntStream.range(0, data.size()).toArray(), batchSize, data.size(), 0, threads, null);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
