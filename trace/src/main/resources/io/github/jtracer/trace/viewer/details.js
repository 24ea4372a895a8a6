/* The panel below: the chosen call, and what the range was spent on. */
const WAITING = 1e6; // nanoseconds
const MOST = 0.6; // whoever waited for a lock got it a while after the call began that held it
let result = null, sortBy = 'self', flameRoot = 0, flameBoxes = [];

function element(tag, text, attributes) {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text; // never as markup: names may contain anything
  Object.assign(e, attributes || {});
  return e;
}

function exact(nanos) {
  return duration(nanos) + (nanos >= 1000 ? ' (' + Math.round(nanos).toLocaleString('en') + ' ns)' : '');
}

function percent(part, whole) { return whole > 0 ? (100 * part / whole).toFixed(1) + ' %' : ''; }

function showCall() {
  const box = document.getElementById('call');
  box.replaceChildren();
  const slice = view.selected;
  if (slice < 0) {
    box.append(element('p', trace.size ? 'Click a call, or press an arrow key. Press ? for all keys.' : 'The trace has no calls.'));
    return;
  }
  const name = trace.names[nameOf(slice)], thread = threadOf(slice), flags = flagsOf(slice);
  const self = selfTime(slice), length = trace.end[slice] - trace.begin[slice];
  const list = element('dl');
  const row = (label, value) => { if (value) list.append(element('dt', label), element('dd', value)); };
  box.append(element('h3', name.label), list);
  row('duration', exact(length));
  const still = length >= WAITING && self >= length / 2;
  row('self', exact(self) + '  ' + percent(self, length) + (still ? ', running or waiting' : ''));
  if (still) showMeanwhile(slice, list);
  else showMostly(slice, list);
  showCallers(slice, list);
  row('class', name.cls + (name.file ? '  (' + name.file + (name.line > 0 ? ':' + name.line : '') + ')' : ''));
  row(thread.lane ? 'lane' : 'thread', thread.name + (thread.lane ? '' : '  #' + thread.tid) + (thread.virtual ? ', virtual' : '') + (thread.flags & 2 ? ', ended' : ''));
  row('start', exact(trace.begin[slice]) + ' after the start');
  row('calls like it', name.count.toLocaleString('en'));
  row('marked', [flags & OPEN && 'not ended when the recording stopped', flags & BEGIN_UNKNOWN && 'began before what was kept: the begin is that of what is known',
    flags & EXCEPTION && 'left by an exception', flags & CUT && 'its exit is missing: ended with its caller'].filter(Boolean).join('; '));
  for (const [key, value] of trace.args.get(slice) || []) row(key, value);
}

/** Where most of a call's time went, the innermost first: that is the one to look at. */
function showMostly(slice, list) {
  const path = mostly(slice).reverse(), whole = trace.end[slice] - trace.begin[slice], box = element('dd');
  if (!path.length) return;
  for (const callee of path.slice(0, 12)) {
    if (box.hasChildNodes()) box.append('  ←  ');
    box.append(linkTo(callee, trace.names[nameOf(callee)].label));
    if (callee === path[0]) box.append('  ' + duration(trace.end[callee] - trace.begin[callee]) + ', ' + percent(trace.end[callee] - trace.begin[callee], whole));
  }
  if (path.length > 12) box.append('  ← … ' + (path.length - 12) + ' more');
  list.append(element('dt', 'mostly in', { title: 'The longest call in it, and in that, while it takes half of the time' }), box);
}

/** From callee to callee, as long as one takes half of the call's time. */
function mostly(slice) {
  const { track, row } = placeOf(slice), path = [], half = (trace.end[slice] - trace.begin[slice]) / 2;
  for (let r = row + 1, inside = slice; r < track.rows && path.length < 5000; r++) {
    inside = longestCallee(track, r, inside);
    if (inside < 0 || trace.end[inside] - trace.begin[inside] < half) break;
    path.push(inside);
  }
  return path;
}

