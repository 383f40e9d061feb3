package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Schedule;
import dev.fovea.optim.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReduceOnPlateauTest {
  private static final Dataset DATA = Pictures.generate(8, 1);

  private static Trainer trainer(Schedule schedule) {
    return Trainer.of(Sequential.of(Pictures.SAMPLE, 1, Flatten.of(), Dense.of(3)), Sgd.of(schedule),
        Loss.sparseCategoricalCrossEntropy().fromLogits());
  }

  /** The rates after epochs whose validation losses are these. */
  private static List<Double> rates(ReduceOnPlateau callback, Trainer trainer, double... losses) {
    List<Double> rates = new ArrayList<>();
    Progress progress = new Progress(trainer, Fit.epochs(losses.length), 0);
    for (double loss : losses) {
      progress.beginEpoch(1);
      progress.record(new History.Epoch(progress.epoch(), 1, 1, loss, 1, 1, 1, 1));
      callback.afterEpoch(progress);
      rates.add(trainer.optimizerState().rate());
    }
    return rates;
  }

  @Test
  void lowersTheRateWhenPatienceIsAtItsEnd() {
    ReduceOnPlateau callback = ReduceOnPlateau.of().withFactor(0.5).withPatience(2);
    assertThat(rates(callback, trainer(Schedule.constant(1)), 5, 6, 4, 4, 4.5, 4, 4, 3, 3))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.25);
  }

  /** What is better by no more than minDelta is not better, and is not what the next is compared with. */
  @Test
  void minDelta() {
    ReduceOnPlateau callback = ReduceOnPlateau.of().withFactor(0.5).withPatience(2).withMinDelta(0.5);
    assertThat(rates(callback, trainer(Schedule.constant(1)), 5, 4.75, 4.25, 4.25, 3.75))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 0.5);
  }

  /** Keras' order: an epoch counts the cooldown down first, and the last one of it counts again. */
  @Test
  void cooldown() {
    ReduceOnPlateau callback = ReduceOnPlateau.of().withFactor(0.5).withPatience(1).withCooldown(3);
    assertThat(rates(callback, trainer(Schedule.constant(1)), 5, 5, 5, 5, 5, 5, 5))
        .containsExactly(1.0, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25);
  }

  @Test
  void minRate() {
    ReduceOnPlateau callback = ReduceOnPlateau.of().withFactor(0.5).withPatience(1).withMinRate(0.3);
    assertThat(rates(callback, trainer(Schedule.constant(1)), 5, 5, 5, 5)).containsExactly(1.0, 0.5, 0.3, 0.3);
  }

  @Test
  void goesBelowASchedule() {
    Trainer trainer = trainer(Schedule.step(1, 1, 0.5));
    trainer.fit(DATA, Fit.epochs(3).batchSize(8).quietly()
        .callback(ReduceOnPlateau.of().watching(Monitor.LOSS).withPatience(1).withMinDelta(10)));
    assertThat(trainer.optimizerState().rateFactor()).isCloseTo(0.01, within(1e-15));
    assertThat(trainer.optimizerState().rate()).isCloseTo(0.01 / 8, within(1e-15));
  }

  @Test
  void logsWhatItDoes() {
    Logger logger = (Logger) LoggerFactory.getLogger(ReduceOnPlateau.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
    try {
      rates(ReduceOnPlateau.of().withPatience(2), trainer(Schedule.constant(0.1)), 0.5, 0.6, 0.7);
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }
    assertThat(lines.list).map(ILoggingEvent::getFormattedMessage).containsExactly(
        "epoch 3: validation loss has been no better than 0.5000 for 2 epochs; learning rate 0.1 -> 0.01");
  }

  @Test
  void goesOnWhereAnotherStood() {
    double[] losses = {5, 6, 4, 4, 4.5, 4, 4, 3, 3, 3, 3};
    ReduceOnPlateau settings = ReduceOnPlateau.of().withFactor(0.5).withPatience(2).withCooldown(2);
    List<Double> whole = rates(settings, trainer(Schedule.constant(1)), losses);
    for (int cut = 1; cut < losses.length; cut++) {
      Trainer trainer = trainer(Schedule.constant(1));
      ReduceOnPlateau first = settings.withCooldown(2);
      List<Double> rates = rates(first, trainer, Arrays.copyOf(losses, cut));
      ReduceOnPlateau second = settings.withCooldown(2);
      second.restore(first.state(), null);
      rates.addAll(rates(second, trainer, Arrays.copyOfRange(losses, cut, losses.length)));
      assertThat(rates).as("cut after %d", cut).isEqualTo(whole);
    }
    assertThat(settings.withCooldown(2).state().isEmpty()).isTrue();
    assertThat(settings.state().numbers()).isEqualTo(Map.of("best", 3.0, "waited", 0.0, "cooling", 1.0));
  }

  @Test
  void printsAsCode() {
    assertThat(ReduceOnPlateau.of()).hasToString("ReduceOnPlateau.of()");
    assertThat(ReduceOnPlateau.of().watching(Monitor.ACCURACY).withFactor(0.5).withPatience(3).withMinDelta(0.01)
        .withCooldown(2).withMinRate(1e-5)).hasToString("ReduceOnPlateau.of().watching(Monitor.ACCURACY)"
            + ".withFactor(0.5).withPatience(3).withMinDelta(0.01).withCooldown(2).withMinRate(1.0E-5)");
  }

  @Test
  void refuses() {
    refuses(() -> ReduceOnPlateau.of().withFactor(1),
        "reduce on plateau: factor must be above 0 and below 1, got 1.0");
    refuses(() -> ReduceOnPlateau.of().withPatience(0), "reduce on plateau: patience must be at least 1, got 0");
    refuses(() -> ReduceOnPlateau.of().withMinDelta(-1),
        "reduce on plateau: minDelta must be at least 0 and finite, got -1.0");
    refuses(() -> ReduceOnPlateau.of().withCooldown(-1), "reduce on plateau: cooldown must be at least 0, got -1");
    refuses(() -> ReduceOnPlateau.of().withMinRate(Double.NaN),
        "reduce on plateau: minRate must be at least 0 and finite, got NaN");
    refuses(() -> ReduceOnPlateau.of().watching(null), "reduce on plateau: expected a figure to watch, got null");
    assertThatThrownBy(() -> trainer(Schedule.constant(1)).fit(DATA,
        Fit.epochs(1).quietly().callback(ReduceOnPlateau.of()))).isInstanceOf(IllegalStateException.class)
        .hasMessage("reduce on plateau: expected a validation loss to go by, there is none; "
            + "give the fit validation data (Fit.validation) or choose another figure");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
