/* Draws what is visible. A frame costs as much as it has pixels: of calls narrower than a pixel one is drawn. */
const GUTTER = 190, GAP = 6, RULER = 20, FOLDED_ROWS = 1, LABEL = 30, MIN_ROW = 3, MAX_ROW = 15, ROW_WITH_TEXT = 11;
const canvas = document.getElementById('timeline'), ctx = canvas.getContext('2d');
const minimap = document.getElementById('minimap');

/** What is shown. Times in nanoseconds since the start, scroll in CSS pixels. */
const view = { from: 0, to: 1, scroll: 0, selected: -1, range: null, query: '', threadFilter: '', drag: null, row: MAX_ROW };
const frames = [];
let shownTracks = [], contentHeight = 0, image = null, pixels = null, colors = null, theme = {}, scheduled = false;
let matchIds = new Int32Array(0), overview = null;

function lowerEnd(time, from, to) { // first slice that ends after the time
  const end = trace.end;
  while (from < to) {
    const middle = from + to >>> 1;
    if (end[middle] > time) to = middle; else from = middle + 1;
  }
  return from;
}

/** As lowerEnd, for an answer that is probably near. */
function gallopEnd(time, from, to) {
  const end = trace.end;
  let step = 1, low = from;
  while (low + step < to && end[low + step] <= time) {
    low += step;
    step *= 2;
  }
  return lowerEnd(time, low, Math.min(to, low + step + 1));
}

function lowerId(ids, id) {
  let from = 0, to = ids.length;
  while (from < to) {
    const middle = from + to >>> 1;
    if (ids[middle] >= id) to = middle; else from = middle + 1;
  }
  return from;
}

function layout() {
  const filter = view.threadFilter.toLowerCase();
  let y = 4;
  shownTracks = [];
  for (const track of trace.tracks) {
    track.visible = !filter || (track.label + ' ' + track.sub).toLowerCase().includes(filter);
    if (!track.visible) continue;
    track.y = y;
    track.shownRows = track.folded ? Math.min(FOLDED_ROWS, track.rows) : track.rows;
    y += track.height = Math.max(LABEL, track.shownRows * view.row) + GAP;
    shownTracks.push(track);
  }
  for (const counter of counterTracks()) {
    counter.y = y;
    y += counter.height = 45 + GAP;
  }
  contentHeight = y;
}

/** Rows as high as lets all threads be seen at once, if that is possible. */
function fitRows() {
  let rows = 0;
  for (const track of trace.tracks) rows += track.rows;
  const room = canvas.clientHeight - RULER - trace.tracks.length * GAP;
  view.row = Math.max(MIN_ROW, Math.min(MAX_ROW, Math.floor(room / Math.max(1, rows))));
}

function counterTracks() {
  if (!trace.counterTracks) {
    const byName = new Map();
    for (const c of trace.counters) {
      if (!byName.has(c.name)) byName.set(c.name, { label: c.name, points: [], y: 0 });
      byName.get(c.name).points.push(c);
    }
    trace.counterTracks = [...byName.values()];
    for (const t of trace.counterTracks) {
      t.points.sort((a, b) => a.time - b.time);
      t.least = t.points.reduce((m, p) => Math.min(m, p.value), 0);
      t.most = t.points.reduce((m, p) => Math.max(m, p.value), t.least + 1e-9);
    }
  }
  return trace.counterTracks;
}

function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  // Similar names must not get similar numbers.
  h = Math.imul(h ^ h >>> 16, 0x85EBCA6B);
  h = Math.imul(h ^ h >>> 13, 0xC2B2AE35);
  return (h ^ h >>> 16) >>> 0;
}

/** The same package has the same hue in every trace. */
function packageColor(name, dark) {
  const h = hash(name), hue = h % 360, light = dark ? 38 + (h >>> 9) % 10 : 70 + (h >>> 9) % 9;
  return rgb(hue, 45 + (h >>> 17) % 20, light);
}

