/* Reads the columns in the page (see ColumnFormat) into flat arrays, a row of a track after the other. */
const OPEN = 1, BEGIN_UNKNOWN = 2, EXCEPTION = 4, CUT = 8, RECURSIVE = 16, OWN_NAME = 1;
const NAME_BITS = 27, NAME_MASK = (1 << NAME_BITS) - 1;

/** The trace: begin, end and (flags << 27 | name) of every slice, and who they belong to. */
const trace = {
  names: [], threads: [], tracks: [], counters: [], instants: [], meta: {},
  begin: null, end: null, what: null, size: 0, duration: 0, args: new Map(), stacks: new Map(),
  packages: [], packageOf: null, counts: null,
};

function nameOf(slice) { return trace.what[slice] & NAME_MASK; }
function flagsOf(slice) { return trace.what[slice] >>> NAME_BITS; }

class Columns {
  constructor(bytes) { this.bytes = bytes; this.at = 0; this.end = bytes.length; }
  column() {
    const length = this.number();
    const column = new Columns(this.bytes);
    column.at = this.at;
    column.end = this.at += length;
    return column;
  }
  get more() { return this.at < this.end; }
  number() {
    const bytes = this.bytes;
    let b = bytes[this.at++];
    if (b < 128) return b;
    let value = b & 127, factor = 128;
    do {
      b = bytes[this.at++];
      value += (b & 127) * factor;
      factor *= 128;
    } while (b >= 128);
    return value;
  }
  signed() {
    const value = this.number();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }
  string() {
    const length = this.number();
    const text = Columns.utf8.decode(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    return text;
  }
  pairs() {
    const pairs = [];
    for (let n = this.number(); n > 0; n--) pairs.push([this.string(), this.string()]);
    return pairs;
  }
}
Columns.utf8 = new TextDecoder();

async function inflate(text) {
  let bytes;
  if (Uint8Array.fromBase64) {
    bytes = Uint8Array.fromBase64(text);
  } else {
    const binary = atob(text);
    bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function readDescriptions(names, threads, instants, counters, stacks) {
  while (names.more) {
    const name = { kind: names.number(), label: names.string(), cls: names.string(), method: names.string(),
      descriptor: names.string(), file: names.string(), line: names.number() - 1 };
    name.pkg = name.kind === OWN_NAME ? 'application events'
      : name.cls.includes('.') ? name.cls.slice(0, name.cls.lastIndexOf('.')) : '(no package)';
    trace.names.push(name);
  }
  while (threads.more) {
    const index = threads.number();
    const known = trace.threads[index] || { first: Infinity, last: 0, root: -1, longest: -1,
      previousEnd: 0, previousDepth: 0, firsts: [], slices: 0, around: false };
    Object.assign(known, { index, pid: threads.number(), tid: threads.number(), flags: threads.number(), name: threads.string() });
    known.virtual = (known.flags & 1) !== 0;
    known.lane = (known.flags & 4) !== 0;
    trace.threads[index] = known;
  }
  while (instants.more) {
    trace.instants.push({ thread: instants.number(), time: instants.number(), name: instants.string(), args: instants.pairs() });
  }
  while (counters.more) {
    const thread = counters.number(), time = counters.number(), name = counters.string();
    const value = new DataView(counters.bytes.buffer, counters.bytes.byteOffset + counters.at, 8).getFloat64(0, true);
    counters.at += 8;
    trace.counters.push({ thread, time, name, value });
  }
  while (stacks.more) {
    const thread = stacks.number(), frames = [];
    for (let n = stacks.number(); n > 0; n--) {
      const cls = stacks.string(), method = stacks.string(), line = stacks.number() - 1;
      frames.push(cls + '.' + method + (line > 0 ? ':' + line : ''));
    }
    trace.stacks.set(thread, frames);
  }
}

/** One block: its slices in the order of their ends, with times undone to those since the start. */
function readBlock(bytes, offset) {
  const all = new Columns(bytes);
  const [names, threads, runs, depths, ends, begins, sliceNames, flags, args, instants, counters, stacks] =
    Array.from({ length: 12 }, () => all.column());
  readDescriptions(names, threads, instants, counters, stacks);
  const lengths = [];
  let size = 0;
  while (runs.more) {
    const thread = runs.number(), length = runs.number();
    lengths.push(thread, length);
    size += length;
  }
  const block = { begin: new Float64Array(size), end: new Float64Array(size), what: new Uint32Array(size),
    depth: new Int32Array(size), runs: lengths, args: [] };
  for (let at = 0; flags.more;) {
    at += flags.number();
    block.what[at] = flags.number() << NAME_BITS >>> 0;
  }
  for (let at = 0; args.more;) {
    at += args.number();
    block.args.push([at, args.pairs()]);
  }
  let i = 0;
  for (let r = 0; r < lengths.length; r += 2) {
    const thread = trace.threads[lengths[r]], firsts = thread.firsts;
    let end = thread.previousEnd, depth = thread.previousDepth;
    for (const stop = i + lengths[r + 1]; i < stop; i++) {
      const step = depths.signed();
      depth += step;
      end += ends.number();
      const flagged = block.what[i];
      const known = depth >= 0 && (flagged >>> NAME_BITS & BEGIN_UNKNOWN) === 0;
      if (!known) thread.around = true;
      let begin;
      if (known && step === -1 && firsts[depth + 1] >= 0) {
        begin = firsts[depth + 1] - begins.signed();
        firsts[depth + 1] = -1;
      } else {
        begin = end - begins.number();
      }
      if (known && !(firsts[depth] >= 0)) {
        while (firsts.length < depth) firsts.push(-1);
        firsts[depth] = begin;
      }
      const name = sliceNames.number();
      block.begin[i] = begin;
      block.end[i] = end;
      block.what[i] = (flagged | name) >>> 0;
      block.depth[i] = depth;
      if (begin < thread.first) thread.first = begin;
      if (depth <= 0 && end - begin > thread.longest) {
        thread.longest = end - begin;
        thread.root = name;
      }
    }
    if (end > thread.last) thread.last = end;
    thread.previousEnd = end;
    thread.previousDepth = depth;
    thread.slices += lengths[r + 1];
  }
  return block;
}

/** A track per lane and platform thread; virtual threads share lanes with those that ran the same. */
function makeTracks() {
  const marked = new Set([...trace.stacks.keys(), ...trace.instants.map(i => i.thread)]);
  const shown = t => t && (t.slices > 0 || marked.has(t.index));
  const several = new Set(trace.threads.filter(shown).map(t => t.pid)).size > 1;
  const process = t => several ? ' of ' + t.pid : '';
  const platform = trace.threads.filter(t => shown(t) && !t.virtual);
  platform.sort((a, b) => a.pid - b.pid || b.lane - a.lane || a.tid - b.tid);
  const tracks = platform.map(t => {
    const track = { label: t.name, sub: (t.lane ? 'asynchronous' : '#' + t.tid) + process(t), threads: [t], rows: 0 };
    t.track = track;
    return track;
  });
  const groups = new Map();
  for (const t of trace.threads) {
    if (!shown(t) || !t.virtual) continue;
    const root = t.root < 0 ? t.name : trace.names[t.root].label;
    const key = t.pid + ' ' + root;
    if (!groups.has(key)) groups.set(key, { root, members: [] });
    groups.get(key).members.push(t);
  }
  for (const { root, members } of [...groups.values()].sort((a, b) => b.members.length - a.members.length)) {
    members.sort((a, b) => a.first - b.first);
    const short = root.replace(/\(.*/, '').split('.').slice(-2).join('.');
    const lanes = [];
    for (const t of members) {
      // Lanes form a heap by the time at which they are free.
      let lane = lanes[0];
      if (!lane || lane.free > t.first) {
        lane = { label: members.length > 1 ? short : t.name, sub: (members.length > 1 ? members.length + ' virtual' : 'virtual #' + t.tid) + process(t),
          threads: [], rows: 0, free: 0, virtual: true };
        tracks.push(lane);
        lane.free = t.last;
        lanes.push(lane);
        for (let i = lanes.length - 1; i > 0 && lanes[i].free < lanes[i - 1 >> 1].free; i = i - 1 >> 1) swap(lanes, i, i - 1 >> 1);
      } else {
        lane.free = t.last;
        for (let i = 0; ;) {
          let least = i;
          for (const child of [2 * i + 1, 2 * i + 2]) {
            if (child < lanes.length && lanes[child].free < lanes[least].free) least = child;
          }
          if (least === i) break;
          swap(lanes, i, least);
          i = least;
        }
      }
      lane.threads.push(t);
      t.track = lane;
    }
  }
  trace.tracks = tracks;
}

function swap(array, i, j) { const x = array[i]; array[i] = array[j]; array[j] = x; }

/**
 * A call that began before what is known has the depth of what it is around, or less than none: all that
 * came before it on that level is inside it. Its thread's depths are made rows here, from the last slice
 * to the first, so that what is around comes before what is inside. Other threads have their rows.
 */
function makeRows(blocks) {
  if (!trace.threads.some(t => t && t.around)) return;
  for (const t of trace.threads) if (t) { t.aroundLevels = []; t.aroundBegins = []; }
  for (let b = blocks.length - 1; b >= 0; b--) {
    const { begin, what, depth, runs } = blocks[b];
    for (let r = runs.length - 2, to = depth.length; r >= 0; r -= 2) {
      const thread = trace.threads[runs[r]], from = to - runs[r + 1];
      if (thread.around) {
        const levels = thread.aroundLevels, begins = thread.aroundBegins;
        for (let i = to - 1; i >= from; i--) {
          const level = Math.max(0, depth[i]);
          for (let top = levels.length - 1; top >= 0 && (levels[top] > level || begins[top] > begin[i]); top--) {
            levels.pop();
            begins.pop();
          }
          depth[i] = level + levels.length;
          if (what[i] >>> NAME_BITS & BEGIN_UNKNOWN) {
            levels.push(level);
            begins.push(begin[i]);
          }
        }
      }
      to = from;
    }
  }
}

/** Puts the slices of all blocks where they belong: by track, by row, by begin. */
function arrange(blocks) {
  makeRows(blocks);
  for (const block of blocks) {
    forEachRun(block, (thread, from, to) => {
      const track = thread.track, counts = track.counts || (track.counts = new Map());
      for (let i = from; i < to; i++) {
        const depth = block.depth[i];
        counts.set(depth, (counts.get(depth) || 0) + 1);
      }
    });
  }
  let at = 0;
  for (const track of trace.tracks) {
    let deepest = 0;
    if (track.counts) for (const depth of track.counts.keys()) if (depth > deepest) deepest = depth;
    track.rows = deepest + 1;
    track.start = new Int32Array(track.rows + 1);
    for (let row = 0; row < track.rows; row++) {
      track.start[row] = at;
      at += (track.counts && track.counts.get(row)) || 0;
    }
    track.start[track.rows] = at;
    track.next = track.start.slice();
    delete track.counts;
  }
  trace.size = at;
  trace.begin = new Float64Array(at);
  trace.end = new Float64Array(at);
  trace.what = new Uint32Array(at);
  for (let b = 0; b < blocks.length; b++) {
    const block = blocks[b];
    const args = new Map(block.args);
    forEachRun(block, (thread, from, to) => {
      const { next } = thread.track;
      for (let i = from; i < to; i++) {
        const target = next[block.depth[i]]++;
        trace.begin[target] = block.begin[i];
        trace.end[target] = block.end[i];
        trace.what[target] = block.what[i];
        if (args.size && args.has(i)) trace.args.set(target, args.get(i));
      }
    });
    blocks[b] = null;
  }
  for (const track of trace.tracks) {
    delete track.next;
    for (let row = 0; row < track.rows; row++) sortRow(track.start[row], track.start[row + 1]);
  }
}

function forEachRun(block, visit) {
  for (let r = 0, from = 0; r < block.runs.length; r += 2) {
    visit(trace.threads[block.runs[r]], from, from += block.runs[r + 1]);
  }
}

/** Rows come sorted; those of a trace whose buffer lost pieces in the middle may not. */
function sortRow(from, to) {
  const { begin, end, what } = trace;
  let sorted = true;
  for (let i = from + 1; sorted && i < to; i++) sorted = begin[i] >= begin[i - 1];
  if (sorted) return;
  const order = Array.from({ length: to - from }, (_, i) => from + i).sort((a, b) => begin[a] - begin[b]);
  const b = order.map(i => begin[i]), e = order.map(i => end[i]), w = order.map(i => what[i]), a = order.map(i => trace.args.get(i));
  for (let i = 0; i < order.length; i++) {
    begin[from + i] = b[i];
    end[from + i] = e[i];
    what[from + i] = w[i];
    if (a[i]) trace.args.set(from + i, a[i]); else trace.args.delete(from + i);
  }
}

function summarize() {
  const packages = new Map();
  trace.packageOf = new Int32Array(trace.names.length);
  trace.names.forEach((name, i) => {
    if (!packages.has(name.pkg)) packages.set(name.pkg, { name: name.pkg, count: 0, hidden: false });
    name.package = packages.get(name.pkg);
    name.count = 0;
  });
  const counts = trace.counts = new Float64Array(trace.names.length);
  for (let i = 0; i < trace.size; i++) {
    counts[trace.what[i] & NAME_MASK]++;
    if (trace.end[i] > trace.duration) trace.duration = trace.end[i];
  }
  trace.names.forEach((name, i) => { name.count = counts[i]; name.package.count += counts[i]; });
  trace.packages = [...packages.values()].sort((a, b) => b.count - a.count);
  trace.packages.forEach((p, i) => { p.index = i; });
  trace.names.forEach((name, i) => { trace.packageOf[i] = name.package.index; });
}

async function readTrace() {
  trace.meta = JSON.parse(document.getElementById('meta').textContent).jtracer_metadata;
  trace.duration = Math.max(1, trace.meta.durationNanos || 0);
  const blocks = [];
  const scripts = [...document.querySelectorAll('script[type="application/x-jtracer"]')];
  let pending = scripts.length ? inflate(scripts[0].textContent) : null;
  for (let i = 0; i < scripts.length; i++) {
    const bytes = await pending;
    pending = i + 1 < scripts.length ? inflate(scripts[i + 1].textContent) : null;
    scripts[i].textContent = '';
    blocks.push(readBlock(bytes));
  }
  makeTracks();
  arrange(blocks);
  summarize();
}
