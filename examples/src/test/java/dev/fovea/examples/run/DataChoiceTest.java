package dev.fovea.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataChoiceTest {
  @TempDir
  private Path dir;

  private static DataChoice named(String name, String folder) {
    return new DataChoice(name, folder, 0, 0, false, false);
  }

  @Test
  void knowsNames() {
    assertThat(DataChoice.isNamed("digits")).isTrue();
    assertThat(DataChoice.isNamed("fashion-mnist")).isTrue();
    assertThat(DataChoice.isNamed("flowers")).isFalse();
    assertThat(named("kmnist", null).title()).isEqualTo("KMNIST");
    assertThat(named("digits", null).title()).isEqualTo("generated digits");
    assertThat(new DataChoice(dir.resolve("flowers").toString(), null, 8, 8, false, false).title())
        .isEqualTo("flowers");
  }

  @Test
  void generatesDigitsOfWhichNoneIsInBothParts() throws IOException {
    DataChoice digits = named("digits", null);
    assertThat(digits.train(1, Waiting.UNSEEN).size()).isEqualTo(10_000);
    assertThat(digits.test(1, Waiting.UNSEEN).size()).isEqualTo(2_000);
    assertThat(digits.test(1, Waiting.UNSEEN).sample(0).toArray())
        .isNotEqualTo(digits.train(1, Waiting.UNSEEN).sample(0).toArray());
  }

  @Test
  void readsPicturesInTheSizeAndColourAskedFor() throws IOException {
    TestPictures.folder(dir, 3);
    DataChoice choice = new DataChoice(dir.toString(), null, 6, 4, true, false);
    assertThat(choice.hasTestData()).isFalse();
    assertThat(choice.train(1, Waiting.UNSEEN).sampleShape()).isEqualTo(Shape.of(1, 6, 4));
    assertThat(choice.train(1, Waiting.UNSEEN).classNames()).containsExactly("dark", "light");
  }

  @Test
  void refusesWhatIsNotThere() {
    String name = dir.resolve("nowhere").toString();
    assertThatThrownBy(() -> new DataChoice(name, null, 8, 8, false, false).train(1, Waiting.UNSEEN))
        .isInstanceOf(NoSuchFileException.class).hasMessage(name + ": there is no such folder or table, nor a data set "
            + "of that name; data sets are digits, mnist, fashion-mnist, kmnist, cifar10");
  }
}
