#!/bin/sh
# postcss-pxtransform 4.2.1 (Taro's step from px to the units of miniapps) after postcss-convert-values 9.1.0 (cssnano's step that shortens
# numbers, set as cssnano sets it), both run by postcss 8.5.33: 1000px is shortened to 1e3px, which is the same length. pxtransform takes
# the digits right before px for the number, so it multiplies the exponent: at a design width of 375, where 1px is 2rpx, 1000px becomes
# 2000rpx as it was written, and 1e6rpx, 500 times as much, once it was shortened, as in the published styles of a library.
# Lengths that stay as they are come out alike.
# Needs Node 20 or newer and npm. Exit 0: as described; 1: something changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postcss@8.5.33 postcss-convert-values@9.1.0 postcss-pxtransform@4.2.1 >/dev/null
cat >ask.cjs <<'S'
const postcss = require('postcss');
const shorten = require('postcss-convert-values');
const pxtransform = require('postcss-pxtransform');
const settings = { platform: 'weapp', designWidth: 375, deviceRatio: { 375: 2 } };
const run = async (plugin, css) => (await postcss([plugin]).process(css, { from: undefined })).css;
(async () => {
  for (const css of ['.a{width:100px}', '.a{width:1000px}', '.a{margin:2000px}']) {
    const shortened = await run(shorten({ length: false }), css);
    console.log(`${css} => ${await run(pxtransform(settings), css)}`);
    console.log(`  ${shortened} => ${await run(pxtransform(settings), shortened)}`);
  }
})();
S
node ask.cjs >seen.txt
cat seen.txt
cat >expected.txt <<'S'
.a{width:100px} => .a{width:200rpx}
  .a{width:100px} => .a{width:200rpx}
.a{width:1000px} => .a{width:2000rpx}
  .a{width:1e3px} => .a{width:1e6rpx}
.a{margin:2000px} => .a{margin:4000rpx}
  .a{margin:2e3px} => .a{margin:2e6rpx}
S
diff expected.txt seen.txt && echo 'as described'