function rgb(hue, saturation, light) {
  const s = saturation / 100, l = light / 100, a = s * Math.min(l, 1 - l);
  const part = n => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}

function packed([r, g, b]) { return (255 << 24 | b << 16 | g << 8 | r) >>> 0; }

function css([r, g, b]) { return `rgb(${r},${g},${b})`; }

function makeColors() {
  const style = getComputedStyle(document.documentElement);
  const dark = document.documentElement.classList.contains('dark');
  for (const key of ['back', 'fore', 'dim', 'line', 'soft', 'lit']) theme[key] = style.getPropertyValue('--' + key).trim();
  theme.dark = dark;
  theme.backPixel = packed(dark ? [20, 24, 29] : [255, 255, 255]);
  theme.linePixel = packed(dark ? [34, 40, 47] : [238, 241, 244]);
  theme.litPixel = packed(dark ? [251, 146, 60] : [234, 88, 12]);
  theme.fadedPixel = packed(dark ? [44, 51, 59] : [223, 227, 231]);
  colors = new Uint32Array(trace.names.length);
  for (const p of trace.packages) p.rgb = packageColor(p.name, dark);
  trace.names.forEach((name, i) => { colors[i] = packed(name.package.rgb); });
}

function schedule() {
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(() => { scheduled = false; draw(); });
  }
}

function resize() {
  const ratio = window.devicePixelRatio || 1, box = canvas.getBoundingClientRect();
  const width = Math.max(1, Math.round(box.width * ratio)), height = Math.max(1, Math.round(box.height * ratio));
  if (canvas.width === width && canvas.height === height && image) return;
  canvas.width = width;
  canvas.height = height;
  image = ctx.createImageData(width, height);
  pixels = new Uint32Array(image.data.buffer);
}

function timeAt(x) { return view.from + (x - GUTTER) * (view.to - view.from) / Math.max(1, canvas.clientWidth - GUTTER); }
function xAt(time) { return GUTTER + (time - view.from) * (canvas.clientWidth - GUTTER) / (view.to - view.from); }

function fill(x0, y0, x1, y1, color) {
  const width = canvas.width;
  for (let y = Math.max(0, y0), bottom = Math.min(canvas.height, y1); y < bottom; y++) pixels.fill(color, y * width + x0, y * width + x1);
}

function draw() {
  const started = performance.now();
  resize();
  const ratio = canvas.width / Math.max(1, canvas.clientWidth), height = canvas.clientHeight;
  view.scroll = Math.max(0, Math.min(view.scroll, contentHeight - height + RULER + 20));
  pixels.fill(theme.backPixel);
  const labels = [];
  for (const track of shownTracks) {
    const top = track.y - view.scroll + RULER;
    if (top > height || top + track.height < RULER) continue;
    fill(0, Math.round((top - GAP / 2) * ratio), canvas.width, Math.round((top - GAP / 2) * ratio) + 1, theme.linePixel);
    const first = Math.max(0, Math.floor((RULER - top) / view.row)), last = Math.min(track.shownRows, Math.ceil((height - top) / view.row));
    for (let row = first; row < last; row++) drawRow(track, row, top + row * view.row, ratio, labels);
  }
  ctx.putImageData(image, 0, 0);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawLabels(labels);
  drawCounters(height);
  drawInstants(height);
  drawOverlays(height);
  drawGutter(height);
  drawRuler();
  drawMinimap();
  frames.push(performance.now() - started);
  if (frames.length > 2000) frames.shift();
}

