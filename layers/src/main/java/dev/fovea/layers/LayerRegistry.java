package dev.fovea.layers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The layers and merges that model files may contain, by the names of their types: a file never says which class to
 * load. An immutable value; {@link #standard()} has Fovea's own, {@link #with} adds one of yours.
 *
 * <pre>{@code
 * LayerRegistry registry = LayerRegistry.standard().with("my_layer", MyLayer.class, new MyLayer(0.5));
 * model.save(file, registry);
 * Sequential.load(file, registry);
 * }</pre>
 */
public final class LayerRegistry {
  private static final LayerRegistry STANDARD = new LayerRegistry(Map.of())
      .with("conv2d", Conv2D.class, Conv2D.of(1, 3), "filters")
      .with("depthwise_conv2d", DepthwiseConv2D.class, DepthwiseConv2D.of(3))
      .with("separable_conv2d", SeparableConv2D.class, SeparableConv2D.of(1, 3), "filters")
      .with("max_pooling2d", MaxPooling2D.class, MaxPooling2D.of(2))
      .with("average_pooling2d", AveragePooling2D.class, AveragePooling2D.of(2))
      .with("global_average_pooling", GlobalAveragePooling.class, GlobalAveragePooling.of())
      .with("global_max_pooling", GlobalMaxPooling.class, GlobalMaxPooling.of())
      .with("flatten", Flatten.class, Flatten.of())
      .with("reshape", Reshape.class, Reshape.of(1), "shape")
      .with("dense", Dense.class, Dense.of(1), "units")
      .with("dropout", Dropout.class, Dropout.of(0), "rate")
      .with("spatial_dropout2d", SpatialDropout2D.class, SpatialDropout2D.of(0), "rate")
      .with("stochastic_depth", StochasticDepth.class, StochasticDepth.of(0), "rate")
      .with("batch_normalization", BatchNormalization.class, BatchNormalization.of())
      .with("layer_normalization", LayerNormalization.class, LayerNormalization.of())
      .with("group_normalization", GroupNormalization.class, GroupNormalization.of(1), "groups")
      .with("squeeze_excitation", SqueezeExcitation.class, SqueezeExcitation.of(16))
      .with("rescaling", Rescaling.class, Rescaling.of(1), "scale")
      .with("normalization", Normalization.class, Normalization.of(0, 1), "mean", "variance")
      .with("stack", Stack.class, Stack.of(), "layers")
      .with("residual", Residual.class, Residual.of(), "body")
      .with("add", Add.class, Add.of())
      .with("multiply", Multiply.class, Multiply.of())
      .with("concatenate", Concatenate.class, Concatenate.of())
      .with("linear", Activation.Linear.class, new Activation.Linear())
      .with("relu", Activation.Relu.class, new Activation.Relu())
      .with("leaky_relu", Activation.LeakyRelu.class, new Activation.LeakyRelu(0), "slope")
      .with("elu", Activation.Elu.class, new Activation.Elu(1), "alpha")
      .with("selu", Activation.Selu.class, new Activation.Selu())
      .with("gelu", Activation.Gelu.class, new Activation.Gelu())
      .with("silu", Activation.Silu.class, new Activation.Silu())
      .with("sigmoid", Activation.Sigmoid.class, new Activation.Sigmoid())
      .with("tanh", Activation.Tanh.class, new Activation.Tanh())
      .with("softplus", Activation.Softplus.class, new Activation.Softplus())
      .with("softmax", Activation.Softmax.class, new Activation.Softmax())
      .with("log_softmax", Activation.LogSoftmax.class, new Activation.LogSoftmax());

  private final Map<String, Entry<?>> entries;

  private LayerRegistry(Map<String, Entry<?>> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** Every layer, activation and merge of this package. */
  public static LayerRegistry standard() {
    return STANDARD;
  }

  /**
   * This registry and a layer or merge of one's own. Its fields in files are the components of the record: numbers,
   * texts, booleans, shapes, windows, layers, activations, initializers, lists of these, and whatever else Jackson can
   * read and write.
   *
   * @param type the name in files; one that is there already is replaced
   * @param layer the class, a record
   * @param prototype whose settings stand in for fields that a file leaves out; {@code null} where none may be left out
   * @param required the fields that must be there all the same
   * @throws IllegalArgumentException if the class is no record, or has no component of a required name
   */
  public <L extends Part> LayerRegistry with(String type, Class<L> layer, L prototype, String... required) {
    if (!layer.isRecord()) {
      throw new IllegalArgumentException("layer registry: " + type + ": expected a record, got " + layer);
    }
    Entry<L> entry = new Entry<>(type, layer, prototype, Set.of(required));
    for (String field : required) {
      if (!LayerCodec.fields(layer).contains(field)) {
        throw new IllegalArgumentException("layer registry: " + type + ": expected required fields among "
            + LayerCodec.fields(layer) + ", got \"" + field + "\"");
      }
    }
    Map<String, Entry<?>> more = new LinkedHashMap<>(entries);
    more.put(type, entry);
    return new LayerRegistry(more);
  }

  /** The names of the types, in alphabetical order. */
  public Set<String> types() {
    return Collections.unmodifiableSet(new TreeMap<>(entries).keySet());
  }

  /** What is known of a type; {@code null} if nothing is. */
  Entry<?> entry(String type) {
    return entries.get(type);
  }

  /**
   * The type of this layer.
   *
   * @throws IllegalArgumentException if its class is not here
   */
  Entry<?> entry(Part layer) {
    return entries.values().stream().filter(entry -> entry.layer() == layer.getClass()).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("save: " + layer + " is of " + layer.getClass()
            + ", which has no type name; add it by LayerRegistry.standard().with(...) and pass that to save and load"));
  }

  /** A type of layer or merge: its name, its record, the settings that may be left out and those that must not. */
  record Entry<L extends Part>(String type, Class<L> layer, L prototype, Set<String> required) {}
}
