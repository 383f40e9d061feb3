package dev.fovea.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.plan.Buffers.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BuffersTest {
  @Test
  void livesThatDoNotOverlapShare() {
    Buffers buffers = new Buffers(List.of(new Life(10, 0, 1), new Life(10, 1, 2), new Life(10, 2, 3)));
    assertThat(buffers.slot(0)).isEqualTo(buffers.slot(2)).isNotEqualTo(buffers.slot(1));
    assertThat(buffers.count()).isEqualTo(2);
    assertThat(buffers.bytes()).isEqualTo(80);
  }

  @Test
  void theLargestComesFirst() {
    Buffers buffers = new Buffers(List.of(new Life(10, 0, 1), new Life(50, 2, 3)));
    assertThat(buffers.count()).isEqualTo(1);
    assertThat(buffers.array(0)).isSameAs(buffers.array(1)).hasSize(50);
    Buffers three = new Buffers(List.of(new Life(10, 0, 3), new Life(50, 0, 1), new Life(40, 2, 3)));
    assertThat(three.slot(2)).as("the smallest array that is free").isEqualTo(three.slot(1));
    assertThat(three.bytes()).isEqualTo(240);
  }

  @Test
  void neverTwoAtOnceInOneArray() {
    Random random = new Random(1);
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(100);
      lives.add(new Life(1 + random.nextInt(1000), from, from + random.nextInt(20)));
    }
    Buffers buffers = new Buffers(lives);
    for (int i = 0; i < lives.size(); i++) {
      assertThat(buffers.array(i).length).isGreaterThanOrEqualTo(lives.get(i).size());
      for (int j = 0; j < i; j++) {
        boolean overlap = lives.get(i).from() <= lives.get(j).to() && lives.get(j).from() <= lives.get(i).to();
        assertThat(overlap && buffers.slot(i) == buffers.slot(j)).as("lives %d and %d", i, j).isFalse();
      }
    }
  }
}
