package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallbackTest {
  private static final Dataset DATA = Pictures.generate(20, 1);

  private final Trainer trainer = Trainer.of(Sequential.of(Pictures.SAMPLE, 1, Flatten.of(), Dense.of(3)), Sgd.of(0.01),
      Loss.sparseCategoricalCrossEntropy().fromLogits());

  @Test
  void isCalledBeforeAndAfter() {
    List<String> calls = new ArrayList<>();
    trainer.fit(DATA, Fit.epochs(2).batchSize(16).quietly().callback(new Callback() {
      @Override
      public void beforeEpoch(Progress progress) {
        calls.add("epoch " + progress.epoch() + "/" + progress.lastEpoch() + " of " + progress.batches());
        assertThat(progress.loss()).isNaN();
        assertThat(progress.history().epochs()).hasSize(progress.epoch() - 1);
      }

      @Override
      public void beforeBatch(Progress progress) {
        calls.add("before " + progress.batch() + ", step " + progress.step());
      }

      @Override
      public void afterBatch(Progress progress) {
        calls.add("after " + progress.batch() + ", step " + progress.lastStep().step() + ", " + progress.samples());
        assertThat(progress.loss()).isPositive();
        assertThat(progress.accuracy()).isBetween(0.0, 1.0);
        assertThat(progress.imagesPerSecond()).isPositive();
        assertThat(progress.trainer()).isSameAs(trainer);
      }

      @Override
      public void afterEpoch(Progress progress) {
        calls.add("done " + progress.history().last().number());
        assertThat(progress.history().last().loss()).isEqualTo(progress.loss());
      }
    }));
    assertThat(calls).containsExactly(
        "epoch 1/2 of 2", "before 0, step 0", "after 1, step 1, 16", "before 1, step 1", "after 2, step 2, 20",
        "done 1",
        "epoch 2/2 of 2", "before 0, step 2", "after 1, step 3, 16", "before 1, step 3", "after 2, step 4, 20",
        "done 2");
  }

  @Test
  void mayStop() {
    History history = trainer.fit(DATA, Fit.epochs(5).batchSize(8).quietly().callback(new Callback() {
      @Override
      public void afterBatch(Progress progress) {
        if (progress.step() == 4) {
          progress.stop();
        }
      }
    }));
    assertThat(history.epochs()).as("the epoch that was under way is recorded").hasSize(2);
    assertThat(trainer.steps()).isEqualTo(4);
  }

  @Test
  void mayStopBeforeAnything() {
    History history = trainer.fit(DATA, Fit.epochs(5).callback(new Callback() {
      @Override
      public void beforeEpoch(Progress progress) {
        progress.stop();
      }
    }));
    assertThat(history.epochs()).isEmpty();
    assertThat(trainer.steps()).isZero();
  }

  @Test
  void whatItThrowsComesOutOfFit() {
    Fit fit = Fit.epochs(1).callback(new Callback() {
      @Override
      public void beforeBatch(Progress progress) {
        throw new IllegalStateException("enough");
      }
    });
    assertThatThrownBy(() -> trainer.fit(DATA, fit)).isInstanceOf(IllegalStateException.class).hasMessage("enough");
  }

  @Test
  void logsALineAnEpoch() {
    Logger logger = (Logger) LoggerFactory.getLogger(Trainer.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Level before = logger.getLevel();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
    try {
      trainer.fit(DATA, Fit.epochs(2).validation(DATA));
      assertThat(lines.list).hasSize(2);
      assertThat(lines.list.get(1).getFormattedMessage()).matches("epoch 2/2  loss \\S+  accuracy \\S+  validation"
          + " loss \\S+  validation accuracy \\S+  images/s \\S+  rate 0\\.01");
      trainer.fit(DATA, Fit.epochs(1).quietly());
      assertThat(lines.list).hasSize(2);
    } finally {
      logger.setLevel(before);
      logger.detachAppender(lines);
    }
    assertThat(EpochLog.line(new History.Epoch(1, 0.5, Double.NaN, Double.NaN, Double.NaN, 1e-3, 2, 12345.6), 3))
        .isEqualTo("epoch 1/3  loss 0.5000  images/s 12346  rate 0.001");
  }
}