function longestCallee(track, row, slice) {
  const from = trace.begin[slice], end = trace.end[slice], to = track.start[row + 1];
  let longest = -1, most = -1;
  for (let i = lowerEnd(from, track.start[row], to); i < to && trace.begin[i] < end; i++) {
    const length = trace.end[i] - trace.begin[i];
    if (length > most && trace.begin[i] >= from && trace.end[i] <= end) { longest = i; most = length; }
  }
  return longest;
}

function showCallers(slice, list) {
  const path = callers(slice).slice(1), box = element('dd');
  if (!path.length) return;
  for (const caller of path.slice(0, 12)) {
    if (box.hasChildNodes()) box.append('  ←  ');
    box.append(linkTo(caller, trace.names[nameOf(caller)].label));
  }
  if (path.length > 12) box.append('  ← … ' + (path.length - 12) + ' more');
  list.append(element('dt', 'called by'), box);
}

function linkTo(slice, text) {
  const link = element('a', text, { tabIndex: 0, title: 'Show it' });
  link.onclick = () => { select(slice, true); canvas.focus(); };
  link.onkeydown = e => { if (e.key === 'Enter') link.onclick(); };
  return link;
}

/** Whoever runs for long and calls nothing may wait: for what others were in for most of that time. */
function showMeanwhile(slice, list) {
  const inside = meanwhile(slice), name = nameOf(slice), others = inside.filter(s => nameOf(s) !== name);
  const alike = inside.length - others.length;
  if (!inside.length) return;
  const box = element('dd');
  for (const other of others.slice(0, 5)) {
    const labels = callers(other).slice(0, 4).map(s => shortName(trace.names[nameOf(s)]));
    const line = element('div');
    line.append(linkTo(other, labels.join('  ←  ')), '  ' + duration(trace.end[other] - trace.begin[other]) + '  ' + threadOf(other).name);
    box.append(line);
  }
  if (alike) box.append(element('div', alike + ' more ' + (alike === 1 ? 'thread' : 'threads') + ' in this same method'));
  list.append(element('dt', 'meanwhile', { title: 'What other threads were in for most of that time' }), box);
}

/** On other threads, the innermost calls that took up most of a call's time, the longest first. */
function meanwhile(slice) {
  const from = trace.begin[slice], to = trace.end[slice], middle = (from + to) / 2, found = [];
  for (const track of trace.tracks) {
    let innermost = -1;
    for (let row = 0; row < track.rows; row++) {
      const i = lowerEnd(middle, track.start[row], track.start[row + 1]);
      if (i >= track.start[row + 1] || trace.begin[i] > middle || trace.hidden[nameOf(i)]) continue;
      if (Math.min(to, trace.end[i]) - Math.max(from, trace.begin[i]) >= MOST * (to - from)) innermost = i;
    }
    if (innermost >= 0 && threadOf(innermost) !== threadOf(slice)) found.push(innermost);
  }
  return found.sort((a, b) => (trace.end[b] - trace.begin[b]) - (trace.end[a] - trace.begin[a]));
}

/** The slice and those around it, innermost first. */
function callers(slice) {
  const { track, row } = placeOf(slice), path = [slice];
  for (let r = row - 1; r >= 0 && path.length < 5000; r--) {
    const i = enclosing(track, r, path[path.length - 1]);
    if (i >= 0) path.push(i);
  }
  return path;
}

function enclosing(track, row, slice) {
  const to = track.start[row + 1];
  let i = lowerEnd(trace.begin[slice], track.start[row], to);
  if (i > track.start[row] && trace.end[i - 1] >= trace.end[slice] && trace.begin[i - 1] <= trace.begin[slice]) i--;
  return i < to && trace.begin[i] <= trace.begin[slice] && trace.end[i] >= trace.end[slice] ? i : -1;
}

