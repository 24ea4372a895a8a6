/* What the person does. */
const byId = id => document.getElementById(id);
let matchAt = -1, fragmentTimer = 0;

function clampView() {
  const least = 20, span = Math.max(least, Math.min(view.to - view.from, trace.duration * 1.02));
  const from = Math.max(-trace.duration * 0.01, Math.min(view.from, trace.duration * 1.01 - span));
  view.from = from;
  view.to = from + span;
}

function changed() {
  clampView();
  schedule();
  clearTimeout(fragmentTimer);
  fragmentTimer = setTimeout(writeFragment, 250);
}

function show(from, to) { view.from = from; view.to = to; changed(); }
function zoom(factor, time) { show(time - (time - view.from) * factor, time + (view.to - time) * factor); }
function pan(part) { const by = (view.to - view.from) * part; show(view.from + by, view.to + by); }
function whole() { show(-trace.duration * 0.005, trace.duration * 1.005); }

function select(slice, reveal) {
  view.selected = slice;
  showCall();
  openTab('call');
  if (slice >= 0 && reveal) {
    const { track, row } = placeOf(slice);
    if (track.folded && row >= FOLDED_ROWS) { track.folded = false; layout(); }
    const y = track.y + row * view.row, height = canvas.clientHeight - RULER;
    if (y < view.scroll || y > view.scroll + height - 2 * view.row) view.scroll = Math.max(0, y - height / 3);
    const length = trace.end[slice] - trace.begin[slice], span = view.to - view.from;
    if (trace.end[slice] < view.from || trace.begin[slice] > view.to || length < span / 2000) {
      const wanted = length < span / 2000 ? Math.max(length * 30, 100) : span, middle = trace.begin[slice] + length / 2;
      view.from = middle - wanted / 2;
      view.to = middle + wanted / 2;
    }
  }
  changed();
}

function setRange(from, to) {
  view.range = from === undefined ? null : [Math.max(0, Math.min(from, to)), Math.min(trace.duration, Math.max(from, to))];
  updateRange();
  changed();
}

function openTab(name) {
  for (const button of document.querySelectorAll('#panel nav button')) button.setAttribute('aria-selected', String(button.dataset.tab === name));
  for (const tab of document.querySelectorAll('.tab')) tab.hidden = tab.id !== name;
  if (name === 'methods') showMethods();
  if (name === 'slowest') showSlowest();
  if (name === 'flame') showFlame();
  if (name === 'path') showPath();
  view.tab = name;
}

function setQuery(text) {
  byId('search').value = text;
  view.query = text.trim();
  matchIds = search(text);
  matchAt = -1;
  byId('matches').textContent = view.query === '' ? '' : matchIds.length.toLocaleString('en') + (matchIds.length === 1 ? ' call' : ' calls');
  if (view.tab === 'flame') showFlame();
  changed();
}

/** Matches in the order of time, the next one after what is chosen. */
function step(direction) {
  if (!matchIds.length) return;
  matchAt = matchAt < 0 ? (direction > 0 ? 0 : matchIds.length - 1) : (matchAt + direction + matchIds.length) % matchIds.length;
  select(matchIds[matchAt], true);
  byId('matches').textContent = (matchAt + 1).toLocaleString('en') + ' of ' + matchIds.length.toLocaleString('en') + ' calls';
}

function longest() {
  if (view.selected < 0) return;
  const name = nameOf(view.selected);
  let best = view.selected;
  for (let i = 0; i < trace.size; i++) {
    if ((trace.what[i] & NAME_MASK) === name && trace.end[i] - trace.begin[i] > trace.end[best] - trace.begin[best]) best = i;
  }
  select(best, true);
}

function applyFilters() {
  trace.hidden = new Uint8Array(trace.names.length);
  trace.names.forEach((name, i) => { trace.hidden[i] = name.package.hidden ? 1 : 0; });
  layout();
  setQuery(byId('search').value);
  updateRange();
}

function listPackages() {
  const box = byId('packages');
  box.replaceChildren();
  for (const p of trace.packages.slice(0, 500)) {
    const label = element('label'), tick = element('input', undefined, { type: 'checkbox', checked: !p.hidden }), color = element('i');
    color.style.background = css(p.rgb);
    tick.onchange = () => { p.hidden = !tick.checked; applyFilters(); };
    label.append(tick, color, element('span', p.name), element('small', p.count.toLocaleString('en')));
    box.append(label);
  }
}