function drawRow(track, row, y, ratio, labels) {
  const { begin, end, what } = trace, from = track.start[row], to = track.start[row + 1];
  if (from === to) return;
  const left = Math.round(GUTTER * ratio), width = canvas.width - left, scale = width / (view.to - view.from);
  const y0 = Math.max(Math.round(RULER * ratio), Math.round(y * ratio)), y1 = Math.min(canvas.height, Math.max(y0 + 1, Math.round((y + view.row - (view.row > 5 ? 1 : 0)) * ratio)));
  const stride = canvas.width, searching = view.query !== '', hidden = trace.hidden;
  const wide = 28 * ratio, target = pixels;
  for (let i = lowerEnd(view.from, from, to); i < to && begin[i] < view.to;) {
    const x0 = Math.max(0, Math.floor((begin[i] - view.from) * scale));
    const x1 = Math.min(width, Math.max(x0 + 1, Math.floor((end[i] - view.from) * scale)));
    const name = what[i] & NAME_MASK;
    if (!hidden[name]) {
      const color = searching ? theme.fadedPixel : colors[name];
      // A pixel of back shows where a wide call ends.
      const stop = x1 - x0 > 3 ? x1 - 1 : x1;
      for (let line = y0; line < y1; line++) target.fill(color, line * stride + left + x0, line * stride + left + stop);
      if (x1 - x0 > wide && view.row >= ROW_WITH_TEXT) labels.push(i, left + x0, x1 - x0, y);
    }
    i++;
    if (x1 - x0 <= 1 && i < to) i = gallopEnd(view.from + (x0 + 1) / scale, i, to);
  }
  if (searching) drawMatches(from, to, left, width, scale, y0, y1);
}

function drawMatches(from, to, left, width, scale, y0, y1) {
  const { begin, end } = trace, stride = canvas.width;
  const last = lowerId(matchIds, to);
  let k = lowerId(matchIds, lowerEnd(view.from, from, to)), drawn = -1;
  while (k < last && begin[matchIds[k]] < view.to) {
    const i = matchIds[k], x0 = Math.max(0, Math.floor((begin[i] - view.from) * scale));
    const x1 = Math.min(width, Math.max(x0 + 1, Math.floor((end[i] - view.from) * scale)));
    if (x1 > drawn) {
      const stop = x1 - x0 > 3 ? x1 - 1 : x1;
      for (let line = y0; line < y1; line++) pixels.fill(theme.litPixel, line * stride + left + x0, line * stride + left + stop);
      drawn = x1;
    }
    k++;
    if (x1 - x0 <= 1 && k < last) k = Math.max(k, lowerId(matchIds, gallopEnd(view.from + (x0 + 1) / scale, matchIds[k], to)));
  }
}

function shortName(name) {
  return name.cls ? name.cls.slice(name.cls.lastIndexOf('.') + 1) + '.' + name.label.slice(name.cls.length + 1) : name.label;
}

function drawLabels(labels) {
  const ratio = canvas.width / Math.max(1, canvas.clientWidth);
  ctx.font = '11px ui-monospace, monospace';
  ctx.textBaseline = 'middle';
  for (let k = 0; k < labels.length; k += 4) {
    const id = nameOf(labels[k]), x = labels[k + 1] / ratio, width = labels[k + 2] / ratio, y = labels[k + 3];
    const name = trace.names[id], room = Math.floor((width - 6) / 6.7);
    if (room < 3 || y < RULER - 2) continue;
    let text = shortName(name);
    if (text.length > room) text = name.method.length <= room ? name.method : name.method.slice(0, room - 1) + '…';
    ctx.fillStyle = view.query !== '' && !trace.matching[id] ? theme.dim : view.query !== '' || !theme.dark ? '#14181d' : '#f1f4f7';
    ctx.fillText(text, x + 3, y + view.row / 2);
  }
}

function drawCounters(height) {
  ctx.font = '11px system-ui, sans-serif';
  for (const track of counterTracks()) {
    const top = track.y - view.scroll + RULER, tall = 41;
    if (top > height || top + tall < 0) continue;
    const y = value => top + tall - (value - track.least) / (track.most - track.least) * (tall - 4);
    ctx.fillStyle = css(packageColor(track.label, theme.dark));
    for (let i = 0; i < track.points.length; i++) {
      const from = Math.max(GUTTER, xAt(track.points[i].time));
      const to = i + 1 < track.points.length ? xAt(track.points[i + 1].time) : canvas.clientWidth;
      if (to > GUTTER) ctx.fillRect(from, y(track.points[i].value), Math.max(1, to - from), top + tall - y(track.points[i].value));
    }
  }
}