function showThread(track) {
  const box = document.getElementById('call');
  box.replaceChildren(element('h3', track.label));
  for (const thread of track.threads.slice(0, 200)) {
    const text = thread.name + (thread.lane ? '' : '  #' + thread.tid) + (thread.virtual ? ', virtual' : '') + (thread.slices ? ', ' + thread.slices.toLocaleString('en') + ' calls' : '');
    box.append(element('div', text));
    const stack = trace.stacks.get(thread.index);
    if (stack) box.append(element('div', 'was inside at the start: ' + stack.slice(0, 30).join('  ←  ')));
  }
  if (track.threads.length > 200) box.append(element('div', 'and ' + (track.threads.length - 200) + ' more'));
}

async function updateRange() {
  const [from, to] = view.range || [0, trace.duration];
  const scope = document.getElementById('scope');
  scope.textContent = 'adding up…';
  const done = await analyse(from, to);
  if (!done) return;
  result = done;
  flameRoot = 0;
  scope.textContent = (view.range ? 'Range of ' + duration(to - from) + ' from ' + duration(from) : 'Whole trace') + ', ' + result.calls.toLocaleString('en')
    + ' calls' + (view.range ? '' : '. Shift + drag takes a range');
  showMethods();
  showSlowest();
  showFlame();
  showPath();
}

function showMethods() {
  const box = document.getElementById('methods');
  if (box.hidden || !result) return;
  const table = element('table'), head = element('tr');
  for (const [key, label] of [['name', 'Method'], ['self', 'Self'], ['', ''], ['total', 'Total'], ['', ''], ['count', 'Calls'], ['mean', 'Mean']]) {
    const th = element('th', label + (key && key === sortBy ? ' ▾' : ''));
    if (key) {
      th.tabIndex = 0;
      th.dataset.sort = key;
      th.onclick = () => { sortBy = key; showMethods(); };
      th.onkeydown = e => { if (e.key === 'Enter') th.onclick(); };
    }
    head.append(th);
  }
  table.append(head);
  const value = { name: m => trace.names[m.name].label, self: m => m.self, total: m => m.total, count: m => m.count, mean: m => m.mean }[sortBy];
  const rows = [...result.methods].sort((a, b) => { const x = value(a), y = value(b); return sortBy === 'name' ? (x < y ? -1 : 1) : y - x; });
  const whole = result.tree.total[0];
  for (const m of rows.slice(0, 300)) {
    const tr = element('tr'), link = element('a', trace.names[m.name].label, { tabIndex: 0, title: 'Search for it' });
    link.onclick = () => setQuery(trace.names[m.name].label);
    link.onkeydown = e => { if (e.key === 'Enter') link.onclick(); };
    const first = element('td');
    first.append(link);
    tr.append(first, element('td', duration(m.self)), element('td', percent(m.self, whole)), element('td', duration(m.total)), element('td', percent(m.total, whole)),
      element('td', m.count.toLocaleString('en')), element('td', duration(m.mean)));
    table.append(tr);
  }
  box.replaceChildren(table);
  if (rows.length > 300) box.append(element('p', 'and ' + (rows.length - 300) + ' methods more'));
}

function showSlowest() {
  const box = document.getElementById('slowest');
  if (box.hidden || !result) return;
  const table = element('table'), head = element('tr');
  for (const label of ['Call', 'Duration', 'Self', 'Start', 'Thread']) head.append(element('th', label));
  table.append(head);
  for (const slice of result.slowest) {
    const tr = element('tr'), link = element('a', trace.names[nameOf(slice)].label, { tabIndex: 0, title: 'Show it' }), first = element('td');
    link.onclick = () => { select(slice, true); canvas.focus(); };
    link.onkeydown = e => { if (e.key === 'Enter') link.onclick(); };
    first.append(link);
    tr.append(first, element('td', duration(trace.end[slice] - trace.begin[slice])), element('td', duration(selfTime(slice))), element('td', duration(trace.begin[slice])),
      element('td', threadOf(slice).name));
    table.append(tr);
  }
  box.replaceChildren(table);
}