function move(key) {
  if (view.selected < 0) {
    for (const track of shownTracks) {
      const i = lowerEnd(view.from, track.start[0], track.start[1]);
      if (i < track.start[1]) return select(i, true);
    }
    return;
  }
  const slice = view.selected, { track, row } = placeOf(slice);
  if (key === 'ArrowLeft' && slice > track.start[row]) select(slice - 1, true);
  if (key === 'ArrowRight' && slice + 1 < track.start[row + 1]) select(slice + 1, true);
  if (key === 'ArrowUp') {
    const path = callers(slice);
    if (path.length > 1) select(path[1], true);
  }
  if (key === 'ArrowDown' && row + 1 < track.rows) {
    const to = track.start[row + 2], i = lowerEnd(trace.begin[slice], track.start[row + 1], to);
    if (i < to && trace.begin[i] < trace.end[slice]) select(i, true);
  }
  if (key === 'PageUp' || key === 'PageDown') {
    for (let at = shownTracks.indexOf(track) + (key === 'PageUp' ? -1 : 1); at >= 0 && at < shownTracks.length; at += key === 'PageUp' ? -1 : 1) {
      const other = shownTracks[at], to = other.start[1];
      const i = Math.min(lowerEnd(trace.begin[slice], other.start[0], to), to - 1);
      if (i >= other.start[0]) return select(i, true);
    }
  }
}

function setRows(height) {
  const middle = (view.scroll + canvas.clientHeight / 2) / Math.max(1, contentHeight);
  view.row = Math.max(MIN_ROW, Math.min(24, height));
  layout();
  view.scroll = middle * contentHeight - canvas.clientHeight / 2;
  changed();
}

function setTheme(dark) {
  document.documentElement.classList.toggle('dark', dark);
  makeColors();
  listPackages();
  schedule();
  if (view.tab === 'flame') showFlame();
}

const KEYS = {
  w: () => zoom(0.7, keyTime()), s: () => zoom(1 / 0.7, keyTime()), a: () => pan(-0.15), d: () => pan(0.15),
  j: () => { view.scroll += 60; changed(); }, k: () => { view.scroll -= 60; changed(); },
  f: () => { if (view.selected >= 0) { const l = Math.max(10, trace.end[view.selected] - trace.begin[view.selected]); show(trace.begin[view.selected] - l * 0.1, trace.end[view.selected] + l * 0.1); } },
  m: () => { if (view.selected >= 0) { setRange(trace.begin[view.selected], trace.end[view.selected]); openTab('methods'); } },
  r: () => { setRange(view.from, view.to); openTab('methods'); },
  l: longest, n: () => step(1), b: () => step(-1), 0: whole, p: () => byId('filters').click(), t: () => byId('theme').click(),
  '+': () => setRows(view.row + 3), '=': () => setRows(view.row + 3), '-': () => setRows(view.row - 3),
  '/': () => byId('search').focus(), '?': () => byId('keys').showModal(),
  1: () => openTab('call'), 2: () => openTab('methods'), 3: () => openTab('slowest'), 4: () => openTab('flame'), 5: () => openTab('path'),
  Escape: () => { if (view.query !== '') setQuery(''); else if (view.range) setRange(); else { view.selected = -1; showCall(); changed(); } },
};

/** Keys zoom around the chosen call if it is in sight, else around the middle. */
function keyTime() {
  const slice = view.selected, middle = (view.from + view.to) / 2;
  if (slice < 0 || trace.end[slice] < view.from || trace.begin[slice] > view.to) return middle;
  return Math.max(view.from, Math.min(view.to, (trace.begin[slice] + trace.end[slice]) / 2));
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId('keys').open) return;
  if (event.target.tagName === 'INPUT' && event.target.type !== 'checkbox') {
    if (event.key === 'Enter' && event.target.id === 'search') step(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') { setQuery(''); canvas.focus(); }
    return;
  }
  if (event.key.startsWith('Arrow') || event.key.startsWith('Page')) {
    if (event.target !== canvas && event.target !== document.body) return;
    event.preventDefault();
    return move(event.key);
  }
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (action) { event.preventDefault(); action(); }
});

function hitTest(x, y) {
  const top = y - RULER + view.scroll;
  const track = shownTracks.find(t => top >= t.y && top < t.y + t.height);
  if (!track) return {};
  const row = Math.floor((top - track.y) / view.row);
  if (row >= track.shownRows || x < GUTTER) return { track };
  const tolerance = 2 * (view.to - view.from) / (canvas.clientWidth - GUTTER), time = timeAt(x), to = track.start[row + 1];
  let slice = -1;
  for (let i = lowerEnd(time - tolerance, track.start[row], to), n = 0; i < to && trace.begin[i] <= time + tolerance && n < 1000; i++, n++) {
    if (trace.hidden[nameOf(i)]) continue;
    if (slice < 0 || trace.begin[i] <= time) slice = i;
  }
  return { track, slice };
}

