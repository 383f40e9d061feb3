package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Parameter;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Sequential;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadStudyTest {
  private static final Dataset TRAIN = Digits.generate(60, 1L);
  private static final Dataset TEST = Digits.generate(40, 2L);
  private static final HeadStudy.Portion PORTION = new HeadStudy.Portion(40, 2, 2);
  private static final HeadStudy STUDY = new HeadStudy(TRAIN, TEST, List.of(PORTION), 1L);

  @Test
  void parameters() {
    assertThat(List.of(Head.values())).extracting(head -> STUDY.model(head, 1L).parameterCount())
        .containsExactly(51_802L, 51_802L, 16_890L, 16_890L);
    assertThat(Sequential.of(TRAIN.sampleShape(), 1L, Head.trunk()).outputShape().toArray()).containsExactly(32, 4, 4);
  }

  @Test
  void allHeadsStandOnTheSameTrunk() {
    Sequential flatten = STUDY.model(Head.FLATTEN, 3L);
    for (Head head : Head.values()) {
      Sequential model = STUDY.model(head, 3L);
      for (Parameter parameter : model.parameters()) {
        if (!parameter.name().startsWith("dense")) {
          assertThat(parameter.data()).as(head + " " + parameter.name())
              .containsExactly(flatten.parameter(parameter.name()).data());
        }
      }
    }
  }

  @Test
  void runs() {
    List<Long> seen = new ArrayList<>();
    List<HeadStudy.Run> runs = STUDY.run(PORTION, seen::add);
    assertThat(runs).extracting(HeadStudy.Run::head).containsExactly(Head.FLATTEN, Head.FLATTEN_DROPOUT, Head.GAP,
        Head.GMP, Head.FLATTEN, Head.FLATTEN_DROPOUT, Head.GAP, Head.GMP);
    assertThat(seen).isSorted().endsWith(PORTION.work()).contains(32L, 40L, 72L, 80L, 112L);
    assertThat(runs).allSatisfy(run -> {
      assertThat(run.images()).isEqualTo(40);
      assertThat(run.history().epochs()).hasSize(2);
      // Forty test pictures are few enough to be watched all: the last epoch's figure is that of the end.
      assertThat(run.testAccuracy()).isEqualTo(run.history().last().validationAccuracy());
      assertThat(run.trainAccuracy() * 40).isEqualTo(Math.rint(run.trainAccuracy() * 40));
    });

    List<HeadScore> scores = HeadScore.of(runs);
    assertThat(scores).extracting(HeadScore::head).containsExactly(Head.values());
    assertThat(scores).allSatisfy(score -> {
      assertThat(score.tests()).hasSize(2);
      assertThat(score.imagesPerSecond()).isPositive();
    });
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    HeadStudy.Portion once = new HeadStudy.Portion(40, 1, 1);
    assertThat(STUDY.run(once, seen -> {})).extracting(run -> run.history().last().loss())
        .isEqualTo(STUDY.run(once, seen -> {}).stream().map(run -> run.history().last().loss()).toList());
  }

  @Test
  void theTimeExpectedGrowsWithTheWork() {
    HeadStudy more = new HeadStudy(TRAIN, TEST, List.of(PORTION, new HeadStudy.Portion(60, 1_000, 3)), 1L);
    assertThat(more.expectedSeconds()).isGreaterThan(STUDY.expectedSeconds());
  }
}
