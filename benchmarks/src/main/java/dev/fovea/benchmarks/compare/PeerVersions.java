package dev.fovea.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which versions the other frameworks are of. A peer's folder is the one whose name its own name begins with. On the
 * JVM its {@code target/classpath.txt} tells: the first jar, and those with native code for this platform. A PyTorch
 * is asked through the first Python that has one.
 */
final class PeerVersions {
  private static final String NATIVE = "-linux-x86_64";
  private static final String ASK_PYTORCH = """
      import platform, re, torch
      used = open('/proc/self/maps').read()
      libraries = sorted(set(re.findall(r'lib(?:openblas|mkl_core|blis)[^/\\s]*?\\.so[.\\d]*', used)))
      dnn = re.search(r'MKL-DNN (v[\\d.]+)', torch.__config__.show())
      print(', '.join(['PyTorch ' + torch.__version__] + (['oneDNN ' + dnn.group(1)] if dnn else [])
                      + libraries + ['Python ' + platform.python_version()]))
      """;

  private PeerVersions() {}

  /** What can be told, by the folder's name. */
  static Map<String, String> of(Path harness, List<String> peers) throws IOException {
    Map<String, String> versions = new LinkedHashMap<>();
    for (Path folder : folders(harness, peers)) {
      Path classPath = folder.resolve("target/classpath.txt");
      Optional<String> version = Files.exists(classPath) ? Optional.of(jars(Files.readString(classPath)))
          : Files.exists(folder.resolve("bench.py")) ? askPyTorch() : Optional.empty();
      versions.put(folder.getFileName().toString(),
          version.orElse("not known before its first build"));
    }
    return versions;
  }

  private static Set<Path> folders(Path harness, List<String> peers) throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(harness)) {
      folders = all.filter(Files::isDirectory).sorted().toList();
    }
    Set<Path> used = new LinkedHashSet<>();
    for (String peer : peers) {
      folders.stream().filter(folder -> peer.startsWith(folder.getFileName().toString())).forEach(used::add);
    }
    return used;
  }

  /** {@code api-0.35.1, pytorch-native-cpu-2.7.1}. */
  static String jars(String classPath) {
    String[] entries = classPath.strip().split(File.pathSeparator);
    return Stream.concat(Arrays.stream(entries).limit(1), Arrays.stream(entries).filter(jar -> jar.contains(NATIVE)))
        .map(jar -> Path.of(jar).getFileName().toString().replaceFirst("\\.jar$", "").replace(NATIVE, ""))
        .distinct().collect(Collectors.joining(", "));
  }

  private static Optional<String> askPyTorch() throws IOException {
    String chosen = System.getenv("PYTHON");
    Stream<String> pythons = chosen != null ? Stream.of(chosen)
        : Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> folder + "/python3");
    for (String python : pythons.filter(each -> Files.isExecutable(Path.of(each))).toList()) {
      Process process = new ProcessBuilder(python, "-c", ASK_PYTORCH)
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!answer.isEmpty()) {
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }
}
