"use strict";

// Heat maps of the tensors in the page's data. A tensor is a number in page.tensors; a view is one heat map of its
// values or its gradient; a flat index counts a tensor's values in row-major order.

const page = JSON.parse(document.getElementById("data").textContent);
const readout = document.getElementById("readout");
const views = [];
const marks = [];
/** For tensors that are one long row: how many cells make a line. */
const lines = new Map();
const NUMBERED = 64;
const ROW = 10;
const CELL = [56, 34];
const LINE = 32;

function element(parent, tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

/** Four decimals; what these would show as nothing, or as more than fits, in powers of ten. */
function text(value) {
  const number = Number(value);
  const size = Math.abs(number);
  if (size === 0) return "0.0000";
  if (!Number.isFinite(number)) return String(number);
  return size < 0.00005 || size >= 1e7 ? number.toExponential(1) : number.toFixed(4);
}

function count(shape) { return shape.reduce((product, length) => product * length, 1); }
function shapeText(shape) { return "[" + shape.join(", ") + "]"; }
function plural(n, word) { return n.toLocaleString("en") + " " + word + (n === 1 ? "" : "s"); }
function range(n) { return Array.from({length: n}, (_, i) => i); }

/** Where a tensor's values lie: which of them are drawn, as maps of cells. */
class Layout {
  constructor(tensor) {
    this.dims = tensor.drawn.dims;
    this.drawn = [tensor.drawn.maps, tensor.drawn.rows, tensor.drawn.columns]
        .map((chosen, axis) => chosen || range(this.dims[axis]));
    this.places = this.drawn.map(chosen => new Map(chosen.map((index, place) => [index, place])));
    this.cells = this.drawn[1].length * this.drawn[2].length;
    this.whole = !tensor.drawn.maps && !tensor.drawn.rows && !tensor.drawn.columns;
  }

  /** The flat index of a cell of a drawn map. */
  flat(map, cell) {
    const [maps, rows, columns] = this.drawn;
    const row = rows[Math.floor(cell / columns.length)];
    return (maps[map] * this.dims[1] + row) * this.dims[2] + columns[cell % columns.length];
  }

  /** The drawn map and the cell of a flat index; undefined if it is not drawn. */
  find(flat) {
    const row = Math.floor(flat / this.dims[2]);
    const map = this.places[0].get(Math.floor(row / this.dims[1]));
    const y = this.places[1].get(row % this.dims[1]);
    const x = this.places[2].get(flat % this.dims[2]);
    return map === undefined || y === undefined || x === undefined ? undefined
        : {map, cell: y * this.drawn[2].length + x};
  }
}

page.tensors.forEach(tensor => { tensor.layout = new Layout(tensor); });

/** A value of a tensor's field; undefined if it is not in the page. */
function at(tensor, field, flat) {
  const place = tensor.layout.find(flat);
  return place && tensor[field] ? Number(tensor[field].numbers[place.map * tensor.layout.cells + place.cell])
      : undefined;
}

/** "map 1, row 0, column 1". */
function name(tensor, flat) {
  const parts = [];
  for (let axis = tensor.shape.length - 1, rest = flat; axis >= 0; axis--) {
    const index = rest % tensor.shape[axis];
    rest = Math.floor(rest / tensor.shape[axis]);
    const known = tensor.axes[axis] === "class" && page.classes[index];
    parts.unshift(tensor.axes[axis] + " " + index + (known ? " (" + known + ")" : ""));
  }
  return parts.join(", ") || "the value";
}

/** "value 0.9000, gradient -0.0467". */
function numbers(tensor, flat) {
  const value = at(tensor, "value", flat);
  const gradient = at(tensor, "gradient", flat);
  return [value === undefined ? "" : "value " + text(value), gradient === undefined ? "" : "gradient " + text(gradient)]
      .filter(part => part).join(", ");
}

// Colours: they follow the theme, so they are read from the style at each drawing.

function palette(variable) {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).split(",")
      .map(colour => [1, 3, 5].map(i => parseInt(colour.trim().slice(i, i + 2), 16)));
}

function colourAt(stops, share) {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(place));
  return stops[low].map((part, i) => Math.round(part + (stops[low + 1][i] - part) * (place - low)));
}

function isLight([red, green, blue]) { return 0.299 * red + 0.587 * green + 0.114 * blue > 140; }

