// The page: a card a layer, and what the cells of some kinds of layers light up. Each of these returns the words for a
// cell, or nothing for the plain ones.

const links = {
  flatten(layer, view, flat) {
    const [from, to] = [layer.inputs[0], layer.output];
    const pixel = name(page.tensors[from], flat);
    const both = numbers(page.tensors[from], flat) || numbers(page.tensors[to], flat);
    if (view.id === to) {
      light(from, flat, "linked");
      return "flat cell " + flat + ": " + pixel + ", " + both;
    }
    light(to, flat, "linked");
    return pixel + ": flat cell " + flat + ", " + both;
  },

  average(layer, view, flat) {
    const [from, to] = [page.tensors[layer.inputs[0]], page.tensors[layer.output]];
    const size = count(from.shape) / count(to.shape);
    const share = size === 1 ? "all" : "1/" + size;
    if (view.id === layer.output) {
      light(layer.inputs[0], flat * size, "linked", size);
      const gradient = at(to, "gradient", flat);
      return "pooled cell " + flat + ": the mean of map " + flat + " (" + plural(size, "pixel") + "), "
          + numbers(to, flat)
          + (gradient === undefined ? "" : "; each pixel gets " + share + " of it, " + text(gradient / size));
    }
    const map = Math.floor(flat / size);
    light(layer.output, map, "linked");
    const gradient = at(to, "gradient", map);
    return name(from, flat) + ": " + numbers(from, flat) + (gradient === undefined ? ""
        : ", " + share + " of the " + text(gradient) + " at pooled cell " + map);
  },

  dense(layer, view, flat) {
    const weight = layer.parameters.find(parameter => parameter.name.endsWith(".weight")).tensor;
    const [units, inputs] = page.tensors[weight].shape;
    const unitName = unit => name(page.tensors[layer.output], unit);
    if (view.overlay || view.id === weight) {
      const [unit, input] = view.overlay ? [layer.unit, flat] : [Math.floor(flat / inputs), flat % inputs];
      layer.lay(unit);
      light(view.overlay ? weight : layer.output, view.overlay ? unit * inputs + input : unit, "linked");
      light(layer.inputs[0], input, "linked");
      const [value, factor] = [at(page.tensors[layer.inputs[0]], "value", input),
        at(page.tensors[weight], "value", unit * inputs + input)];
      const gradient = at(page.tensors[weight], "gradient", unit * inputs + input);
      return "weight of " + unitName(unit) + " for input " + input + ": " + text(factor)
          + (gradient === undefined ? "" : ", gradient " + text(gradient))
          + (value === undefined ? "" : "; times the input " + text(value) + " it adds " + text(value * factor));
    }
    if (view.id === layer.inputs[0]) {
      range(units).forEach(unit => light(weight, unit * inputs + flat, "linked"));
      return "";
    }
    if (page.tensors[view.id].shape[0] === units) {
      const shown = layer.lay(flat);
      light(weight, flat * inputs, "linked", inputs);
      layer.parameters.concat(layer.inside).concat([{tensor: layer.output}]).map(part => part.tensor)
          .filter(id => id !== weight && id !== view.id && page.tensors[id].shape[0] === units)
          .forEach(id => light(id, flat, "linked"));
      return unitName(flat) + ": " + numbers(view.tensor, flat)
          + (shown ? "; its row of weights is laid over the inputs" : "; its row of weights is not in this page");
    }
    return "";
  },
};

const notes = {
  flatten: "Reads map by map, row by row; no number changes. The gradient of each cell goes back, unchanged, to the"
      + " pixel the cell came from.",
  average: "Each map becomes its mean. The gradient of a mean spreads evenly: each pixel of a map gets the same share"
      + " of it.",
  dense: "Every output is a sum of all inputs, each times a weight of its own. Point at an output, and its row of"
      + " weights is laid over the inputs.",
};

// The page from top to bottom.

