package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.data.Digits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlattenVsGapLessonTest {
  @TempDir
  private static Path folder;

  private static Shown shown;

  @BeforeAll
  static void show() {
    HeadStudy study = new HeadStudy(Digits.generate(60, 1L), Digits.generate(40, 2L),
        List.of(new HeadStudy.Portion(20, 2, 2), new HeadStudy.Portion(60, 1, 1)), 1L);
    shown = Shown.of(new FlattenVsGapLesson(options -> study),
        new LessonOptions(Optional.empty(), Optional.of(folder.resolve("heads.png")), 1, true));
  }

  @Test
  void theHeads() {
    assertThat(shown.text()).contains(
        "\nflatten                35,242  Flatten.of(), Dense.of(64).withActivation(RELU),\n",
        "\nflatten + dropout      35,242  Flatten.of(), Dropout.of(0.5),\n",
        "\nGAP                       330  GlobalAveragePooling.of()\n",
        "\nGMP                       330  GlobalMaxPooling.of()\n");
    assertThat(shown.words()).contains("the trunk with 16,560 parameters.",
        "40 pictures to test with, none of which is trained on. A short trial says that all of it takes about a minute",
        "Cut short by --quick:");
  }

  @Test
  void whatWasMeasured() {
    assertThat(shown.text()).contains(
        "\nTrained on 20 pictures, 2 epochs, 2 times\n",
        "\nTrained on 60 pictures, 1 epoch, once\n",
        "\nepoch  flatten  flatten + dropout     GAP     GMP\n-----  -------  -----------------  ------  ------\n",
        "\nAccuracy after each epoch, on 40 of the test pictures:\n")
        .containsPattern("\nhead +images/s +training +test +gap +test, each time\n")
        .containsPattern("\nGMP +[0-9,]+ +0\\.\\d{4}  0\\.\\d{4} +-?0\\.\\d{4}  0\\.\\d{4} 0\\.\\d{4}\n");
  }

  @Test
  void whatItSaysOfIt() {
    assertThat(shown.words()).containsPattern("Who won -+ .*With 20 pictures .* With 60 pictures .*")
        .contains("chance in the choice of 40 test pictures explains", "The model with GAP has 16,890 parameters",
            "\"Do not flatten\": ");
  }

  @Test
  void thePicture() throws IOException {
    assertThat(shown.words()).contains("(written to " + folder.resolve("heads.png"));
    assertThat(ImageIO.read(folder.resolve("heads.png").toFile()).getWidth()).isEqualTo(960);
  }

  @Test
  void itTakesDataASeedAndTheWishForABriefRun() throws IOException {
    assertThat(new FlattenVsGapLesson().options()).containsExactlyInAnyOrder("--data", "--seed", "--plot", "--quick");
    HeadStudy quick = FlattenVsGapLesson.study(new LessonOptions(Optional.empty(), Optional.empty(), 7, true));
    assertThat(quick.seed()).isEqualTo(7);
    assertThat(quick.portions()).extracting(HeadStudy.Portion::images).containsExactly(200, 500, 2_000);
    HeadStudy whole = FlattenVsGapLesson.study(LessonOptions.none());
    assertThat(whole.portions()).containsExactly(new HeadStudy.Portion(500, 10, 3), new HeadStudy.Portion(2_000, 6, 3),
        new HeadStudy.Portion(10_000, 4, 1));
  }

  @Test
  void refuses() {
    Path nowhere = folder.resolve("nowhere");
    LessonOptions options = new LessonOptions(Optional.of(nowhere), Optional.empty(), 1, false);
    Page page = new Page("", new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), 80, options);
    assertThatThrownBy(() -> new FlattenVsGapLesson().show(page)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(nowhere + ": expected a folder with the files of MNIST, found none");
  }
}