/** One heat map: the values or the gradient of a tensor, one picture a map. */
class View {
  /**
   * @param card the layer's card it stands in
   * @param label what it shows, for those who hear the page
   * @param signed whether 0 is the middle of the colours
   */
  constructor(parent, card, id, field, label, signed, tensor = page.tensors[id]) {
    Object.assign(this, {card, id, field, signed, tensor, layout: tensor.layout, cursor: 0});
    const columns = this.layout.drawn[2].length;
    const row = this.layout.dims[0] === 1 && this.layout.dims[1] === 1;
    const maps = this.layout.drawn[0].length;
    this.numbered = maps * this.layout.cells <= NUMBERED && (columns <= ROW || row && columns <= 2 * ROW);
    this.across = !row || columns <= ROW ? columns : this.numbered ? Math.ceil(columns / 2) : lines.get(id) || LINE;
    this.down = Math.ceil(this.layout.cells / this.across);
    const target = maps > 8 ? 104 : maps > 1 ? 150 : this.across > 2 * this.down ? 520 : 300;
    const fit = Math.min(target / this.across, Math.max(target, 500) / this.down);
    const side = Math.max(maps > 1 ? 2 : 4, Math.min(22, Math.floor(fit)));
    this.cell = this.numbered ? CELL : [side, side];
    this.box = element(parent, "div", "view");
    this.box.tabIndex = 0;
    this.box.setAttribute("role", "application");
    this.box.setAttribute("aria-roledescription", "heat map");
    this.box.setAttribute("aria-label",
        label + ", shape " + shapeText(tensor.shape) + "; arrow keys go from cell to cell");
    Object.assign(this.box.dataset, {tensor: id, field});
    this.frames = range(maps).map(map => this.frame(map));
    if (this.layout.dims[0] > 1) {
      const caption = Math.max(...[...this.box.querySelectorAll("figcaption")].map(made => made.textContent.length));
      const width = Math.max(this.across * this.cell[0], 6.5 * caption);
      this.box.style.gridTemplateColumns = "repeat(auto-fill, " + width + "px)";
    }
    this.legend(parent);
    this.draw();
    this.listen();
    views.push(this);
  }

  frame(map) {
    const figure = element(this.box, "figure", "map");
    const frame = element(figure, "div", this.numbered ? "frame" : "frame plain");
    frame.style.width = this.across * this.cell[0] + "px";
    frame.style.height = this.down * this.cell[1] + "px";
    const canvas = element(frame, "canvas");
    canvas.width = this.across;
    canvas.height = this.down;
    if (this.numbered) {
      const grid = element(frame, "div", "numbers");
      grid.style.gridTemplateColumns = "repeat(" + this.across + ", 1fr)";
      range(this.layout.cells).forEach(cell => { element(grid, "span").dataset.flat = this.layout.flat(map, cell); });
    }
    if (this.layout.dims[0] > 1) {
      const place = this.layout.drawn[0][map] * this.layout.dims[1] * this.layout.dims[2];
      element(figure, "figcaption", "", name(this.tensor, place).split(", ").slice(0, -2).join(", "));
    }
    return frame;
  }

  /** Where a value stands between the ends of the colours, 0 to 1. */
  share(value) {
    const {min, max} = this.tensor[this.field].digest;
    if (this.signed) {
      const most = Math.max(Math.abs(min), Math.abs(max));
      return most === 0 ? 0.5 : 0.5 + value / most / 2;
    }
    return max === min ? 0.5 : (value - min) / (max - min);
  }

  draw() {
    const stops = palette(this.signed ? "--signed" : "--values");
    const odd = palette("--odd")[0];
    this.frames.forEach((frame, map) => {
      const picture = new ImageData(this.across, this.down);
      const spans = frame.querySelectorAll(".numbers span");
      for (let cell = 0; cell < this.layout.cells; cell++) {
        const raw = this.tensor[this.field].numbers[map * this.layout.cells + cell];
        if (raw === null) continue;
        const value = Number(raw);
        const colour = Number.isFinite(value) ? colourAt(stops, this.share(value)) : odd;
        picture.data.set([...colour, 255], cell * 4);
        if (spans.length) {
          spans[cell].textContent = text(value);
          spans[cell].style.color = isLight(colour) ? "#14171b" : "#ffffff";
        }
      }
      frame.querySelector("canvas").getContext("2d").putImageData(picture, 0, 0);
    });
  }