canvas.addEventListener('wheel', event => {
  event.preventDefault();
  if (event.ctrlKey || event.shiftKey || event.offsetX < GUTTER) {
    view.scroll += event.deltaY || event.deltaX;
    return changed();
  }
  if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return pan(event.deltaX / 1000);
  zoom(Math.exp(Math.max(-200, Math.min(200, event.deltaY)) / 350), timeAt(event.offsetX));
}, { passive: false });

canvas.addEventListener('pointerdown', event => {
  canvas.setPointerCapture(event.pointerId);
  view.drag = { x: event.offsetX, y: event.offsetY, from: view.from, to: view.to, scroll: view.scroll, moved: false,
    range: event.shiftKey || event.offsetY < RULER, time: timeAt(event.offsetX) };
});

canvas.addEventListener('pointermove', event => {
  const drag = view.drag;
  if (!drag) return;
  const dx = event.offsetX - drag.x, dy = event.offsetY - drag.y;
  if (!drag.moved && Math.abs(dx) + Math.abs(dy) < 4) return;
  drag.moved = true;
  if (drag.range) {
    const time = timeAt(event.offsetX);
    view.range = [Math.max(0, Math.min(drag.time, time)), Math.min(trace.duration, Math.max(drag.time, time))];
    return schedule();
  }
  const by = dx * (drag.to - drag.from) / (canvas.clientWidth - GUTTER);
  view.scroll = drag.scroll - dy;
  show(drag.from - by, drag.to - by);
});

canvas.addEventListener('pointerup', event => {
  const drag = view.drag;
  view.drag = null;
  if (!drag) return;
  if (drag.moved && drag.range) { setRange(...view.range); openTab(['call', 'slowest'].includes(view.tab) ? 'methods' : view.tab); return; }
  if (drag.moved) return;
  const { track, slice } = hitTest(event.offsetX, event.offsetY);
  if (slice >= 0) return select(slice);
  if (track && event.offsetX < GUTTER) {
    track.folded = !track.folded;
    layout();
    openTab('call');
    showThread(track);
    return changed();
  }
  select(-1);
});

canvas.addEventListener('dblclick', () => KEYS.f());

minimap.addEventListener('pointerdown', event => { minimap.setPointerCapture(event.pointerId); moveTo(event); });
minimap.addEventListener('pointermove', event => { if (event.buttons) moveTo(event); });
function moveTo(event) {
  const time = (event.offsetX - GUTTER) / (minimap.clientWidth - GUTTER) * trace.duration, half = (view.to - view.from) / 2;
  show(time - half, time + half);
}

byId('search').oninput = event => setQuery(event.target.value);
byId('threadFilter').oninput = event => { view.threadFilter = event.target.value; applyFilters(); };
byId('allPackages').onclick = () => { for (const p of trace.packages) p.hidden = false; listPackages(); applyFilters(); };
byId('noPackages').onclick = () => { for (const p of trace.packages) p.hidden = true; listPackages(); applyFilters(); };
byId('filters').onclick = () => {
  byId('side').hidden = !byId('side').hidden;
  byId('filters').setAttribute('aria-expanded', String(!byId('side').hidden));
  if (!byId('side').hidden) byId('threadFilter').focus();
  schedule();
};
byId('whole').onclick = whole;
byId('theme').onclick = () => { setTheme(!theme.dark); changed(); };
byId('help').onclick = () => byId('keys').showModal();
for (const button of document.querySelectorAll('#panel nav button')) button.onclick = () => openTab(button.dataset.tab);
byId('grip').onpointerdown = event => {
  byId('grip').setPointerCapture(event.pointerId);
  byId('grip').onpointermove = e => {
    byId('panel').style.height = Math.max(60, window.innerHeight - e.clientY) + 'px';
    schedule();
    showFlame();
  };
  byId('grip').onpointerup = () => { byId('grip').onpointermove = null; };
};
window.addEventListener('resize', () => { schedule(); showFlame(); });

/** The view as the page's address has it, so that a link or a reload shows the same. */
function writeFragment() {
  const p = new URLSearchParams();
  p.set('v', [view.from, view.to].map(t => Math.round(t)).join('-'));
  p.set('h', String(view.row));
  if (view.scroll) p.set('y', String(Math.round(view.scroll)));
  if (view.selected >= 0) p.set('s', String(view.selected));
  if (view.range) p.set('r', view.range.map(t => Math.round(t)).join('-'));
  if (view.query) p.set('q', view.query);
  if (view.threadFilter) p.set('t', view.threadFilter);
  if (view.tab && view.tab !== 'slowest') p.set('tab', view.tab);
  if (theme.dark !== matchMedia('(prefers-color-scheme: dark)').matches) p.set('dark', theme.dark ? '1' : '0');
  const hidden = trace.packages.filter(x => x.hidden).map(x => x.name);
  if (hidden.length) p.set('hide', hidden.join(','));
  const text = '#' + p;
  if (text === location.hash) return;
  try { history.replaceState(null, '', text); } catch (e) { location.replace(text); }
}