function drawInstants(height) {
  ctx.fillStyle = theme.lit;
  let drawn = 0;
  for (const instant of trace.instants) {
    if (instant.time < view.from || instant.time > view.to) continue;
    const track = trace.threads[instant.thread].track;
    if (!track || !track.visible) continue;
    const x = xAt(instant.time), y = track.y - view.scroll + RULER;
    if (y < RULER - 4 || y > height || ++drawn > 5000) continue;
    ctx.beginPath();
    ctx.moveTo(x, y + 5); ctx.lineTo(x - 4, y - 3); ctx.lineTo(x + 4, y - 3);
    ctx.fill();
  }
}

function drawOverlays(height) {
  if (view.range) {
    const x0 = Math.max(GUTTER, xAt(view.range[0])), x1 = Math.min(canvas.clientWidth, xAt(view.range[1]));
    ctx.fillStyle = theme.dark ? 'rgba(251,146,60,.13)' : 'rgba(234,88,12,.10)';
    if (x1 > x0) ctx.fillRect(x0, RULER, x1 - x0, height);
  }
  if (view.selected >= 0) {
    const { track, row } = placeOf(view.selected), y = track.y + row * view.row - view.scroll + RULER;
    const x0 = Math.max(GUTTER - 1, xAt(trace.begin[view.selected])), x1 = Math.min(canvas.clientWidth, xAt(trace.end[view.selected]));
    if (track.visible && row < track.shownRows && x1 >= GUTTER && x0 <= canvas.clientWidth && y > RULER - view.row) {
      ctx.strokeStyle = theme.fore;
      ctx.lineWidth = 2;
      ctx.strokeRect(x0 + 1, y, Math.max(2, x1 - x0 - 2), Math.max(3, view.row - 1));
    }
  }
}

function drawGutter(height) {
  ctx.fillStyle = theme.back;
  ctx.fillRect(0, 0, GUTTER - 1, height);
  ctx.fillStyle = theme.line;
  ctx.fillRect(GUTTER - 1, 0, 1, height);
  for (const track of [...shownTracks, ...counterTracks()]) {
    const top = track.y - view.scroll + RULER, tall = track.height - GAP;
    if (top > height || top + tall < RULER) continue;
    // The name stays in sight while any of the track is.
    const y = Math.min(Math.max(top, RULER + 2), top + tall - LABEL);
    ctx.font = '12px system-ui, sans-serif';
    ctx.fillStyle = theme.fore;
    ctx.fillText((track.folded ? '▸ ' : '') + clip(track.label, 28), 8, y + 8, GUTTER - 16);
    ctx.font = '10px system-ui, sans-serif';
    ctx.fillStyle = theme.dim;
    ctx.fillText(track.sub || 'counter, up to ' + track.most, 8, y + 22, GUTTER - 16);
  }
}

function clip(text, length) { return text.length > length ? text.slice(0, length - 1) + '…' : text; }

function drawRuler() {
  ctx.fillStyle = theme.soft;
  ctx.fillRect(0, 0, canvas.clientWidth, RULER);
  ctx.fillStyle = theme.dim;
  ctx.font = '10px system-ui, sans-serif';
  const span = view.to - view.from, raw = span / Math.max(1, (canvas.clientWidth - GUTTER) / 110);
  const power = Math.pow(10, Math.floor(Math.log10(raw))), step = power * ([1, 2, 5, 10].find(m => m * power >= raw) || 10);
  for (let t = Math.ceil(view.from / step) * step; t <= view.to; t += step) {
    const x = xAt(t);
    ctx.fillRect(x, RULER - 5, 1, 5);
    ctx.fillText(duration(t, step), x + 3, RULER / 2);
  }
  ctx.fillText(duration(span) + ' shown', 8, RULER / 2);
}

