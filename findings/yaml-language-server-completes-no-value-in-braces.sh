#!/bin/sh
# yaml-language-server 1.19.2 (the engine of the YAML extension for VS Code): the same row under the same schema, in lines and in braces.
# In lines the value of a key with an enum is completed with the enum's words, and the next key with the keys that are left.
# In braces ({ login: a, role: | }), which is as valid, the first key is completed, and then nothing: no further key, and no value.
# So a file whose rows are in braces gives its editor's users less than one whose rows are in lines, and no setting changes that.
# Needs Node 20 or newer and npm. Exit 0: as described; 1: something changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts yaml-language-server@1.19.2 >/dev/null
cat >rows.schema.json <<'S'
{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": { "rows": { "type": "array", "items": {
  "type": "object", "additionalProperties": false,
  "properties": { "login": { "type": "string" }, "role": { "enum": ["admin", "tester"] } } } } } }
S
cat >ask.mjs <<'S'
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
const here = pathToFileURL(process.cwd()).href;
const server = spawn(process.execPath, ['node_modules/yaml-language-server/bin/yaml-language-server', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
const yaml = { schemas: { [`${here}/rows.schema.json`]: '*.yaml' }, schemaStore: { enable: false }, completion: true };
const waiting = new Map();
let bytes = Buffer.alloc(0);
const send = (message) => {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
};
const answer = (message) => {
  if (message.method === 'workspace/configuration')
    send({ id: message.id, result: message.params.items.map(({ section }) => (section === 'yaml' ? yaml : null)) });
  else if (message.method && message.id !== undefined) send({ id: message.id, result: null });
  else if (waiting.has(message.id)) waiting.get(message.id)(message.result);
};
server.stdout.on('data', (part) => {
  bytes = Buffer.concat([bytes, part]);
  for (;;) {
    const head = bytes.indexOf('\r\n\r\n');
    if (head < 0) return;
    const size = Number(/Content-Length: (\d+)/i.exec(bytes.toString('latin1', 0, head))[1]);
    if (bytes.length < head + 4 + size) return;
    answer(JSON.parse(bytes.toString('utf8', head + 4, head + 4 + size)));
    bytes = bytes.subarray(head + 4 + size);
  }
});
let last = 0;
const ask = (method, params) => new Promise((give) => (waiting.set(++last, give), send({ id: last, method, params })));
const pause = () => new Promise((go) => setTimeout(go, 1500));
await ask('initialize', { processId: null, rootUri: here, capabilities: { workspace: { configuration: true } } });
send({ method: 'initialized', params: {} });
send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml } } });
await pause();
// The bar is where the cursor stands.
const cases = ['rows:\n  - login: a\n    role: |\n', 'rows:\n  - login: a\n    |\n', 'rows:\n  - { | }\n', 'rows:\n  - { login: a, | }\n', 'rows:\n  - { login: a, role: | }\n'];
for (const [i, marked] of cases.entries()) {
  const uri = `${here}/${i}.yaml`;
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text: marked.replace('|', '') } } });
  await pause();
  const position = { line: before.length - 1, character: before.at(-1).length };
  const found = await ask('textDocument/completion', { textDocument: { uri }, position });
  console.log(`${marked.trim().replaceAll('\n', ' ')} => ${(found?.items ?? found ?? []).map(({ label }) => label).sort().join(' ')}`.trimEnd());
}
server.kill();
S
node ask.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'S'
rows:   - login: a     role: | => admin tester
rows:   - login: a     | => role
rows:   - { | } => login role
rows:   - { login: a, | } =>
rows:   - { login: a, role: | } =>
S
diff expected.txt seen.txt && echo 'as described'
