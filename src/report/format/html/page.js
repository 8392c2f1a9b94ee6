"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const say = data.words;
  const byId = (id) => document.getElementById(id);
  const number = (value, decimals) =>
    new Intl.NumberFormat(data.locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
  // Iasi finds Iași, whatever the reader's keyboard has.
  const folded = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[-–\s]+/g, " ").trim();

  // ---- table: search, filters, sorting
  const body = byId("units").tBodies[0];
  const rows = Array.from(body.rows);
  const position = new Map(rows.map((row) => [row.dataset.code, Number(row.dataset.unit)]));
  const rowOf = [];
  rows.forEach((row) => { rowOf[Number(row.dataset.unit)] = row; });
  const haystack = rows.map((row) => folded(row.dataset.find));
  const search = byId("search");
  const filters = Array.from(document.querySelectorAll("select[data-filter]"));
  const more = byId("more");
  const STEP = 200;
  let limit = STEP;
  let order = rows.map((_, at) => at);
  let matching = new Set();

  function refresh() {
    const wanted = folded(search.value);
    let shown = 0;
    matching = new Set();
    for (const at of order) {
      const row = rows[at];
      const fits = (!wanted || haystack[at].includes(wanted)) &&
        filters.every((filter) => !filter.value || row.dataset[filter.dataset.filter] === filter.value);
      if (fits) { matching.add(Number(row.dataset.unit)); shown += 1; }
      row.hidden = !fits || shown > limit;
    }
    more.hidden = shown <= limit;
    more.textContent = say.showAll.replace("{n}", number(shown, 0));
    byId("count").textContent = say.count.replace("{n}", number(shown, 0)).replace("{all}", number(rows.length, 0));
    dim();
  }

  function sortBy(button) {
    const header = button.closest("th");
    const column = header.cellIndex;
    const down = header.getAttribute("aria-sort") === "ascending";
    for (const other of header.parentNode.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const numeric = header.classList.contains("n");
    const compare = new Intl.Collator(data.locale, { numeric: true }).compare;
    const keys = rows.map((row) => {
      const cell = row.cells[column];
      return numeric ? parseFloat(cell.dataset.value) : cell.dataset.value || cell.textContent;
    });
    const sign = down ? -1 : 1;
    order = rows.map((_, at) => at).sort((a, b) => {
      if (!numeric) return sign * compare(keys[a], keys[b]) || a - b;
      const [x, y] = [keys[a], keys[b]];
      // what has no number stands last both ways
      if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y) || a - b;
      return sign * (x - y) || a - b;
    });
    body.append(...order.map((at) => rows[at]));
    refresh();
  }

  document.querySelectorAll("#units th button").forEach((button) =>
    button.addEventListener("click", () => sortBy(button)));
  search.addEventListener("input", () => { limit = STEP; refresh(); });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const first = order.map((at) => rows[at]).find((row) => !row.hidden);
    if (first) choose(Number(first.dataset.unit), true);
  });
  filters.forEach((filter) => filter.addEventListener("change", () => { limit = STEP; refresh(); }));
  more.addEventListener("click", () => { limit = Infinity; refresh(); });
  // paper has no button for the rest: all units that fit the filters are printed
  addEventListener("beforeprint", () => {
    limit = Infinity;
    document.querySelectorAll("details").forEach((it) => { it.open = true; });
    refresh();
  });
  addEventListener("afterprint", () => { limit = STEP; refresh(); });
  byId("clear").addEventListener("click", () => {
    search.value = "";
    filters.forEach((filter) => { filter.value = ""; });
    limit = STEP;
    refresh();
    search.focus();
  });
  body.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const row = event.target.closest("tr");
    if (!row) return;
    if (link) event.preventDefault();
    choose(Number(row.dataset.unit), Boolean(link));
  });

  // ---- map: layers, tooltips, zoom
  const map = byId("map");
  const shapes = map ? Array.from(map.querySelectorAll(".shape")) : [];
  const unitsOf = (shape) =>
    shape.dataset.unit !== undefined ? [Number(shape.dataset.unit)] : data.areas[Number(shape.dataset.area)];
  const layerChoice = byId("layer");

  function dim() {
    const all = matching.size === rows.length;
    for (const shape of shapes)
      shape.classList.toggle("dim", !all && !unitsOf(shape).some((unit) => matching.has(unit)));
  }

  function paint() {
    const layer = data.layers[Number(layerChoice.value)];
    const of = shapes.length && shapes[0].dataset.unit !== undefined ? layer.units : layer.areas;
    for (const shape of shapes) {
      const at = Number(shape.dataset.unit !== undefined ? shape.dataset.unit : shape.dataset.area);
      const number = of[at] === "-" ? -1 : parseInt(of[at], 36);
      shape.setAttribute("fill", number < 0 ? layer.fill : layer.colours[number]);
      shape.classList.toggle("stands", shape.dataset.unit !== undefined && layer.stands[at] === "1");
    }
    byId("layer-title").textContent = layer.title;
    document.querySelectorAll("[data-legend]").forEach((legend) => {
      legend.hidden = legend.dataset.legend !== layerChoice.value;
    });
  }

  if (map) {
    layerChoice.addEventListener("change", paint);
    const svg = map.querySelector("svg");
    const tip = byId("tip");
    const whole = svg.viewBox.baseVal;
    const [x0, y0, w0, h0] = [whole.x, whole.y, whole.width, whole.height];
    let view = [x0, y0, w0, h0];
    const show = () => svg.setAttribute("viewBox", view.join(" "));
    const zoom = (factor, cx = view[0] + view[2] / 2, cy = view[1] + view[3] / 2) => {
      const width = Math.min(w0, Math.max(w0 / 40, view[2] * factor));
      const scale = width / view[2];
      view = [cx - (cx - view[0]) * scale, cy - (cy - view[1]) * scale, width, view[3] * scale];
      view[0] = Math.min(Math.max(view[0], x0), x0 + w0 - view[2]);
      view[1] = Math.min(Math.max(view[1], y0), y0 + h0 - view[3]);
      show();
    };
    const move = (dx, dy) => {
      view[0] = Math.min(Math.max(view[0] + dx * view[2], x0), x0 + w0 - view[2]);
      view[1] = Math.min(Math.max(view[1] + dy * view[3], y0), y0 + h0 - view[3]);
      show();
    };
    const acts = {
      in: () => zoom(0.6), out: () => zoom(1 / 0.6), whole: () => { view = [x0, y0, w0, h0]; show(); },
      left: () => move(-0.25, 0), right: () => move(0.25, 0), up: () => move(0, -0.25), down: () => move(0, 0.25),
    };
    document.querySelectorAll("button[data-map]").forEach((button) =>
      button.addEventListener("click", acts[button.dataset.map]));
    const at = (event) => {
      const box = svg.getBoundingClientRect();
      return [view[0] + (event.clientX - box.left) / box.width * view[2],
        view[1] + (event.clientY - box.top) / box.height * view[3]];
    };
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 0.8 : 1.25, ...at(event));
    }, { passive: false });
    let held = null;
    svg.addEventListener("pointerdown", (event) => { held = { x: event.clientX, y: event.clientY, moved: false }; });
    svg.addEventListener("pointerup", () => { setTimeout(() => { held = null; }, 0); });
    svg.addEventListener("pointermove", (event) => {
      if (held && event.buttons) {
        const box = svg.getBoundingClientRect();
        const [dx, dy] = [held.x - event.clientX, held.y - event.clientY];
        if (held.moved || Math.abs(dx) + Math.abs(dy) > 4) {
          move(dx / box.width, dy / box.height);
          held = { x: event.clientX, y: event.clientY, moved: true };
        }
        return;
      }
      const shape = event.target.closest(".shape");
      tip.hidden = !shape;
      if (!shape) return;
      tip.textContent = describe(shape);
      const box = map.getBoundingClientRect();
      tip.style.left = Math.min(event.clientX - box.left + 14, box.width - 190) + "px";
      tip.style.top = event.clientY - box.top + 14 + "px";
    });
    svg.addEventListener("pointerleave", () => { tip.hidden = true; });
    svg.addEventListener("click", (event) => {
      const shape = event.target.closest(".shape");
      if (!shape || (held && held.moved)) return;
      if (shape.dataset.unit !== undefined) { choose(Number(shape.dataset.unit), false); return; }
      const county = document.querySelector('select[data-filter="county"]');
      if (county) {
        county.value = county.value === shape.dataset.name ? "" : shape.dataset.name;
        refresh();
      }
    });
  }

  function describe(shape) {
    const layer = data.layers[Number(layerChoice.value)];
    if (shape.dataset.unit === undefined) {
      const area = Number(shape.dataset.area);
      const number = layer.areas[area];
      const units = say.count.replace("{n}", number_(data.areas[area].length)).replace("{all}", number_(rows.length));
      return `${shape.dataset.name}: ${number === "-" ? layer.rest : layer.names[parseInt(number, 36)]} (${units})`;
    }
    const unit = Number(shape.dataset.unit);
    const number = layer.units[unit];
    const score = data.score[unit] === null ? say.none : number_(data.score[unit], data.decimals);
    return `${rowOf[unit].dataset.name}, ${rowOf[unit].dataset.county}: ` +
      `${number === "-" ? layer.rest : layer.names[parseInt(number, 36)]} · ${say.score} ${score}`;
  }
  function number_(value, decimals = 0) { return number(value, decimals); }

  // ---- profile of a unit
  const NS = "http://www.w3.org/2000/svg";
  const make = (name, attributes, text) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  function bar(share) {
    const svg = document.createElementNS(NS, "svg");
    svg.setAttribute("viewBox", "0 0 100 10");
    svg.setAttribute("width", "100");
    svg.setAttribute("height", "10");
    svg.setAttribute("aria-hidden", "true");
    for (const [kind, width] of [["bar-back", 100], ["bar", Math.max(0, Math.min(100, share))]]) {
      const rect = document.createElementNS(NS, "rect");
      rect.setAttribute("class", kind);
      rect.setAttribute("width", String(width));
      rect.setAttribute("height", "10");
      svg.append(rect);
    }
    return svg;
  }

  // ---- how sure the place of a unit is, among its neighbours by rank
  const sure = data.sure;
  const byRank = sure
    ? sure.ranks.map((_, unit) => unit).filter((unit) => sure.ranks[unit])
      .sort((a, b) => sure.ranks[a][0] - sure.ranks[b][0] || a - b)
    : [];
  const NEIGHBOURS = 10;

  function span(ranks, least, most) {
    const svg = document.createElementNS(NS, "svg");
    svg.setAttribute("viewBox", "0 0 110 12");
    svg.setAttribute("width", "110");
    svg.setAttribute("height", "12");
    svg.setAttribute("aria-hidden", "true");
    const x = (rank) => String(4 + (rank - least) / Math.max(1, most - least) * 102);
    const draw = (name, attributes) => {
      const element = document.createElementNS(NS, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      svg.append(element);
    };
    const [declared, low, median, high] = ranks;
    draw("line", { class: "span", x1: x(low), x2: x(high), y1: "6", y2: "6" });
    draw("line", { class: "declared", x1: x(declared), x2: x(declared), y1: "1", y2: "11" });
    draw("circle", { class: "median", cx: x(median), cy: "6", r: "3" });
    return svg;
  }

  function intervals(unit) {
    const at = byRank.indexOf(unit);
    if (at < 0) return null;
    const near = byRank.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1);
    const least = Math.min(...near.map((it) => Math.min(sure.ranks[it][0], sure.ranks[it][1])));
    const most = Math.max(...near.map((it) => Math.max(sure.ranks[it][0], sure.ranks[it][3])));
    const table = make("table", { class: "intervals" });
    const caption = make("caption", {}, say.intervals);
    caption.append(make("div", { class: "quiet" }, say.aboutIntervals));
    const head = make("tr");
    for (const [text, kind] of [[say.rank, "n"], [say.unit, ""], [say.interval, ""], [say.share, "n"]])
      head.append(make("th", kind ? { scope: "col", class: kind } : { scope: "col" }, text));
    const thead = make("thead");
    thead.append(head);
    const tbody = make("tbody");
    for (const it of near) {
      const ranks = sure.ranks[it];
      const line = make("tr", it === unit ? { class: "own" } : {});
      const interval = make("td");
      const ends = `${number(Math.floor(ranks[1]), 0)}–${number(Math.ceil(ranks[3]), 0)}`;
      interval.append(span(ranks, least, most), make("div", { class: "quiet" }, ends));
      line.append(
        make("td", { class: "n" }, number(ranks[0], 0)), make("th", { scope: "row" }, rowOf[it].dataset.name),
        interval, make("td", { class: "n" }, number(sure.shares[it] * 100, 1)));
      tbody.append(line);
    }
    table.append(caption, thead, tbody);
    return table;
  }

  function choose(unit, focus) {
    document.querySelectorAll(".chosen").forEach((old) => old.classList.remove("chosen"));
    const row = rowOf[unit];
    row.classList.add("chosen");
    const shape = shapes.find((it) => it.dataset.unit === String(unit));
    if (shape) { shape.classList.add("chosen"); shape.parentNode.append(shape); }
    const profile = byId("profile");
    profile.replaceChildren();
    profile.classList.add("filled");
    const title = make("h3", { tabindex: "-1" }, `${row.dataset.name} (${row.dataset.code})`);
    profile.append(title);
    profile.append(make("p", { class: "quiet" }, row.dataset.about));
    const score = data.score[unit];
    const facts = score === null ? say.unscored
      : `${say.score}: ${number(score, data.decimals)} · ${say.place}: ${row.dataset.place} · ${say.class}: ${row.dataset.className || "–"}` +
        (row.dataset.phase ? ` · ${say.phase}: ${row.dataset.phase}` : "");
    profile.append(make("p", { class: "big" }, facts));
    const table = make("table");
    table.append(make("caption", {}, say.profileCaption));
    const head = make("tr");
    for (const [text, kind] of [[say.indicator, ""], [say.measured, "n"], [say.normalised, "n"], [say.contribution, "n"]])
      head.append(make("th", kind ? { scope: "col", class: kind } : { scope: "col" }, text));
    const thead = make("thead");
    thead.append(head);
    const tbody = make("tbody");
    for (const it of data.indicators) {
      const line = make("tr");
      const name = make("th", { scope: "row" }, it.title);
      if (it.note) name.append(make("div", { class: "quiet" }, it.note));
      const raw = it.raw[unit];
      const stands = it.states[unit] === "s";
      const measured = make("td", { class: "n" }, raw === null ? say.states[it.states[unit]] || say.none : (stands ? "≈ " : "") + number(raw, it.decimals));
      if (stands) measured.append(make("div", { class: "quiet" }, say.states.s));
      const norm = make("td", { class: "n" });
      if (it.norm[unit] === null) norm.textContent = "–";
      else {
        norm.append(document.createTextNode(number(it.norm[unit], 1) + " "));
        if (it.range) norm.append(bar((it.norm[unit] - it.range[0]) / (it.range[1] - it.range[0]) * 100));
      }
      const share = it.share ? it.share[unit] : null;
      const part = make("td", { class: "n" });
      if (share === null || share === undefined) part.textContent = "–";
      else {
        part.append(document.createTextNode(number(share * 100, 1) + " % "));
        part.append(bar(share * 100));
      }
      line.append(name, measured, norm, part);
      tbody.append(line);
    }
    table.append(thead, tbody);
    profile.append(table);
    const sureness = sure ? intervals(unit) : null;
    if (sureness) profile.append(sureness);
    if (focus) { title.focus(); title.scrollIntoView({ block: "nearest" }); }
  }

  refresh();
  if (layerChoice) paint();
  const asked = decodeURIComponent(location.hash.slice(1)).replace(/^s/, "");
  if (position.has(asked)) choose(position.get(asked), true);
  document.documentElement.dataset.ready = "yes";
})();
