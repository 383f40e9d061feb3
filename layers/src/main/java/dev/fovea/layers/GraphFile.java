package dev.fovea.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The nodes of a graph as a model file has them, wired by name: {@code {"name": "conv2d", "layer": {"type": "conv2d",
 * ...}, "inputs": ["picture"]}}; one that shares another's parameters has {@code "shares": "conv2d"} for its layer. An
 * input is {@code {"name": "picture", "shape": [64,32,32]}}. Nodes may stand in any order.
 */
final class GraphFile {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private GraphFile() {}

  /** A node as it was read; {@code shares} is {@code null} where it has a part of its own, else that is. */
  record Entry(String where, String name, Part part, String shares, List<String> inputs) {
    /** The nodes that must be there before this one. */
    Set<String> needs() {
      Set<String> needs = new LinkedHashSet<>(inputs);
      if (shares != null) {
        needs.add(shares);
      }
      return needs;
    }
  }

  static ObjectNode write(Node input) {
    ObjectNode object = MAPPER.createObjectNode().put("name", input.name());
    ArrayNode shape = object.putArray("shape");
    Arrays.stream(((Input) input.part()).shape().toArray()).forEach(shape::add);
    return object;
  }

  static ObjectNode write(Node node, LayerCodec codec) {
    ObjectNode object = MAPPER.createObjectNode().put("name", node.name());
    if (node.isShared()) {
      object.put("shares", node.scope());
    } else {
      object.set("layer", codec.write(node.part()));
    }
    ArrayNode inputs = object.putArray("inputs");
    node.inputs().forEach(inputs::add);
    return object;
  }

  static Entry readInput(JsonNode node, String where) {
    requireFields(node, where, List.of("name", "shape"));
    LayerCodec.expect(node.has("shape"), node, "name and shape", where);
    return new Entry(where, text(node.get("name"), where + ": name"),
        new Input(LayerCodec.shape(node.get("shape"), where + ": shape")), null, List.of());
  }

  static Entry readNode(JsonNode node, LayerCodec codec, String where) {
    requireFields(node, where, List.of("name", "layer", "shares", "inputs"));
    LayerCodec.expect(node.has("layer") != node.has("shares"), node, "either a layer or what it shares", where);
    JsonNode list = node.path("inputs");
    LayerCodec.expect(list.isArray() && !list.isEmpty(), node, "a list of inputs", where);
    List<String> inputs = new ArrayList<>();
    for (JsonNode input : list) {
      inputs.add(text(input, where + ": inputs"));
    }
    Part part = node.has("layer") ? codec.read(node.get("layer"), Part.class, where) : null;
    String shares = node.has("shares") ? text(node.get("shares"), where + ": shares") : null;
    return new Entry(where, text(node.get("name"), where + ": name"), part, shares, inputs);
  }

  private static void requireFields(JsonNode node, String where, List<String> known) {
    LayerCodec.expect(node.isObject(), node, "an object", where);
    for (String field : node.propertyNames()) {
      if (!known.contains(field)) {
        throw new IllegalArgumentException(where + ": unknown field \"" + field + "\"; known are " + known);
      }
    }
  }

  private static String text(JsonNode node, String where) {
    if (node == null) {
      throw new IllegalArgumentException(where + ": expected a text, got none");
    }
    return LayerCodec.expect(node.isString(), node, "a text", where).stringValue();
  }

  /**
   * Wires them.
   *
   * @throws IllegalArgumentException if that gives no graph: a name is unknown or there twice, nodes lead back to
   *     themselves, or not to the output
   */
  static Network network(List<Entry> inputs, List<Entry> nodes, String output) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (List<Entry> some : List.of(inputs, nodes)) {
      for (Entry entry : some) {
        if (entries.put(entry.name(), entry) != null) {
          throw new IllegalArgumentException(
              entry.where() + ": expected a name for each node, got \"" + entry.name() + "\" again");
        }
      }
    }
    for (Entry entry : entries.values()) {
      entry.needs().forEach(name -> requireKnown(entry.where() + " " + entry.name(), name, entries));
    }
    requireKnown("output", output, entries);
    Graph.Builder builder = Graph.builder(0);
    Map<String, Node> made = new LinkedHashMap<>();
    for (Entry entry : order(List.copyOf(entries.values()))) {
      made.put(entry.name(), make(entry, builder, made));
    }
    return builder.network(made.get(output));
  }

  private static Node make(Entry entry, Graph.Builder builder, Map<String, Node> made) {
    if (entry.part() instanceof Input input) {
      return builder.input(entry.name(), input.shape());
    }
    Node shared = entry.shares() == null ? null : made.get(entry.shares());
    if (shared != null && shared.part() instanceof Input) {
      throw new IllegalArgumentException(
          entry.where() + " " + entry.name() + ": expected to share a layer's parameters, got the input "
              + shared.name());
    }
    return builder.add(entry.name(), shared == null ? entry.part() : shared.part(),
        shared == null ? entry.name() : shared.scope(), entry.inputs().stream().map(made::get).toArray(Node[]::new));
  }

  private static void requireKnown(String where, String name, Map<String, Entry> entries) {
    if (!entries.containsKey(name)) {
      throw new IllegalArgumentException(where + ": unknown node \"" + name + "\""
          + Names.hint(name, entries.keySet()) + "; known are " + String.join(", ", entries.keySet()));
    }
  }

  /** Each node behind those it needs, and otherwise in the order of the file (Kahn 1962). */
  private static List<Entry> order(List<Entry> entries) {
    Map<String, List<Integer>> waiting = new LinkedHashMap<>();
    int[] missing = new int[entries.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < missing.length; i++) {
      Set<String> needs = entries.get(i).needs();
      missing[i] = needs.size();
      for (String name : needs) {
        waiting.computeIfAbsent(name, key -> new ArrayList<>()).add(i);
      }
      if (needs.isEmpty()) {
        ready.add(i);
      }
    }
    Map<String, Entry> ordered = new LinkedHashMap<>();
    while (!ready.isEmpty()) {
      Entry entry = entries.get(ready.poll());
      ordered.put(entry.name(), entry);
      for (int i : waiting.getOrDefault(entry.name(), List.of())) {
        if (--missing[i] == 0) {
          ready.add(i);
        }
      }
    }
    if (ordered.size() < entries.size()) {
      throw new IllegalArgumentException("nodes: expected none that leads back to itself, got the cycle "
          + String.join(" -> ", cycle(entries, ordered.keySet())));
    }
    return List.copyOf(ordered.values());
  }

  /** A cycle among the entries that could not be put in order, in the direction of the data. */
  private static List<String> cycle(List<Entry> entries, Set<String> ordered) {
    Map<String, Entry> left = new LinkedHashMap<>();
    entries.stream().filter(entry -> !ordered.contains(entry.name())).forEach(entry -> left.put(entry.name(), entry));
    // Each of them needs another of them: going backwards from any must come to one that was passed already.
    List<String> passed = new ArrayList<>();
    String name = left.keySet().iterator().next();
    Set<String> seen = new LinkedHashSet<>();
    while (seen.add(name)) {
      passed.add(0, name);
      name = left.get(name).needs().stream().filter(left::containsKey).findFirst().orElseThrow();
    }
    List<String> cycle = new ArrayList<>(passed.subList(0, passed.indexOf(name) + 1));
    cycle.add(0, name);
    return cycle;
  }
}
