#!/bin/sh
# @vivaxy/wxml 2.1.0 (parser and serializer of WXML, the markup of WeChat miniapps): writing back what was read changes attributes.
# A list of classes over two lines is written with a backslash and an n where the line ended: the first class is then "card\n".
# Read and written once more, the backslash is gone and the n stays: "cardn". A tab becomes a t in the same way.
# Text between tags, and attributes without these characters, come back as they were.
# Needs Node 20 or newer and npm. Exit 0: as described; 1: something changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @vivaxy/wxml@2.1.0 >/dev/null
cat >ask.cjs <<'S'
const { parse, serialize } = require('@vivaxy/wxml');
const texts = ['<view class="card wide">a\nb</view>', '<view class="card\n  wide">x</view>', '<view class="card\twide">x</view>'];
for (const text of texts) {
  const once = serialize(parse(text));
  console.log([text, once, serialize(parse(once))].map((each) => JSON.stringify(each)).join('\n  => '));
}
S
node ask.cjs >seen.txt
cat seen.txt
cat >expected.txt <<'S'
"<view class=\"card wide\">a\nb</view>"
  => "<view class=\"card wide\">a\nb</view>"
  => "<view class=\"card wide\">a\nb</view>"
"<view class=\"card\n  wide\">x</view>"
  => "<view class=\"card\\n  wide\">x</view>"
  => "<view class=\"cardn  wide\">x</view>"
"<view class=\"card\twide\">x</view>"
  => "<view class=\"card\\twide\">x</view>"
  => "<view class=\"cardtwide\">x</view>"
S
diff expected.txt seen.txt && echo 'as described'
