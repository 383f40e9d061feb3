package dev.fovea.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.layers.Sequential;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs to be read, run small. */
class ProgramsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Test
  void leNet5() {
    assertThat(LeNet5.run(out, 400, 100, 2).accuracy()).isGreaterThan(0.3);
    assertThat(printed()).startsWith("LeNet-5 as the code that makes it:\nSequential.of(Shape.of(1, 28, 28), 42L,\n")
        .contains("// 61,706 parameters", "Of 100 digits it has never seen it reads ", " times\n");
  }

  @Test
  void myOwnLayer(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.json");
    MyOwnLayer.run(out, 100, file);
    assertThat(file).content().contains("mixed_pooling2d");
    assertThat(printed()).contains("mixed_pooling2d (MixedPooling2D)  [N, 8, 12, 12]        8\n",
        "\nmixed_pooling2d.mix Tensor[8, 1, 1] {");
  }

  @Test
  void myOwnOp() {
    MyOwnOp.run(out);
    assertThat(printed()).containsPattern("right: .*\\(agree\\)\n").containsPattern("wrong: .*\\(DISAGREE\\)\n");
  }

  @Test
  void eagerTraining() {
    assertThat(EagerTraining.run(out, 320, 2)).isLessThan(2.2);
    assertThat(printed()).contains("\nepoch  loss    conv2d.weight  conv2d.bias    dense.weight   dense.bias", "\n2  ");
  }

  @Test
  void transferLearning(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.json");
    TransferLearning.Accuracy accuracy = TransferLearning.run(out, 1500, 120, 400, file);
    assertThat(List.of(accuracy.fromScratch(), accuracy.headAlone(), accuracy.tuned())).as(printed())
        .allSatisfy(share -> assertThat(share).isGreaterThan(0.7));
    assertThat(printed()).startsWith("taken: 4 of 8 parameters\n  dense.weight: not asked for\n")
        .contains("60 pictures of [5, 6, 7, 8, 9]\nfrom scratch  0.");
    assertThat(Sequential.load(file).metadata().classes()).containsExactly("5", "6", "7", "8", "9");
  }

  @Test
  void ownPictures(@TempDir Path folder) throws IOException {
    String[] names = {"blue", "green", "red"};
    for (int i = 0; i < 60; i++) {
      BufferedImage image = new BufferedImage(60 + i, 90, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < image.getWidth() * 90; pixel++) {
        image.setRGB(pixel % image.getWidth(), pixel / image.getWidth(), (150 + pixel * 7 % 100) << 8 * (i % 3));
      }
      Path file = folder.resolve("pictures/" + names[i % 3] + "/" + i + ".png");
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    }
    Files.writeString(folder.resolve("pictures/red/notes.txt"), "Red.");
    Path red = folder.resolve("pictures/red/2.png");
    assertThat(OwnPictures.run(out, folder.resolve("pictures"), red, folder.resolve("model.json"), 6))
        .as(printed()).isEqualTo("red");
    assertThat(printed()).isEqualTo("left out: " + folder.resolve("pictures/red/notes.txt")
        + ": expected a picture (PNG, JPEG, GIF or BMP), got text\n"
        + "of 9 pictures it has never seen 100.0 % are right\n2.png: red\n");
  }
}
