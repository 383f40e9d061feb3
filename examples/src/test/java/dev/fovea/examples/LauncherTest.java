package dev.fovea.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code fovea} in a project that is built already, with a Java that prints how it is called. */
class LauncherTest {
  private static final String JAVA = """
      #!/bin/sh
      if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
      pwd -P
      for argument; do echo "$argument"; done
      """;

  @TempDir
  private Path temp;

  private Path folder;
  private Path project;

  @BeforeEach
  void makeProject() throws Exception {
    assumeTrue(File.separatorChar == '/', "a script for the Unix shell");
    folder = temp.toRealPath();
    project = Files.createDirectories(folder.resolve("my project"));
    Files.copy(Path.of("../fovea"), project.resolve("fovea"));
    Files.createFile(Files.createDirectories(project.resolve("examples/target")).resolve("built"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private String run(Path script) throws Exception {
    return run(script, null);
  }

  private String run(Path script, String options) throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), "summary", "a b.json")
        .directory(elsewhere.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().remove("JAVA_OPTS");
    if (options != null) {
      builder.environment().put("JAVA_OPTS", options);
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(elsewhere).isEmptyDirectory();
    return output;
  }

  private String called() {
    return called("-XX:+UseSerialGC");
  }

  private String called(String flags) {
    Path target = project.resolve("examples/target");
    return folder.resolve("elsewhere") + "\n--add-modules\njdk.incubator.vector\n" + flags + "\n-cp\n" + target
        + "/classes:" + target + "/lib/*\ndev.fovea.examples.Fovea\nsummary\na b.json\n";
  }

  @Test
  void keepsTheWorkingDirectoryAndTheArguments() throws Exception {
    assertThat(run(project.resolve("fovea"))).isEqualTo(called());
  }

  @Test
  void takesTheSerialCollectorUnlessAnotherIsAskedFor() throws Exception {
    assertThat(run(project.resolve("fovea"), "-Xmx1g")).isEqualTo(called("-XX:+UseSerialGC\n-Xmx1g"));
    assertThat(run(project.resolve("fovea"), "-XX:+UseZGC")).isEqualTo(called("-XX:+UseZGC"));
  }

  @Test
  void followsLinksToTheProject() throws Exception {
    Path near = Files.createSymbolicLink(folder.resolve("near"), Path.of("my project/fovea"));
    Path bin = Files.createDirectories(folder.resolve("bin"));
    assertThat(run(near)).isEqualTo(called());
    assertThat(run(Files.createSymbolicLink(bin.resolve("fovea"), Path.of("../near")))).isEqualTo(called());
    assertThat(run(Files.createSymbolicLink(bin.resolve("absolute"), near))).isEqualTo(called());
  }
}
