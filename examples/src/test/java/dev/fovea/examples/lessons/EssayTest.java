package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.data.Digits;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.GlobalMaxPooling;
import dev.fovea.layers.Layer;
import dev.fovea.layers.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the essay says is what the lessons show. */
class EssayTest {
  private static final Path FILE = Path.of("").toAbsolutePath().getParent().resolve("docs/lessons.md");
  private static final Pattern SOURCE = Pattern.compile("<!-- fovea lesson ([\\w-]+) -->\n(?:```\n(.*?)```)?",
      Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])-?\\d[\\d,]*(?:\\.\\d+)?");
  private static final Pattern MEASURED = Pattern.compile(
      "<!-- measured: fovea lesson flatten-vs-gap.*? -->\n```\n(.*?)```(.*?)(?=<!-- measured|\\z)", Pattern.DOTALL);
  private static final int TESTED = 10_000;
  private static final int LARGEST_PICTURE = 200_000;

  /** What the lessons that train show with as few digits as will do: nothing that training decides is quoted. */
  private static final Map<String, Lesson> SMALL = Map.of(
      "shift", new ShiftLesson(40), "input-size", new InputSizeLesson(40));

  private static final Map<String, String> SHOWN = new HashMap<>();

  private static String essay() {
    try {
      return Files.readString(FILE).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String section(String heading) {
    return sections().stream().filter(section -> section.startsWith(heading + "\n")).findFirst().orElseThrow();
  }

  private static List<String> sections() {
    return List.of(essay().split("\n## "));
  }

  static Stream<String> quoting() {
    return sections().stream().filter(section -> SOURCE.matcher(section).find())
        .map(section -> section.substring(0, section.indexOf('\n')));
  }

  private static String shown(String lesson) {
    return SHOWN.computeIfAbsent(lesson, name -> {
      if (name.equals("keras")) {
        return Stream.of(KerasModels.vggHead(), KerasModels.vgg16()).map(Model::summary).collect(Collectors.joining());
      }
      return Shown.of(SMALL.containsKey(name) ? SMALL.get(name) : Lessons.all().stream()
          .filter(other -> other.name().equals(name)).findFirst().orElseThrow()).text();
    });
  }

  @Test
  void itQuotes() {
    assertThat(SOURCE.matcher(essay()).results().map(quote -> quote.group(1)))
        .contains("flatten", "gap", "order", "shift", "sweep", "input-size", "keras");
  }

  @ParameterizedTest
  @MethodSource("quoting")
  void everyBoxIsPrintedByItsLesson(String heading) {
    SOURCE.matcher(section(heading)).results().filter(quote -> quote.group(2) != null)
        .forEach(quote -> assertThat("\n" + shown(quote.group(1))).contains("\n" + quote.group(2)));
  }

  @ParameterizedTest
  @MethodSource("quoting")
  void everyNumberInTheTextIsPrintedByALessonOfItsSection(String heading) {
    String section = section(heading);
    Set<String> printed = SOURCE.matcher(section).results().map(quote -> shown(quote.group(1)))
        .flatMap(EssayTest::numbers).collect(Collectors.toSet());
    String prose = section.replaceAll("(?s)```.*?```", "").replaceAll("]\\([^)]*\\)", "");
    assertThat(numbers(prose).filter(number -> number.replace("-", "").length() > 1)).isSubsetOf(printed);
  }

  private static Stream<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(number -> number.group().replace(",", ""));
  }

  @Test
  void theVerdictsAreWhatTheMeasuredNumbersSay() {
    List<MatchResult> runs = MEASURED.matcher(section("Which one, then?")).results().toList();
    assertThat(runs).isNotEmpty();
    for (MatchResult run : runs) {
      List<List<HeadScore>> portions = Stream.of(run.group(1).split("Trained on ")).skip(1)
          .map(EssayTest::scores).toList();
      assertThat(portions).extracting(List::size).containsExactly(4, 4, 4);
      HeadVerdict verdict = new HeadVerdict(portions, TESTED);
      List<String> sentences = new ArrayList<>(verdict.winners());
      sentences.add(verdict.cost());
      sentences.add(verdict.advice());
      assertThat(words(run.group(2))).contains(sentences);
    }
  }

  private static List<HeadScore> scores(String portion) {
    int images = Integer.parseInt(numbers(portion).findFirst().orElseThrow());
    return Arrays.stream(Head.values()).flatMap(head -> measured(head, images, portion)).toList();
  }

  private static Stream<HeadScore> measured(Head head, int images, String portion) {
    HeadStudy study = new HeadStudy(Digits.generate(10, 1L), Digits.generate(10, 2L), List.of(), 1L);
    return Pattern.compile("(?m)^" + Pattern.quote(head.toString())
            + " {2,}([\\d,]+) +([\\d.]+) +([\\d.]+) +(-?[\\d.]+) +([\\d. ]+)$")
        .matcher(portion).results().map(row -> {
          HeadScore score = new HeadScore(head, images, study.model(head, 1L).parameterCount(),
              Double.parseDouble(row.group(1).replace(",", "")), Double.parseDouble(row.group(2)),
              Arrays.stream(row.group(5).split(" ")).map(Double::valueOf).toList());
          assertThat(score.test()).isCloseTo(Double.parseDouble(row.group(3)), within(1e-4));
          assertThat(score.gap()).isCloseTo(Double.parseDouble(row.group(4)), within(2e-4));
          return score;
        });
  }

  private static String words(String text) {
    return text.replaceAll("\n>|\\s+", " ").replaceAll(" +", " ");
  }

  @Test
  void theSlipsAreSetRightByWhatIsComputed() {
    String slips = words(section("Four sentences set right"));
    Shape maps = Shape.of(32, 7, 7);
    assertThat(slips).contains("Maps of (7, 7, 32), written with the channels last as Keras does, flatten to "
        + values(Flatten.of(), maps) + " values, not to 1536; and pooling them globally leaves "
        + values(GlobalAveragePooling.of(), maps) + " values, one a channel");
    Model convnet = KerasModels.mnistConvnet();
    Matcher flatten = Pattern.compile("\nflatten \\(Flatten\\) +\\[N, (\\d+)]").matcher(convnet.summary());
    assertThat(flatten.find()).isTrue();
    assertThat(slips).contains("flattens to " + flatten.group(1) + " values, which is 64 maps of 5x5. "
        + values(Flatten.of(), convnet.inputShape()) + " is what flattening the picture itself gives.");
    assertThat(convnet.summary()).contains("[N, 64, 5, 5]");
  }

  private static int values(Layer layer, Shape maps) {
    return layer.outputShape(maps).size();
  }

  @Test
  void denseIsFreeOfOrderAndPoolingOfPlacesAsItSays() {
    Tensor x = Tensor.normal(Shape.of(1, 3, 16), new RandomSource(1));
    Tensor moved = reordered(x, new RandomSource(2).permutation(16));
    assertThat(Ops.globalMaxPool(moved).toArray()).containsExactly(Ops.globalMaxPool(x).toArray());
    assertThat(Ops.globalAveragePool(moved).toArray())
        .containsExactly(Ops.globalAveragePool(x).toArray(), within(1e-6f));

    Tensor w = Tensor.normal(Shape.of(4, 48), new RandomSource(3));
    Tensor logits = Ops.dense(Ops.flatten(x), w, null);
    assertThat(Ops.dense(Ops.flatten(moved), w, null).toArray()[0]).isNotCloseTo(logits.toArray()[0], within(0.1f));
    int[] order = new RandomSource(4).permutation(48);
    assertThat(Ops.dense(reordered(Ops.flatten(x), order), reordered(w, order), null).toArray())
        .containsExactly(logits.toArray(), within(1e-5f));
  }

  /** The last axis in this order. */
  private static Tensor reordered(Tensor tensor, int[] order) {
    float[] values = new float[tensor.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.data()[i / order.length * order.length + order[i % order.length]];
    }
    return Tensor.of(tensor.shape(), values);
  }

  @Test
  void everyPictureIsThereAndSmall() throws IOException {
    List<String> pictures = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)").matcher(essay()).results()
        .map(picture -> picture.group(1)).toList();
    assertThat(pictures).hasSize(4);
    for (String picture : pictures) {
      Path file = FILE.resolveSibling(picture);
      assertThat(Files.size(file)).as(picture).isLessThan(LARGEST_PICTURE);
      assertThat(ImageIO.read(file.toFile()).getWidth()).as(picture).isGreaterThan(400);
      assertThat(essay()).contains(file.getFileName().toString().replace(".png", "") + " ");
    }
  }

  @Test
  void everyLessonIsSpokenOf() {
    assertThat(Lessons.all()).allSatisfy(lesson ->
        assertThat(essay()).containsPattern("fovea lesson " + lesson.name() + "[` ]|\\| `" + lesson.name() + "` \\|"));
  }

  @Test
  void theReadmeShowsWhatTheLessonsShow() throws IOException {
    String readme = Files.readString(FILE.getParent().resolveSibling("README.md")).replace("\r\n", "\n");
    Matcher box = Pattern.compile("(?s)prints, among other things,\n\n```\n(.*?)```").matcher(readme);
    assertThat(box.find()).isTrue();
    assertThat(shown("flatten")).contains("\n" + box.group(1));
    int width = Lessons.all().stream().mapToInt(lesson -> lesson.name().length()).max().orElse(0);
    assertThat(readme).contains(Lessons.all().stream()
        .map(lesson -> String.format("  %-" + width + "s  %s%n", lesson.name(), lesson.title()).replace("\r\n", "\n"))
        .collect(Collectors.joining("", "\nLessons:\n", "```")));
  }
}