function readFragment() {
  const p = new URLSearchParams(location.hash.slice(1));
  const pair = key => (/^(-?\d+)-(-?\d+)$/.exec(p.get(key) || '') || []).slice(1).map(Number);
  const hide = new Set((p.get('hide') || '').split(','));
  for (const x of trace.packages) x.hidden = hide.has(x.name);
  view.threadFilter = byId('threadFilter').value = p.get('t') || '';
  byId('search').value = p.get('q') || '';
  const dark = p.get('dark');
  document.documentElement.classList.toggle('dark', dark === null ? matchMedia('(prefers-color-scheme: dark)').matches : dark === '1');
  const [from, to] = pair('v'), range = pair('r'), selected = Number(p.get('s') || -1);
  // A range that somebody mistyped would show sums of nothing.
  const [first, last] = [Math.max(0, range[0]), Math.min(trace.duration, range[1])];
  view.range = first <= last ? [first, last] : null;
  view.selected = selected >= 0 && selected < trace.size ? selected : -1;
  view.scroll = Number(p.get('y')) || 0;
  if (Number(p.get('h'))) view.row = Math.max(MIN_ROW, Math.min(24, Number(p.get('h')))); else fitRows();
  if (to > from) { view.from = from; view.to = to; } else { view.from = -trace.duration * 0.005; view.to = trace.duration * 1.005; }
  view.tab = ['call', 'methods', 'slowest', 'flame', 'path'].includes(p.get('tab')) ? p.get('tab') : trace.size ? 'slowest' : 'call';
}

window.addEventListener('hashchange', () => { readFragment(); setTheme(document.documentElement.classList.contains('dark')); applyFilters(); openTab(view.tab); showCall(); });

function describe() {
  const m = trace.meta, counts = m.counts || {};
  document.title = (m.main || 'process ' + m.pid) + ' - jtracer';
  byId('title').textContent = (m.main && m.main.split('/').pop()) || 'process ' + m.pid;
  byId('about').textContent = [m.pid && 'pid ' + m.pid, m.start && m.start.replace('T', ' ').slice(0, 19), duration(trace.duration),
    trace.size.toLocaleString('en') + ' calls', trace.threads.filter(t => !t.lane).length + ' threads', m.jvm].filter(Boolean).join(' · ');
  byId('about').title = Object.entries(m).filter(([, v]) => typeof v !== 'object').map(([k, v]) => k + ': ' + v).join('\n');
  if (counts.lostCalls > 0) {
    const before = counts.lostCallsBefore > 0 ? counts.lostCallsBefore.toLocaleString('en') + ' before ' + duration(counts.completeFromNanos) : '';
    const after = counts.lostCallsAfter > 0 ? counts.lostCallsAfter.toLocaleString('en') + ' after ' + duration(counts.completeUntilNanos) : '';
    byId('lost').textContent = counts.lostCalls.toLocaleString('en') + ' calls were lost (' + [before, after].filter(Boolean).join(', ')
      + '). Trace fewer packages (--include), leave short calls out (--min-duration) or take a larger --buffer.';
    byId('lost').hidden = false;
  }
}

async function begin() {
  const started = performance.now();
  await readTrace();
  byId('message').style.display = 'none';
  readFragment();
  makeColors();
  trace.hidden = new Uint8Array(trace.names.length);
  describe();
  byId('message').hidden = true;
  listPackages();
  openTab(view.tab);
  layout();
  draw();
  window.jtracer.firstPicture = performance.now();
  window.jtracer.decoding = window.jtracer.firstPicture - started;
  await new Promise(resolve => setTimeout(resolve));
  applyFilters();
  showCall();
  makeOverview();
  schedule();
  canvas.focus();
}

/** For tests and for the console. */
window.jtracer = {
  trace, view, frames, analyse, hotPath, selfTime, meanwhile, placeOf, xAt, draw, select, setRange, setQuery,
  get matches() { return matchIds; }, get result() { return result; }, get tracks() { return shownTracks; }, get flameBoxes() { return flameBoxes; },
};
window.jtracer.ready = begin().catch(error => {
  byId('message').textContent = 'This page cannot show its trace: ' + (typeof DecompressionStream === 'undefined'
    ? 'the browser is too old. Open it in a browser of 2023 or later.' : error.message + '. The file may be cut off: write it again.');
  throw error;
});