function showPath() {
  const box = document.getElementById('path');
  if (box.hidden || !result) return;
  const table = element('table'), whole = result.tree.total[0];
  hotPath(result).forEach((node, depth) => {
    const tr = element('tr'), first = element('td', '\u00a0'.repeat(Math.min(depth, 60)) + trace.names[result.tree.name[node]].label);
    tr.append(first, element('td', duration(result.tree.total[node])), element('td', percent(result.tree.total[node], whole)),
      element('td', 'self ' + duration(result.tree.self[node])), element('td', result.tree.count[node].toLocaleString('en') + ' calls'));
    table.append(tr);
  });
  box.replaceChildren(table);
}

function showFlame() {
  const box = document.getElementById('flame');
  if (box.hidden || !result) return;
  const flame = document.getElementById('flamegraph'), width = box.clientWidth - 24, row = 17, ratio = window.devicePixelRatio || 1;
  const { tree } = result;
  flameBoxes = [];
  const above = [];
  for (let node = flameRoot; node > 0; node = tree.parent[node]) above.unshift(node);
  above.unshift(0);
  above.forEach((node, depth) => flameBoxes.push({ node, x: 0, width, depth }));
  // Level by level, so that no depth of calls is too deep.
  let level = [{ node: flameRoot, x: 0, width, depth: above.length - 1 }];
  while (level.length && flameBoxes.length < 20000) {
    const next = [];
    for (const parent of level) {
      let x = parent.x;
      for (const node of tree.children(parent.node)) {
        const w = tree.total[flameRoot] > 0 ? tree.total[node] / tree.total[flameRoot] * width : 0;
        if (w >= 0.7) next.push({ node, x, width: w, depth: parent.depth + 1 });
        x += w;
      }
    }
    flameBoxes.push(...next);
    level = next.length && next[0].depth < 1500 ? next : [];
  }
  const height = (flameBoxes.reduce((m, b) => Math.max(m, b.depth), 0) + 1) * row;
  flame.style.height = height + 'px';
  flame.width = Math.round(width * ratio);
  flame.height = Math.round(height * ratio);
  const f = flame.getContext('2d');
  f.setTransform(ratio, 0, 0, ratio, 0, 0);
  f.font = '11px ui-monospace, monospace';
  f.textBaseline = 'middle';
  for (const b of flameBoxes) {
    const name = trace.names[tree.name[b.node]];
    const faded = name && view.query !== '' && !trace.matching[tree.name[b.node]];
    f.fillStyle = !name || faded ? theme.soft : css(name.package.rgb);
    f.fillRect(b.x, b.depth * row, Math.max(1, b.width - 1), row - 1);
    const room = Math.floor((b.width - 6) / 6.7);
    if (room >= 3) {
      f.fillStyle = !name || faded ? theme.dim : theme.dark ? '#f1f4f7' : '#14181d';
      f.fillText(clip(name ? shortName(name) : 'all threads', room), b.x + 3, b.depth * row + row / 2);
    }
  }
}

function flameAt(event) {
  const flame = document.getElementById('flamegraph'), box = flame.getBoundingClientRect();
  const x = event.clientX - box.left, depth = Math.floor((event.clientY - box.top) / 17);
  return flameBoxes.find(b => b.depth === depth && x >= b.x && x < b.x + b.width);
}

document.getElementById('flamegraph').onclick = event => {
  const hit = flameAt(event);
  if (hit) { flameRoot = hit.node; showFlame(); }
};

document.getElementById('flamegraph').onmousemove = event => {
  const hit = flameAt(event), tip = document.getElementById('flametip');
  if (!hit) { tip.textContent = ''; return; }
  const { tree } = result, name = trace.names[tree.name[hit.node]];
  tip.textContent = (name ? name.label : 'all threads') + '   total ' + duration(tree.total[hit.node]) + ' (' + percent(tree.total[hit.node], tree.total[0]) + ')   self '
    + duration(Math.max(0, tree.self[hit.node])) + '   ' + tree.count[hit.node].toLocaleString('en') + ' calls';
};
