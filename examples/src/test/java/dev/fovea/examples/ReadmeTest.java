package dev.fovea.examples;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says is so. */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String program() throws IOException {
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  @Test
  void theProgramIsFirstProgram() throws IOException {
    Path source = ROOT.resolve("examples/src/main/java/dev/fovea/examples/FirstProgram.java");
    assertThat("package dev.fovea.examples;\n\n" + program()).isEqualTo(Files.readString(source));
  }

  @Test
  void theProgramRuns(@TempDir Path folder) throws Exception {
    String small = program().replace("10_000", "128").replace("2_000", "32").replace("epochs(5)", "epochs(1)")
        .replace("\"digits.json\"", "\"" + folder.resolve("digits.json").toString().replace("\\", "\\\\") + "\"");
    Path source = Files.writeString(folder.resolve("FirstProgram.java"), small);
    int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", folder.toString(),
        "-cp", System.getProperty("java.class.path"), source.toString());
    assertThat(status).isZero();

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader.loadClass("FirstProgram").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("Total params: 225,034", "the first test picture is a ");
    assertThat(folder.resolve("digits.json")).exists();
  }

  @Test
  void theErrorIsRaised() throws IOException {
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 42L,
        Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(),
        Dense.of(128).withActivation(RELU), Dense.of(10).withActivation(SOFTMAX));
    assertThatThrownBy(() -> model.predict(Tensor.zeros(Shape.of(1, 64, 64)))).satisfies(error ->
        assertThat(oneLine(readme())).contains("``` " + oneLine(error.getMessage()) + " ```"));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    try (Stream<Path> pages = Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve)) {
      for (Path page : pages.toList()) {
        Matcher link = Pattern.compile("]\\(([^)#]+)\\)").matcher(Files.readString(page));
        while (link.find()) {
          if (!link.group(1).startsWith("http")) {
            assertThat(ROOT.resolve(link.group(1))).as("a link in " + page.getFileName()).exists();
          }
        }
      }
    }
  }
}
