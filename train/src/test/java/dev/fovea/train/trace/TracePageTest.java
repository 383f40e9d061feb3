package dev.fovea.train.trace;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.Layer;
import dev.fovea.layers.Metadata;
import dev.fovea.layers.Parameters;
import dev.fovea.layers.Pass;
import dev.fovea.layers.Sequential;
import dev.fovea.train.Loss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TracePageTest {
  private static final String BEFORE = "<script type=\"application/json\" id=\"data\">";

  @TempDir
  private Path folder;

  private static JsonNode data(String page) {
    int start = page.indexOf(BEFORE) + BEFORE.length();
    return JsonMapper.shared().readTree(page.substring(start, page.indexOf("</script>", start)));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void theDataOfTheAnchor() {
    JsonNode data = data(TracePage.of(Anchor.flattenedTrace(), "Trace"));
    assertThat(data.get("backward").booleanValue()).isTrue();
    JsonNode flatten = data.get("layers").get(0);
    assertThat(flatten).hasToString("{\"name\":\"flatten\",\"type\":\"Flatten\",\"settings\":\"Flatten.of()\","
        + "\"role\":\"flatten\",\"from\":[\"input\"],\"inputs\":[0],\"output\":1,\"inside\":[],\"parameters\":[],"
        + "\"count\":0}");
    assertThat(data.get("layers").get(1)).hasToString("{\"name\":\"dense\",\"type\":\"Dense\","
        + "\"settings\":\"Dense.of(3).withActivation(SOFTMAX)\",\"role\":\"dense\",\"from\":[\"flatten\"],"
        + "\"inputs\":[1],\"output\":3,"
        + "\"inside\":[{\"name\":\"dense, before softmax\",\"tensor\":2,\"trained\":true}],"
        + "\"parameters\":[{\"name\":\"dense.weight\",\"tensor\":4,\"trained\":true},"
        + "{\"name\":\"dense.bias\",\"tensor\":5,\"trained\":true}],\"count\":27}");
    JsonNode flat = data.get("tensors").get(1);
    assertThat(flat.get("shape")).hasToString("[8]");
    assertThat(flat.get("axes")).hasToString("[\"flat cell\"]");
    assertThat(flat.get("drawn")).hasToString("{\"dims\":[1,1,8],\"maps\":null,\"rows\":null,\"columns\":null}");
    assertThat(flat.get("value").get("numbers")).hasToString("[0.8,0.4,0.2,0.6,0.1,0.9,0.5,0.3]");
    assertThat(flat.get("gradient").get("numbers"))
        .hasToString("[-0.1003,0.041,-0.1065,-0.198,0.0957,-0.0467,-0.1659,-0.1435]");
    assertThat(data.get("tensors").get(0).get("axes")).hasToString("[\"map\",\"row\",\"column\"]");
    assertThat(data.get("tensors").get(3).get("axes")).hasToString("[\"class\"]");
    assertThat(data.get("tensors").get(3).get("gradient").isNull()).isTrue();
    assertThat(data.get("tensors").get(4).get("axes")).hasToString("[\"class\",\"input\"]");
  }

  @Test
  void needsNothingButItself() {
    String page = TracePage.of(Anchor.flattenedTrace(), "Trace");
    assertThat(page).startsWith("<!doctype html>").doesNotContain("http:", "https:", "@import", "src=", "{{");
    assertThat(page).contains("default-src 'none'",
        "One sample [2, 2, 2] through 2 layers, 27 parameters, loss 0.1661");
  }

  @Test
  void namesAreText() {
    String evil = "</script><script>alert(1)</script>{{data}}&amp;";
    Sequential model = Sequential.of(Shape.of(2), 1L, new Named(evil), Dense.of(2).withActivation(SOFTMAX))
        .withMetadata(Metadata.classes(evil, "<img src=x onerror=alert(2)>"));
    String page = TracePage.of(Trace.of(model, Tensor.vector(1, 2)), evil);
    assertThat(count(page, "<script")).as("the data and the script").isEqualTo(2);
    assertThat(count(page, "</script>")).isEqualTo(2);
    assertThat(page).doesNotContain("<img")
        .contains("<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{data}}&amp;amp;</title>");
    assertThat(data(page).get("layers").get(0).get("settings").stringValue()).isEqualTo(evil);
    assertThat(data(page).get("classes").get(0).stringValue()).isEqualTo(evil);
  }

  private record Named(String name) implements Layer {
    @Override
    public String name() {
      return "named";
    }

    @Override
    public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
      return input;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void numbersThatAreNoneSurvive() {
    JsonNode data = data(TracePage.of(Trace.of(Sequential.of(Shape.of(3), 1L, RELU),
        Tensor.vector(Float.NaN, Float.POSITIVE_INFINITY, 2)), "Trace"));
    assertThat(data.get("tensors").get(0).get("value").get("numbers")).hasToString("[\"NaN\",\"Infinity\",2.0]");
    assertThat(data.get("tensors").get(0).get("value").get("digest").get("odd").intValue()).isEqualTo(2);
  }

  @Test
  void aMillionValuesStayBelowFiveMebibytes() throws IOException {
    Sequential model = Sequential.of(Shape.of(3, 160, 160), 1L, Conv2D.of(40, 3).withActivation(RELU), Conv2D.of(8, 3),
        GlobalAveragePooling.of(), Dense.of(5).withActivation(SOFTMAX));
    Path file = folder.resolve("page.html");
    Trace trace = Trace.of(model, Tensor.full(Shape.of(3, 160, 160), 0.5f), Loss.sparseCategoricalCrossEntropy(), 1);
    trace.writeHtml(file);
    assertThat(trace.layer("conv2d").output().shape().elements()).isGreaterThan(990_000);
    assertThat(Files.size(file)).isLessThan(5 << 20);
    JsonNode tensor = data(Files.readString(file)).get("tensors").get(1);
    assertThat(tensor.get("shape")).hasToString("[40,158,158]");
    assertThat(tensor.get("drawn").get("maps")).hasToString("[0]");
    assertThat(tensor.get("drawn").get("rows").size()).isBetween(100, 157);
    JsonNode digest = tensor.get("value").get("digest");
    assertThat(digest.get("histogram")).hasSize(24);
    assertThat(digest.get("min").doubleValue()).isLessThan(digest.get("mean").doubleValue());
    assertThat(data(Files.readString(file)).get("omitted").intValue()).isZero();
  }

  @Test
  void aDeepNetworkLosesItsMiddle() {
    Layer[] layers = Collections.nCopies(300, Dense.of(40)).toArray(Layer[]::new);
    Trace trace = Trace.of(Sequential.of(Shape.of(40), 1L, layers), Tensor.zeros(Shape.of(40)));
    String page = TracePage.of(trace, "Trace", 200_000);
    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(200_000);
    JsonNode data = data(page);
    int omitted = data.get("omitted").intValue();
    int after = data.get("omittedAfter").intValue();
    assertThat(omitted).isBetween(1, 290);
    assertThat(data.get("layers")).hasSize(300 - omitted);
    assertThat(data.get("layers").get(after - 1).get("name").stringValue()).isEqualTo("dense_" + (after - 1));
    assertThat(data.get("layers").get(after).get("name").stringValue()).isEqualTo("dense_" + (after + omitted));
    assertThat(data.get("layers").get(299 - omitted).get("name").stringValue()).isEqualTo("dense_299");
  }

  @Test
  void refusesAFolderThatIsNot() {
    Path file = folder.resolve("nowhere").resolve("page.html");
    assertThatThrownBy(() -> Anchor.flattenedTrace().writeHtml(file)).isInstanceOf(IOException.class)
        .hasMessage(file + ": cannot be written: there is no folder " + file.getParent());
  }
}
