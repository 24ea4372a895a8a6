/* What a range of time was spent on: a tree of calls, summed over threads. */
let analysisNumber = 0;

/** More different paths than this are not told apart: the tree ends there, the sums do not. */
const MAX_NODES = 400000, MAX_SLOWEST = 50;

/** A tree in typed arrays; node 0 is the root and stands for all threads. */
class CallTree {
  constructor() {
    this.size = 1;
    this.grow(1 << 12);
    this.name[0] = -1;
  }
  /** Room for so many nodes, and a hash table four times as large to find them in. */
  grow(capacity) {
    const old = this;
    const copy = (array, type) => { const a = new type(capacity); if (array) a.set(array); return a; };
    this.name = copy(old.name, Int32Array);
    this.parent = copy(old.parent, Int32Array);
    this.firstChild = copy(old.firstChild, Int32Array);
    this.sibling = copy(old.sibling, Int32Array);
    this.total = copy(old.total, Float64Array);
    this.self = copy(old.self, Float64Array);
    this.count = copy(old.count, Float64Array);
    this.table = new Int32Array(capacity * 4);
    for (let node = 1; node < this.size; node++) this.table[this.slot(this.parent[node], this.name[node])] = node;
  }
  /** Where in the table the node is, or would be. */
  slot(parent, name) {
    const mask = this.table.length - 1;
    let at = (Math.imul(parent, 0x9E3779B1) ^ Math.imul(name + 1, 0x85EBCA6B)) >>> 7 & mask;
    for (let node = this.table[at]; node && (this.parent[node] !== parent || this.name[node] !== name); node = this.table[at]) at = at + 1 & mask;
    return at;
  }
  child(parent, name) {
    let at = this.slot(parent, name);
    if (this.table[at]) return this.table[at];
    if (this.size === MAX_NODES) return parent;
    if (this.size === this.name.length) {
      this.grow(2 * this.size);
      at = this.slot(parent, name);
    }
    const node = this.table[at] = this.size++;
    this.name[node] = name;
    this.parent[node] = parent;
    this.sibling[node] = this.firstChild[parent];
    this.firstChild[parent] = node;
    return node;
  }
  /** Longest first. */
  children(node) {
    const list = [];
    for (let child = this.firstChild[node]; child; child = this.sibling[child]) list.push(child);
    return list.sort((a, b) => this.total[b] - this.total[a]);
  }
}

/** Sums the range up; null if another analysis began meanwhile. Gives the page a turn now and then. */
async function analyse(from, to) {
  const number = ++analysisNumber, tree = new CallTree(), names = trace.names.length;
  const self = new Float64Array(names), total = new Float64Array(names), count = new Float64Array(names);
  const sum = new Float64Array(names); // as total, but recursive calls too
  const { begin, end, what, hidden } = trace;
  const slowest = [];
  let turn = performance.now(), seen = 0;
  for (const track of shownTracks) {
    // Of the row above, from which index on: node and name of each call, or of what is around it.
    let above = { from: 0, nodes: new Int32Array(0), names: new Int32Array(0) };
    for (let row = 0; row < track.rows; row++) {
      const [first, last] = within(track, row, from, to);
      const nodes = new Int32Array(last - first), around = new Int32Array(last - first);
      let p = 0;
      for (let i = first; i < last; i++) {
        if ((++seen & 4095) === 0 && performance.now() - turn > 8) {
          await new Promise(resolve => setTimeout(resolve));
          if (number !== analysisNumber) return null;
          turn = performance.now();
        }
        const name = what[i] & NAME_MASK;
        while (p < above.nodes.length && end[above.from + p] < end[i]) p++;
        const inside = p < above.nodes.length && begin[above.from + p] <= begin[i];
        const parent = inside ? above.nodes[p] : 0, caller = inside ? above.names[p] : -1;
        if (hidden[name]) {
          nodes[i - first] = parent;
          around[i - first] = caller;
          continue;
        }
        const spent = Math.max(0, Math.min(end[i], to) - Math.max(begin[i], from));
        const node = tree.child(parent, name);
        nodes[i - first] = node;
        around[i - first] = name;
        if (node !== parent) {
          tree.total[node] += spent;
          tree.self[node] += spent;
          tree.count[node]++;
          tree.self[parent] -= spent;
        }
        self[name] += spent;
        if (caller >= 0) self[caller] -= spent; else tree.total[0] += spent;
        sum[name] += spent;
        count[name]++;
        if (!(what[i] >>> NAME_BITS & RECURSIVE)) total[name] += spent;
        if (slowest.length < MAX_SLOWEST || end[i] - begin[i] > end[slowest[MAX_SLOWEST - 1]] - begin[slowest[MAX_SLOWEST - 1]]) {
          keepSlowest(slowest, i, track, row);
        }
      }
      above = { from: first, nodes, names: around };
    }
  }
  const methods = [];
  let calls = 0;
  for (let name = 0; name < names; name++) {
    calls += count[name];
    if (count[name]) methods.push({ name, self: self[name], total: total[name], count: count[name], mean: sum[name] / count[name] });
  }
  return { from, to, tree, methods, calls, slowest };
}

