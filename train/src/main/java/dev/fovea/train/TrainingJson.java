package dev.fovea.train;

import dev.fovea.train.TrainingState.Position;
import dev.fovea.train.TrainingState.Remembered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of a checkpoint that is text: {@code training.json}. Numbers are written so that they come back exactly. */
final class TrainingJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String FORMAT = "fovea-checkpoint";
  private static final int VERSION = 1;
  private static final String WEIGHTS = "weights/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String CALLBACKS = "callbacks/";

  private final Path file;
  private final JsonNode root;

  private TrainingJson(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /** All arrays of a state under the names they have in the file. */
  static Map<String, float[]> arrays(TrainingState state) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    state.weights().forEach((name, values) -> arrays.put(WEIGHTS + name, values));
    state.memory().forEach((name, values) -> arrays.put(OPTIMIZER + name, values));
    for (int i = 0; i < state.callbacks().size(); i++) {
      String folder = CALLBACKS + i + "/";
      state.callbacks().get(i).state().arrays().forEach((name, values) -> arrays.put(folder + name, values));
    }
    return arrays;
  }

  static byte[] write(TrainingState state, Map<String, String> checksums) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION).put("kernels", state.kernels());
    ObjectNode settings = root.putObject("settings");
    state.settings().forEach(settings::put);
    Position position = state.position();
    root.putObject("position").put("begin", position.begin()).put("epochs", position.epochs())
        .put("batch", position.batch()).put("samples", position.samples()).put("lossSum", position.lossSum())
        .put("hitSum", position.hitSum()).put("nanos", position.nanos());
    StepResult step = position.lastStep();
    if (step != null) {
      root.putObject("lastStep").put("step", step.step()).put("loss", step.loss()).put("accuracy", step.accuracy())
          .put("gradientNorm", step.gradientNorm()).put("rate", step.rate());
    }
    ArrayNode history = root.putArray("history");
    for (History.Epoch epoch : state.history().epochs()) {
      history.addObject().put("epoch", epoch.number()).put("loss", epoch.loss()).put("accuracy", epoch.accuracy())
          .put("validationLoss", epoch.validationLoss()).put("validationAccuracy", epoch.validationAccuracy())
          .put("rate", epoch.rate()).put("seconds", epoch.seconds()).put("imagesPerSecond", epoch.imagesPerSecond());
    }
    ObjectNode optimizer = root.putObject("optimizer").put("steps", state.steps()).put("rateFactor",
        state.rateFactor());
    ObjectNode updates = optimizer.putObject("updates");
    state.updates().forEach(updates::put);
    ArrayNode frozen = root.putArray("frozen");
    state.frozen().forEach(frozen::add);
    ArrayNode callbacks = root.putArray("callbacks");
    for (Remembered each : state.callbacks()) {
      ObjectNode numbers = callbacks.addObject().put("name", each.name()).putObject("numbers");
      each.state().numbers().forEach(numbers::put);
    }
    ObjectNode arrays = root.putObject("arrays");
    checksums.forEach(arrays::put);
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  static TrainingJson read(Path file, byte[] text) throws CheckpointException {
    try {
      TrainingJson json = new TrainingJson(file, MAPPER.readTree(text));
      JsonNode format = json.root.path("format");
      if (!format.isString() || !format.stringValue().equals(FORMAT)) {
        throw new CheckpointException(file, "training.json: expected the format \"" + FORMAT + "\", got " + format,
            null);
      }
      JsonNode version = json.root.path("version");
      if (!version.isInt() || version.intValue() != VERSION) {
        throw new CheckpointException(file, "training.json: expected version " + VERSION + ", got " + version, null);
      }
      return json;
    } catch (JacksonException e) {
      throw new CheckpointException(file, "training.json: " + e.getOriginalMessage(), e);
    }
  }

  /** The checksum of each array, by its name without ending. */
  Map<String, String> checksums() throws CheckpointException {
    return texts(root, "arrays");
  }

  /** Everything, with these arrays. */
  TrainingState state(Map<String, float[]> arrays) throws CheckpointException {
    JsonNode optimizer = part(root, "optimizer");
    List<History.Epoch> epochs = new ArrayList<>();
    for (JsonNode epoch : part(root, "history")) {
      epochs.add(new History.Epoch((int) whole(epoch, "epoch"), number(epoch, "loss"), number(epoch, "accuracy"),
          number(epoch, "validationLoss"), number(epoch, "validationAccuracy"), number(epoch, "rate"),
          number(epoch, "seconds"), number(epoch, "imagesPerSecond")));
    }
    List<Remembered> callbacks = new ArrayList<>();
    for (JsonNode callback : part(root, "callbacks")) {
      Map<String, Double> numbers = new LinkedHashMap<>();
      JsonNode all = part(callback, "numbers");
      for (String name : all.propertyNames()) {
        numbers.put(name, number(all, name));
      }
      callbacks.add(new Remembered(text(callback, "name"),
          new CallbackState(numbers, under(CALLBACKS + callbacks.size() + "/", arrays))));
    }
    Map<String, Long> updates = new LinkedHashMap<>();
    JsonNode counts = part(optimizer, "updates");
    for (String name : counts.propertyNames()) {
      updates.put(name, whole(counts, name));
    }
    List<String> frozen = new ArrayList<>();
    for (JsonNode name : part(root, "frozen")) {
      frozen.add(name.asString());
    }
    return new TrainingState(texts(root, "settings"), text(root, "kernels"), position(), new History(epochs),
        whole(optimizer, "steps"), updates, number(optimizer, "rateFactor"), frozen, under(WEIGHTS, arrays),
        under(OPTIMIZER, arrays), callbacks);
  }

  private Position position() throws CheckpointException {
    JsonNode position = part(root, "position");
    JsonNode last = root.get("lastStep");
    StepResult step = last == null ? null : new StepResult(whole(last, "step"), number(last, "loss"),
        number(last, "accuracy"), number(last, "gradientNorm"), number(last, "rate"));
    return new Position((int) whole(position, "begin"), (int) whole(position, "epochs"),
        (int) whole(position, "batch"), whole(position, "samples"), number(position, "lossSum"),
        number(position, "hitSum"), whole(position, "nanos"), step);
  }

  private static Map<String, float[]> under(String folder, Map<String, float[]> arrays) {
    Map<String, float[]> inside = new LinkedHashMap<>();
    arrays.forEach((name, values) -> {
      if (name.startsWith(folder)) {
        inside.put(name.substring(folder.length()), values);
      }
    });
    return inside;
  }

  private JsonNode part(JsonNode node, String name) throws CheckpointException {
    JsonNode part = node.path(name);
    if (!part.isContainer()) {
      throw unexpected(name, "a list or an object", part);
    }
    return part;
  }

  private Map<String, String> texts(JsonNode node, String name) throws CheckpointException {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode part = part(node, name);
    for (String key : part.propertyNames()) {
      texts.put(key, text(part, key));
    }
    return texts;
  }

  private String text(JsonNode node, String name) throws CheckpointException {
    JsonNode text = node.path(name);
    if (!text.isString()) {
      throw unexpected(name, "a text", text);
    }
    return text.stringValue();
  }

  private long whole(JsonNode node, String name) throws CheckpointException {
    JsonNode number = node.path(name);
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw unexpected(name, "a whole number", number);
    }
    return number.longValue();
  }

  /** JSON has no word for what is not finite: that is written as text. */
  private double number(JsonNode node, String name) throws CheckpointException {
    JsonNode number = node.path(name);
    if (number.isString()) {
      switch (number.stringValue()) {
        case "NaN" -> {
          return Double.NaN;
        }
        case "Infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-Infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> throw unexpected(name, "a number", number);
      }
    }
    if (!number.isNumber()) {
      throw unexpected(name, "a number", number);
    }
    return number.doubleValue();
  }

  private CheckpointException unexpected(String name, String expected, JsonNode actual) {
    return new CheckpointException(file, "training.json: " + name + ": expected " + expected + ", got "
        + (actual.isMissingNode() ? "nothing" : actual.toString()), null);
  }
}