/** Nanoseconds for people; with a step, with as many decimals as tell two steps apart. */
function duration(nanos, step) {
  const size = step === undefined ? Math.abs(nanos) : Math.max(Math.abs(nanos), step);
  const [unit, per] = size >= 1e9 ? ['s', 1e9] : size >= 1e6 ? ['ms', 1e6] : size >= 1e3 ? ['µs', 1e3] : ['ns', 1];
  const value = nanos / per;
  if (step !== undefined) return value.toFixed(Math.max(0, Math.min(9, Math.ceil(-Math.log10(step / per) - 1e-9)))) + ' ' + unit;
  return (per === 1 ? String(Math.round(value)) : value >= 100 ? value.toFixed(1) : value >= 10 ? value.toFixed(2) : value.toFixed(3)) + ' ' + unit;
}

/** How much of the threads is busy, by time; looked at once. */
function makeOverview() {
  const width = 1200, load = new Float32Array(width), step = trace.duration / width;
  for (const track of trace.tracks.slice(0, 500)) {
    const from = track.start[0], to = track.start[1];
    let i = from;
    for (let x = 0; x < width && i < to; x++) {
      i = gallopEnd(x * step, i, to);
      let busy = 0;
      for (let k = i, n = 0; k < to && trace.begin[k] < (x + 1) * step && n < 16; k++, n++) {
        busy += Math.min(trace.end[k], (x + 1) * step) - Math.max(trace.begin[k], x * step);
      }
      load[x] += Math.min(1, Math.max(0.08, busy / step)) * (i < to && trace.begin[i] < (x + 1) * step ? 1 : 0);
    }
  }
  const most = load.reduce((a, b) => Math.max(a, b), 1e-9);
  overview = load.map(v => v / most);
}

function drawMinimap() {
  const ratio = window.devicePixelRatio || 1, width = minimap.clientWidth, height = 44, m = minimap.getContext('2d');
  if (minimap.width !== Math.round(width * ratio)) {
    minimap.width = Math.round(width * ratio);
    minimap.height = Math.round(height * ratio);
  }
  m.setTransform(ratio, 0, 0, ratio, 0, 0);
  m.fillStyle = theme.back;
  m.fillRect(0, 0, width, height);
  const inner = width - GUTTER, x = t => GUTTER + t / trace.duration * inner;
  m.fillStyle = theme.dim;
  if (overview) for (let i = 0; i < overview.length; i++) m.fillRect(GUTTER + i * inner / overview.length, height - 2 - overview[i] * 36, inner / overview.length + .5, overview[i] * 36);
  if (view.range) {
    m.fillStyle = theme.lit;
    m.fillRect(x(view.range[0]), height - 3, Math.max(2, x(view.range[1]) - x(view.range[0])), 3);
  }
  m.fillStyle = theme.dark ? 'rgba(120,160,220,.22)' : 'rgba(60,110,190,.16)';
  m.fillRect(x(view.from), 0, Math.max(2, x(view.to) - x(view.from)), height);
  m.fillStyle = theme.dim;
  m.font = '11px system-ui, sans-serif';
  m.fillText(duration(trace.duration) + ' in all', 8, 26);
}

function placeOf(slice) {
  let from = 0, to = trace.tracks.length - 1;
  while (from < to) {
    const middle = from + to + 1 >>> 1;
    if (trace.tracks[middle].start[0] <= slice) from = middle; else to = middle - 1;
  }
  const track = trace.tracks[from];
  let low = 0, high = track.rows - 1;
  while (low < high) {
    const middle = low + high + 1 >>> 1;
    if (track.start[middle] <= slice) low = middle; else high = middle - 1;
  }
  return { track, row: low };
}

function threadOf(slice) {
  const { track } = placeOf(slice);
  let from = 0, to = track.threads.length - 1;
  while (from < to) {
    const middle = from + to + 1 >>> 1;
    if (track.threads[middle].first <= trace.begin[slice]) from = middle; else to = middle - 1;
  }
  return track.threads[from];
}