/** A tensor: its values, and beside them its gradient. */
function pair(section, card, id, title, parameter) {
  const tensor = page.tensors[id];
  const row = element(section, "div", page.backward ? "pair" : "pair alone");
  element(element(row, "h3", "", title), "span", "shape", shapeText(tensor.shape));
  side(row, card, id, "value", "forward: values", title, parameter !== undefined);
  if (page.backward) side(row, card, id, "gradient", "backward: gradient", title, true, parameter);
}

function side(row, card, id, field, what, title, signed, parameter) {
  const tensor = page.tensors[id];
  const half = element(row, "div", "side");
  element(half, "p", "what", what);
  if (!tensor[field]) {
    element(half, "p", "none", parameter && !parameter.trained ? "No gradient: training does not change this."
        : parameter ? "No gradient: the loss does not depend on this."
        : "No gradient here: the loss was computed from what came before the last operation.");
    return;
  }
  new View(half, card, id, field, title + ", " + field, signed);
  if (!tensor.layout.whole || tensor[field].digest.odd) digest(half, tensor, field);
}

/** A large tensor in a few numbers. */
function digest(half, tensor, field) {
  const {min, mean, max, zeros, odd, histogram} = tensor[field].digest;
  const {drawn, dims, whole} = tensor.layout;
  const words = ["map", "row", tensor.shape.length === 1 ? "cell" : "column"];
  const parts = range(3).filter(axis => drawn[axis].length < dims[axis])
      .map(axis => drawn[axis].length.toLocaleString("en") + " of " + plural(dims[axis], words[axis]));
  element(half, "p", "digest", (whole ? "" : "Too large to draw whole: " + parts.join(", ") + ", evenly apart. ")
      + "All " + plural(count(tensor.shape), "value") + ": " + text(min) + " to " + text(max) + ", mean " + text(mean)
      + ", " + (100 * zeros).toFixed(1) + "% zeros"
      + (odd ? ", " + odd.toLocaleString("en") + " not finite" : "") + ".");
  if (!histogram.length) return;
  const bars = element(half, "div", "histogram");
  bars.setAttribute("role", "img");
  bars.setAttribute("aria-label", "how many values lie where from least to largest");
  const most = Math.max(...histogram);
  histogram.forEach(n => { element(bars, "i").style.height = (n ? Math.max(4, 100 * n / most) : 0) + "%"; });
  element(half, "p", "digest",
      "How many values lie where from least to largest" + (zeros ? ", zeros left out." : "."));
}

/** The row of weights of one output of a dense layer, over its inputs: in a line, and in the maps a flatten read. */
function overlay(section, layer) {
  const weight = page.tensors[layer.parameters.find(parameter => parameter.name.endsWith(".weight")).tensor];
  const inputs = weight.shape[1];
  const flatten = page.layers.find(other => other.role === "flatten" && other.output === layer.inputs[0]);
  const row = element(section, "div", flatten ? "pair" : "pair alone");
  const heading = element(row, "h3");
  const sides = [[layer.inputs[0], "over the inputs"]]
      .concat(flatten ? [[flatten.inputs[0], "folded back into the maps the inputs came from"]] : [])
      .map(([id, what]) => ({id, what, half: element(row, "div", "side")}));
  let laid = [];
  layer.lay = unit => {
    if (at(weight, "value", unit * inputs + weight.layout.drawn[2][0]) === undefined) return false;
    if (layer.unit === unit) return true;
    layer.unit = unit;
    heading.textContent = "Weights of " + name(page.tensors[layer.output], unit);
    laid.forEach(view => views.splice(views.indexOf(view), 1));
    laid = sides.map(({id, what, half}) => {
      half.replaceChildren();
      element(half, "p", "what", what);
      const under = page.tensors[id];
      const picked = [];
      range(under.layout.drawn[0].length).forEach(map => range(under.layout.cells).forEach(cell => {
        const value = at(weight, "value", unit * inputs + under.layout.flat(map, cell));
        picked.push(value === undefined ? null : value);
      }));
      const tensor = {...under, value: {digest: weight.value.digest, numbers: picked}, gradient: null};
      const view = new View(half, layer, id, "value", "weights " + what, true, tensor);
      view.overlay = true;
      return view;
    });
    return true;
  };
  const scores = page.tensors[layer.output];
  const largest = scores.layout.drawn[2].reduce(
      (best, unit) => at(scores, "value", unit) > at(scores, "value", best) ? unit : best, 0);
  if (!layer.lay(largest)) layer.lay(weight.layout.drawn[1][0]);
}

