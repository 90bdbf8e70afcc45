#!/bin/sh
# @dcloudio/uni-mp-compiler 3.0.0-alpha-5020620260914001 (uni-app, Vue 3: from a template to the WXML of a miniapp), read back by
# @vivaxy/wxml 2.1.0: a static attribute whose value holds a double quote, in single quotes or written as &quot;, is put between double
# quotes as it is. The value ends at its own quote, and the rest becomes an attribute of another name. Nothing warns.
# The same value given as an expression goes through the data, and the markup stays whole.
# Needs Node 20 or newer and npm. Exit 0: as described; 1: something changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @vivaxy/wxml@2.1.0 \
  @dcloudio/uni-mp-compiler@3.0.0-alpha-5020620260914001 >/dev/null
cat >ask.cjs <<'S'
const { compile } = require('@dcloudio/uni-mp-compiler');
const { parse } = require('@vivaxy/wxml');
const templates = [`<view title="a'b"/>`, `<view title='a"b'/>`, `<view title="a&quot;b"/>`, '<view :title=\'`a"b`\'/>'];
for (const template of templates) {
  let markup = '';
  compile(template, {
    root: '', filename: 'page.vue', mode: 'module', prefixIdentifiers: true, generatorOpts: {},
    isNativeTag: (tag) => tag === 'view', isCustomElement: () => false,
    miniProgram: { slot: { fallbackContent: false, dynamicSlotNames: true }, directive: 'wx:', emitFile: ({ source }) => ((markup = source), '') },
  });
  console.log(`${template} => ${markup} => ${JSON.stringify(parse(markup)[0].attributes)}`);
}
S
node ask.cjs >seen.txt
cat seen.txt
cat >expected.txt <<'S'
<view title="a'b"/> => <view title="a'b"/> => {"title":"a'b"}
<view title='a"b'/> => <view title="a"b"/> => {"title":"a","b\"":true}
<view title="a&quot;b"/> => <view title="a"b"/> => {"title":"a","b\"":true}
<view :title='`a"b`'/> => <view title="{{a}}"/> => {"title":"{{a}}"}
S
diff expected.txt seen.txt && echo 'as described'
