package dev.fovea.examples.lessons;

import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.data.Mnist;
import dev.fovea.layers.Sequential;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The same trunk under four heads, trained on few and on many pictures, and what came out. */
final class FlattenVsGapLesson implements Lesson {
  private static final int DIGITS = 10_000;
  private static final int QUICK_DIGITS = 2_000;
  /** With all pictures: so many showings or, of a large data set, three epochs. */
  private static final int SHOWINGS = 40_000;
  private static final int FEWEST_EPOCHS = 3;

  private final Source source;

  /** What is to be trained with what was said on the command line. */
  @FunctionalInterface
  interface Source {
    HeadStudy study(LessonOptions options) throws IOException;
  }

  /** On MNIST or generated digits. */
  FlattenVsGapLesson() {
    this(FlattenVsGapLesson::study);
  }

  FlattenVsGapLesson(Source source) {
    this.source = source;
  }

  @Override
  public String name() {
    return "flatten-vs-gap";
  }

  @Override
  public String title() {
    return "Four heads on one trunk, trained and compared (takes minutes)";
  }

  @Override
  public Set<String> options() {
    return Set.of("--data", "--seed", "--plot", "--quick");
  }

  static HeadStudy study(LessonOptions options) throws IOException {
    long seed = options.seed();
    int count = options.quick() ? QUICK_DIGITS : DIGITS;
    Dataset train = options.data().isPresent() ? Mnist.train(options.data().get()) : Digits.generate(count, seed);
    // The complement is never the same seed, so no digit is in both.
    Dataset test = options.data().isPresent() ? Mnist.test(options.data().get()) : Digits.generate(count, ~seed);
    int all = options.quick() ? Math.min(count, train.size()) : train.size();
    List<HeadStudy.Portion> portions = new ArrayList<>(options.quick()
        ? List.of(new HeadStudy.Portion(200, 12, 1), new HeadStudy.Portion(500, 6, 1))
        : List.of(new HeadStudy.Portion(500, 10, 3), new HeadStudy.Portion(2_000, 6, 3)));
    portions.removeIf(portion -> portion.images() >= all);
    portions.add(new HeadStudy.Portion(all, options.quick() ? 2 : Math.max(FEWEST_EPOCHS, SHOWINGS / all), 1));
    return new HeadStudy(train, options.quick() ? test.take(Math.min(count, test.size())) : test, portions, seed);
  }

  @Override
  public void show(Page page) throws IOException {
    HeadStudy study = source.study(page.options());
    showPlan(page, study);
    if (page.options().quick()) {
      page.text("Cut short by --quick: few pictures, few epochs, no repeats. It shows how the comparison is made; do "
          + "not quote what comes out.");
    }
    List<List<HeadStudy.Run>> runs = new ArrayList<>();
    for (HeadStudy.Portion portion : study.portions()) {
      try (Bar bar = page.bar("training", portion.work())) {
        runs.add(study.run(portion, bar::stepTo));
      }
      showPortion(page, study, portion, runs.get(runs.size() - 1));
    }
    page.picture("Accuracy on test pictures by epoch, and the gap at the end", HeadPlot.of(runs));

    HeadVerdict verdict = new HeadVerdict(runs.stream().map(HeadScore::of).toList(), study.test().size());
    page.heading("Who won");
    page.text("A difference counts here when one head is better than the other every time, and when it is larger than "
        + "what chance in the choice of %,d test pictures explains (two standard errors). Which sentences follow is "
        + "decided by the numbers.", study.test().size());
    verdict.winners().forEach(page::text);
    page.heading("The gap, and what dropout does to it");
    verdict.gaps().forEach(page::text);
    verdict.dropout().forEach(page::text);
    page.heading("What it costs");
    page.text(verdict.cost());
    page.remember(verdict.advice(),
        "One trunk, one kind of pictures, one learning rate and few epochs: another choice may have another winner. "
            + "Change the data (--data) and the seed (--seed) and see what stays.",
        "A narrow gap is worth something only where the training accuracy is high: a network that has learned nothing "
            + "has none.");
  }

  private static void showPlan(Page page, HeadStudy study) {
    page.heading("One trunk, four heads");
    page.text("Every model begins with the same convolutions. Only what makes a vector of the last maps differs, and "
        + "what stands behind it:");
    Table heads = Table.of("head", "parameters", "layers before the last");
    for (Head head : Head.values()) {
      heads.row(head, study.model(head, study.seed()).parameterCount() - trunk(study), head.code());
    }
    page.table(heads);
    page.text("Below them the trunk with %,d parameters. All heads see the same pictures in the same order, start with "
        + "the same trunk, and take the same number of steps (Adam, batches of %d). What is done several times is done "
        + "with other pictures and other first weights each time.", trunk(study), HeadStudy.BATCH_SIZE);
    double minutes = study.expectedSeconds() / 60;
    page.text("%,d pictures to test with, none of which is trained on. A short trial says that all of it takes about "
        + "%s on this machine.", study.test().size(),
        minutes < 1 ? "a minute" : String.format(Locale.ROOT, "%.0f minutes", Math.ceil(minutes)));
  }

  private static long trunk(HeadStudy study) {
    return Sequential.of(study.train().sampleShape(), study.seed(), Head.trunk()).parameterCount();
  }

  private static void showPortion(Page page, HeadStudy study, HeadStudy.Portion portion, List<HeadStudy.Run> runs) {
    page.heading(String.format(Locale.ROOT, "Trained on %,d pictures, %d epoch%s, %s",
        portion.images(), portion.epochs(), portion.epochs() == 1 ? "" : "s",
        portion.repeats() == 1 ? "once" : portion.repeats() + " times"));
    Table scores = Table.of("head", "images/s", "training", "test", "gap", "test, each time");
    for (HeadScore score : HeadScore.of(runs)) {
      scores.row(score.head(), Math.round(score.imagesPerSecond()), score.train(), score.test(), score.gap(),
          score.tests().stream().map(Table::decimals).collect(Collectors.joining(" ")));
    }
    page.table(scores);
    page.text("Accuracy after each epoch, on %,d of the test pictures:", study.watched().size());
    Table epochs = Table.of(Stream.concat(Stream.of("epoch"), Arrays.stream(Head.values()).map(Head::toString))
        .toArray(String[]::new));
    for (int epoch = 0; epoch < portion.epochs(); epoch++) {
      int at = epoch;
      epochs.row(Stream.concat(Stream.of(epoch + 1),
          Arrays.stream(Head.values()).map(head -> HeadPlot.byEpoch(runs, head)[at])).toArray());
    }
    page.table(epochs);
  }
}
