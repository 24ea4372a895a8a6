// Loads traces into Perfetto's own trace processor and asks it: node query.mjs FOLDER < requests > answers
//
// FOLDER is what .ci/install-perfetto fetched. A request is {file, queries}, an answer the rows of each query.
// The processor is made for a worker of Perfetto's page; here its messages go through a channel of node's.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import vm from 'node:vm';

const folder = process.argv[2];
const {EngineBase} = await import(pathToFileURL(join(folder, 'engine.mjs')).href);
const requests = JSON.parse(readFileSync(0, 'utf8'));

globalThis.self = globalThis;
globalThis.WorkerGlobalScope = class {};
globalThis.location = pathToFileURL(folder + '/');
globalThis.processorBytes = readFileSync(join(folder, 'trace_processor.wasm'));
console.warn = () => {}; // of columns that its protobuf library does not know

class Engine extends EngineBase {
  id = 'test';
  mode = 'WASM';
  constructor(port) {
    super();
    this.port = port;
    port.onmessage = (message) => message.data instanceof Uint8Array && this.onRpcResponseBytes(message.data);
  }
  rpcSendRequestBytes(bytes) {
    this.port.postMessage(bytes);
  }
}

// The only changes: memory of 32 bits, the bytes instead of an address, and a way to get at the bridge.
function adapted(script) {
  const changes = [
    ['hasMemory64Support();', 'false;'],
    ['locateFile: (s) => s,', 'locateFile: (s) => s, wasmBinary: processorBytes,'],
    ['= new wasm_bridge_1.WasmBridge();', '= globalThis.bridge = new wasm_bridge_1.WasmBridge();'],
  ];
  for (const [from, to] of changes) {
    const at = script.lastIndexOf(from);
    if (at < 0) {
      throw new Error('Perfetto changed: there is no ' + from);
    }
    script = script.slice(0, at) + to + script.slice(at + from.length);
  }
  return script;
}

const script = new vm.Script(adapted(readFileSync(join(folder, 'engine_bundle.node.js'), 'utf8')));

async function answer({file, queries}) {
  script.runInThisContext();
  const {port1, port2} = new MessageChannel();
  globalThis.bridge.initialize(port1);
  const engine = new Engine(port2);
  await engine.parse(new Uint8Array(readFileSync(file)));
  await engine.notifyEof();
  const answers = [];
  for (const query of queries) {
    const result = await engine.query(query);
    const columns = result.columns();
    const rows = [];
    for (const row = result.iter({}); row.valid(); row.next()) {
      rows.push(columns.map((column) => {
        const value = row.get(column);
        return typeof value === 'bigint' ? value.toString() : value;
      }));
    }
    answers.push(rows);
  }
  port2.close();
  return answers;
}

const answers = [];
for (const request of requests) {
  answers.push(await answer(request));
}
writeFileSync(1, JSON.stringify(answers));
process.exit(0);
