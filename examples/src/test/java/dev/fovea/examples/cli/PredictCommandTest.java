package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PredictCommandTest {
  @TempDir
  private Path folder;

  private Path model;

  @BeforeEach
  void saveModel() throws IOException {
    model = TestFiles.brightness(folder.resolve("model.json"), Shape.of(1, 4, 4));
  }

  private Path picture(String name, String format, Color color) throws IOException {
    BufferedImage image = new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, 20, 30);
    graphics.dispose();
    ImageIO.write(image, format, folder.resolve(name).toFile());
    return folder.resolve(name);
  }

  @Test
  void printsClassesBestFirst() throws IOException {
    Path white = picture("white.png", "png", Color.WHITE);
    Path black = picture("black.jpg", "jpg", Color.BLACK);
    assertThat(CommandRun.of("predict", model, white, black)).isEqualTo(new CommandRun(0, white + """

          light  0.8808
          dark   0.1192

        """ + black + """

          dark   0.8808
          light  0.1192
        """, ""));
  }

  @Test
  void saysThatAPictureMayNotBeRead() throws IOException {
    Path locked = picture("locked.png", "png", Color.WHITE);
    assumeTrue(locked.toFile().setReadable(false) && !Files.isReadable(locked), "needs a user who may not read all");
    assertThat(CommandRun.of("predict", model, locked)).isEqualTo(new CommandRun(1, "",
        "fovea: " + locked + ": access denied\n"));
  }

  @Test
  void invertsIfAsked() throws IOException {
    Path white = picture("white.png", "png", Color.WHITE);
    assertThat(CommandRun.of("predict", "--invert", model, white).out()).contains("dark   0.8808\n  light  0.1192\n");
  }

  @Test
  void refusesWhatIsNoPicture() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertThat(CommandRun.of("predict", model, text)).isEqualTo(new CommandRun(1, "",
        "fovea: " + text + ": expected a picture (PNG, JPEG, GIF or BMP), got text\n"));
    Path nothing = folder.resolve("nothing.png");
    assertThat(CommandRun.of("predict", model, nothing)).isEqualTo(new CommandRun(1, "",
        "fovea: " + nothing + ": there is no such file\n"));
    assertThat(CommandRun.of("predict", model, folder)).isEqualTo(new CommandRun(1, "",
        "fovea: " + folder + ": expected a picture, got a folder\n"));
  }

  @Test
  void refusesABrokenPicture() throws IOException {
    Path white = picture("white.png", "png", Color.WHITE);
    byte[] bytes = Files.readAllBytes(white);
    Files.write(white, Arrays.copyOf(bytes, 45));
    assertThat(CommandRun.of("predict", model, white)).isEqualTo(new CommandRun(1, "", "fovea: " + white
        + ": the picture cannot be decoded: Error reading PNG image data: Unexpected end of ZLIB input stream\n"));
  }

  @Test
  void refusesAModelThatTakesNoPictures() throws IOException {
    Path vectors = TestFiles.brightness(folder.resolve("vectors.json"), Shape.of(16));
    Path white = picture("white.png", "png", Color.WHITE);
    assertThat(CommandRun.of("predict", vectors, white)).isEqualTo(new CommandRun(1, "",
        "fovea: predict: pictures fit a model that takes [1, H, W] (grey) or [3, H, W] (colour), "
            + "this one takes [16]\n"));
  }

  @Test
  void goesOnAfterAPictureThatCannotBeRead() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    Path white = picture("white.png", "png", Color.WHITE);
    CommandRun run = CommandRun.of("predict", model, text, white);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).startsWith(white + "\n  light  0.8808\n");
    assertThat(run.err()).isEqualTo("fovea: " + text + ": expected a picture (PNG, JPEG, GIF or BMP), got text\n");
  }

  @Test
  void readsNamesFromStandardInputAndPrintsLinesOfJson() throws IOException {
    Path white = picture("white.png", "png", Color.WHITE);
    Path black = picture("black.png", "png", Color.BLACK);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream names = new ByteArrayInputStream((white + "\n\n" + black + "\n").getBytes(StandardCharsets.UTF_8));
    int status = new CommandLine(new PredictCommand(Terminal.plain(out), names))
        .execute("--json", model.toString(), "-");
    assertThat(status).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2)
        .first().asString().startsWith("{\"file\":\"" + white + "\",\"class\":\"light\",\"probability\":0.88");
  }
}
