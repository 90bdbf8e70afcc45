import { mkdtempSync, rmSync } from 'node:fs';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import MiniSearch from '/work/main/node_modules/minisearch/dist/es/index.js';
import { writePlatform } from '/work/main/scripts/bench/platform.ts';
import { diskSource } from '/work/main/scripts/read/disk.ts';
import { load } from '/work/main/scripts/read/load.ts';
import { publish } from '/work/main/site/src/views/public.ts';
import { searchRows } from '/work/main/site/src/views/search.ts';
import { wordsOf } from '/work/main/site/src/client/words.ts';
const dir = mkdtempSync('/tmp/port2/m-');
writePlatform(dir, 1000);
const ws = publish(load(diskSource(dir)).workspace);
rmSync(dir, { recursive: true });
// ten times as many, ids and names apart
const many = new Map();
for (let k = 0; k < 10; k++) for (const [id, m] of ws.miniapps) { const nid = `ty${Math.random().toString(36).slice(2, 18)}`; many.set(nid, { ...m, id: nid, basics: { ...m.basics, name: { en: `${m.basics.name.en} ${k}`, zh: `${m.basics.name.zh}智能灯${k}` } } }); }
for (const lang of ['en','zh'] as const) {
let t = performance.now();
const rows = searchRows({ ...ws, miniapps: many }, lang);
const text = JSON.stringify(rows);
console.log(lang, rows.length, 'build ms', Math.round(performance.now()-t), 'raw', text.length, 'gz', gzipSync(text).length);
console.log(JSON.stringify(rows[0]));
t = performance.now();
const mini = new MiniSearch({ fields: ['id','title','text','versions','pages'], tokenize: wordsOf, processTerm: (x:string)=>x, idField: 'key' });
mini.addAll(rows.map(([kind,id,title,text,versions=[],pages=[]], key)=>({key, id,title,text,versions:versions.join(' '),pages:pages.join(' ')})));
console.log('index ms', Math.round(performance.now()-t));
const j = JSON.stringify(mini); console.log('prebuilt raw', j.length, 'gz', gzipSync(j).length);
t = performance.now(); MiniSearch.loadJSON(j, { fields: ['id','title','text','versions','pages'], tokenize: wordsOf, idField:'key' }); console.log('load ms', Math.round(performance.now()-t));
t = performance.now(); console.log(mini.search('alarm page 12', {combineWith:'AND', prefix:true, fuzzy: 0.2}).length, 'search ms', Math.round(performance.now()-t));
}
