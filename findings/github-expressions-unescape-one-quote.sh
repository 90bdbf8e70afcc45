#!/bin/sh
# @actions/expressions 0.3.61 (GitHub's own reader of workflow expressions, in its editor extension): in a text of an expression a quote is
# written as two. Of several such pairs only the first becomes one quote; every later pair stays two characters.
# So a comparison that is true by the rule is false here, and the same text said in parts, one pair each, is another text.
# Needs Node 20 or newer and npm. Exit 0: as described; 1: something changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @actions/expressions@0.3.61 >/dev/null
cat >ask.mjs <<'S'
import { Evaluator, Lexer, Parser, data } from '@actions/expressions';
const texts = [
  "'it''s'",
  "'it''s Ada''s'",
  "format('{0}{1}', 'it''s', ' Ada''s')",
  "'it''s Ada''s' == format('{0}{1}', 'it''s', ' Ada''s')",
];
for (const text of texts) {
  const tree = new Parser(new Lexer(text).lex().tokens, [], []).parse();
  console.log(`${text} => ${new Evaluator(tree, new data.Dictionary()).evaluate().coerceString()}`);
}
S
node ask.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'S'
'it''s' => it's
'it''s Ada''s' => it's Ada''s
format('{0}{1}', 'it''s', ' Ada''s') => it's Ada's
'it''s Ada''s' == format('{0}{1}', 'it''s', ' Ada''s') => false
S
diff expected.txt seen.txt && echo 'as described'