  legend(parent) {
    const {min, max} = this.tensor[this.field].digest;
    const most = Math.max(Math.abs(min), Math.abs(max));
    const legend = element(parent, "div", "legend");
    element(legend, "span", "", text(this.signed ? -most : min));
    element(legend, "i", this.signed ? "signed" : "values");
    element(legend, "span", "", text(this.signed ? most : max));
    if (this.signed) element(legend, "span", "", "(middle: 0)");
  }

  listen() {
    this.frames.forEach((frame, map) => {
      const read = event => {
        const box = frame.getBoundingClientRect();
        const x = Math.floor((event.clientX - box.left) / box.width * this.across);
        const y = Math.floor((event.clientY - box.top) / box.height * this.down);
        const cell = y * this.across + x;
        if (x >= 0 && x < this.across && cell >= 0 && cell < this.layout.cells) {
          this.cursor = map * this.layout.cells + cell;
          this.read();
        }
      };
      frame.addEventListener("pointermove", read);
      frame.addEventListener("pointerdown", read);
    });
    this.box.addEventListener("focus", () => {
      if (this.box.matches(":focus-visible")) this.read();
    });
    this.box.addEventListener("keydown", event => this.key(event));
  }

  key(event) {
    const all = this.frames.length * this.layout.cells;
    const steps = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.across, ArrowDown: this.across,
      PageUp: -this.layout.cells, PageDown: this.layout.cells, Home: -all, End: all};
    if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const wanted = this.cursor + steps[event.key];
    const far = event.key === "Home" || event.key === "End";
    if (far || (wanted >= 0 && wanted < all)) this.cursor = Math.min(all - 1, Math.max(0, wanted));
    this.read();
    this.reveal();
  }

  read() {
    point(this, this.layout.flat(Math.floor(this.cursor / this.layout.cells), this.cursor % this.layout.cells));
  }

  /** Frames the values from one flat index to another: whole maps, or cells. */
  mark(from, to, className) {
    const {dims, drawn, cells} = this.layout;
    drawn[0].forEach((map, place) => {
      const start = map * dims[1] * dims[2];
      if (from <= start && start + dims[1] * dims[2] <= to && this.frames.length > 1) {
        this.markBox(place, 0, 0, this.across, this.down, className);
      } else if (start < to && from < start + dims[1] * dims[2]) {
        this.markCells(place, from, to, className);
      }
    });
  }

  markCells(place, from, to, className) {
    const columns = this.layout.drawn[2].length;
    for (let cell = 0; cell < this.layout.cells; cell++) {
      const flat = this.layout.flat(place, cell);
      if (flat < from || flat >= to) continue;
      const x = cell % this.across;
      // A whole row is one frame.
      const last = cell + columns - 1;
      const row = this.across === columns && x === 0 && to - from > 1 && this.layout.flat(place, last) < to;
      this.markBox(place, x, Math.floor(cell / this.across), row ? columns : 1, 1, className);
      if (row) cell = last;
    }
  }

  markBox(place, x, y, width, height, className) {
    const mark = element(this.frames[place], "div", "mark " + className);
    mark.style.left = 100 * x / this.across + "%";
    mark.style.top = 100 * y / this.down + "%";
    mark.style.width = 100 * width / this.across + "%";
    mark.style.height = 100 * height / this.down + "%";
    marks.push(mark);
  }

  /** Scrolls this box alone until its first frame can be seen. */
  reveal() {
    const mark = this.box.querySelector(".mark");
    const box = this.box;
    if (!mark || box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth) return;
    const [inner, outer] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
    const above = inner.top < outer.top || inner.bottom > outer.bottom;
    const aside = inner.left < outer.left || inner.right > outer.right;
    if (above) box.scrollTop += inner.top - outer.top - outer.height / 3;
    if (aside && inner.width < outer.width) box.scrollLeft += inner.left - outer.left - outer.width / 3;
  }
}

function clear() {
  marks.splice(0).forEach(mark => mark.remove());
}

/** Frames values of a tensor wherever on the page it is drawn. */
function light(id, flat, className, length = 1) {
  views.filter(view => view.id === id).forEach(view => view.mark(flat, flat + length, className));
}

/** Someone looks at a cell: frame it and what it is linked to, and say what it is. */
function point(view, flat) {
  clear();
  light(view.id, flat, "here");
  const link = links[view.card.role];
  readout.textContent = (link && link(view.card, view, flat))
      || name(view.tensor, flat) + ": " + numbers(view.tensor, flat);
  views.filter(other => other !== view).forEach(other => other.reveal());
}