/** A step of the chain; one that does not follow the step before it says where it comes from. */
function chainLink(title, shape, parameters, target, from) {
  const link = element(element(document.getElementById("chain"), "li", from.length ? "apart" : ""), "a");
  link.href = "#" + target;
  element(link, "b", "", title);
  element(link, "small", "shape", shapeText(shape));
  if (parameters) element(link, "small", "", " " + plural(parameters, "parameter"));
  if (from.length && from[0] !== title) element(link, "small", "", " from " + from.join(", "));
}

function card(layer, index) {
  const section = element(document.getElementById("layers"), "section");
  section.id = "layer-" + index;
  const title = element(section, "h2", "", layer.name);
  element(title, "code", "", layer.settings);
  const shapes = layer.inputs.map(id => shapeText(page.tensors[id].shape)).join(" and ");
  element(section, "p", "facts", shapes + " \u2192 " + shapeText(page.tensors[layer.output].shape) + ", "
      + (layer.count ? plural(layer.count, "parameter") : "no parameters") + ", from " + layer.from.join(" and "));
  const same = layer.inputs.length === 1 && layer.inputs[0] === layer.output;
  if (same) {
    element(section, "p", "note", "Passes on what came in, unchanged.");
    return;
  }
  if (notes[layer.role]) element(section, "p", "note", notes[layer.role]);
  if (layer.role === "flatten") {
    const [rows, columns] = page.tensors[layer.inputs[0]].shape.slice(-2);
    lines.set(layer.output, rows * columns <= 2 * LINE ? rows * columns : columns <= 2 * LINE ? columns : LINE);
  }
  if (layer.role || layer.inputs.length > 1) {
    layer.inputs.forEach((id, i) =>
        pair(section, layer, id, "Input" + (layer.inputs.length > 1 ? " from " + layer.from[i] : "")));
  }
  if (layer.role === "dense") overlay(section, layer);
  layer.inside.forEach(step => pair(section, layer, step.tensor, "After " + step.name));
  pair(section, layer, layer.output, "Output");
  layer.parameters.forEach(parameter => pair(section, layer, parameter.tensor, parameter.name, parameter));
}

function build() {
  document.getElementById("intro").textContent = "One sample on its way through the network. "
      + (page.backward ? "Forward are the numbers each layer gives on; backward, beside them, the gradient: how fast"
      + " the loss would grow if that number grew. " : "")
      + "Point at a cell, touch it, or reach it with Tab and the arrow keys: the line at the bottom reads it out, and"
      + " what it is linked to lights up.";
  const shownByFirst = page.inputs.length === 1 && page.layers.length && page.layers[0].role;
  page.inputs.forEach(({name: title, tensor}, index) => {
    chainLink(title, page.tensors[tensor].shape, 0, shownByFirst ? "layer-0" : "input-" + index, [title]);
    if (shownByFirst) return;
    const section = element(document.getElementById("layers"), "section");
    section.id = "input-" + index;
    element(section, "h2", "", title);
    pair(section, {role: ""}, tensor, "The sample");
  });
  page.layers.forEach((layer, index) => {
    if (page.omitted && index === page.omittedAfter) {
      element(document.getElementById("layers"), "p", "omitted",
          plural(page.omitted, "layer") + " in between left out, to keep this page small.");
    }
    const before = index ? page.layers[index - 1] : page.inputs[page.inputs.length - 1];
    const follows = layer.from.length === 1 && layer.from[0] === before.name;
    chainLink(layer.name, page.tensors[layer.output].shape, layer.count, "layer-" + index, follows ? [] : layer.from);
    card(layer, index);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => views.forEach(view => view.draw()));
}

build();
