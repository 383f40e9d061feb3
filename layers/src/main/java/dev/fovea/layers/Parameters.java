package dev.fovea.layers;

import dev.fovea.core.Parameter;
import java.util.List;

/**
 * The parameters of one layer, looked up by the short names its {@link ParameterSpec specs} gave them. A layer that
 * holds others passes {@link #scope} on to them.
 */
public final class Parameters {
  private final ParameterStore store;
  private final String prefix;

  Parameters(ParameterStore store, String prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  /** Freshly initialized parameters, for a layer that is used on its own, without a model. */
  public static Parameters of(List<ParameterSpec> specs, long seed) {
    return new Parameters(ParameterStore.of(specs, seed), "");
  }

  /** Parameters with shapes and no data, to infer shapes with. */
  public static Parameters symbolic(List<ParameterSpec> specs) {
    return new Parameters(ParameterStore.symbolic(specs), "");
  }

  /**
   * The parameter of this name.
   *
   * @throws IllegalArgumentException if the layer asked for none of this name
   */
  public Parameter get(String name) {
    Parameter parameter = store.find(prefix + name);
    if (parameter == null) {
      List<String> known = store.names(prefix).stream().map(full -> full.substring(prefix.length())).toList();
      throw new IllegalArgumentException((prefix.isEmpty() ? "parameters" : prefix.substring(0, prefix.length() - 1))
          + ": expected one of " + known + ", got \"" + name + "\"");
    }
    return parameter;
  }

  /** Whether the layer asked for a parameter of this name. */
  public boolean has(String name) {
    return store.has(prefix + name);
  }

  /** The parameters of a layer inside this one, whose specs were put {@linkplain ParameterSpec#in under this scope}. */
  public Parameters scope(String name) {
    return new Parameters(store, prefix + name + ".");
  }

  /** All parameters in this scope and those inside it, in the order in which they were asked for. */
  public List<Parameter> list() {
    return store.names(prefix).stream().map(store::find).toList();
  }
}