/** Keeps a call among the slowest, unless a single call inside it explains nine tenths of it: then that one is among them. */
function keepSlowest(slowest, slice, track, row) {
  const { begin, end } = trace, length = end[slice] - begin[slice];
  if (row + 1 < track.rows) {
    const to = track.start[row + 2];
    for (let i = lowerEnd(begin[slice], track.start[row + 1], to); i < to && begin[i] < end[slice]; i++) {
      if (!trace.hidden[nameOf(i)] && end[i] - begin[i] > length * 0.9) return;
    }
  }
  let at = slowest.length;
  while (at > 0 && end[slowest[at - 1]] - begin[slowest[at - 1]] < length) at--;
  slowest.splice(at, 0, slice);
  if (slowest.length > MAX_SLOWEST) slowest.pop();
}

/** The slices of a row that a range touches; of the whole trace also those of no length at its edges. */
function within(track, row, from, to) {
  const stop = track.start[row + 1];
  if (from <= 0 && to >= trace.duration) return [track.start[row], stop];
  const first = lowerEnd(from, track.start[row], stop);
  let low = first, high = stop;
  while (low < high) { // first that begins at or after the end of the range
    const middle = low + high >>> 1;
    if (trace.begin[middle] >= to) high = middle; else low = middle + 1;
  }
  return [first, low];
}

/** From the root always into the child that took longest, as long as it is a tenth of the whole. */
function hotPath(result) {
  const path = [], { tree } = result;
  for (let node = 0; tree.firstChild[node];) {
    node = tree.children(node)[0];
    if (tree.total[node] < tree.total[0] / 10 || path.length >= 1000) break;
    path.push(node);
  }
  return path;
}

/** Time of a call that is not in calls inside it. */
function selfTime(slice) {
  const { track, row } = placeOf(slice);
  let self = trace.end[slice] - trace.begin[slice];
  if (row + 1 < track.rows) {
    const to = track.start[row + 2];
    for (let i = lowerEnd(trace.begin[slice], track.start[row + 1], to); i < to && trace.begin[i] < trace.end[slice]; i++) {
      self -= trace.end[i] - trace.begin[i];
    }
  }
  return self;
}

/** Slices that match the query and are not filtered out, in the order of rows. */
function search(query) {
  const words = query.toLowerCase().trim().split(/\s+/).filter(Boolean);
  trace.matching = new Uint8Array(trace.names.length);
  if (!words.length) return new Int32Array(0);
  let expected = 0;
  trace.names.forEach((name, i) => {
    const text = name.label.toLowerCase();
    if (!trace.hidden[i] && words.every(w => text.includes(w))) {
      trace.matching[i] = 1;
      expected += name.count;
    }
  });
  const ids = new Int32Array(expected);
  let found = 0;
  for (const track of trace.tracks) {
    if (!track.visible) continue;
    for (let i = track.start[0], to = track.start[track.rows]; i < to; i++) {
      if (trace.matching[trace.what[i] & NAME_MASK]) ids[found++] = i;
    }
  }
  return ids.subarray(0, found);
}
