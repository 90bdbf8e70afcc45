#!/bin/sh
# @weapp-core/escape 7.0.0 (class names of Tailwind in the letters that miniapps allow): `unescape(escape(name))` gives the escaped name, not
# the first one, which its readme promises: where no map is named, escape uses one, and unescape takes none of its codes back. Given that map
# (`MappingChars2String`), unescape comes back, but only from names without an underscore: that sign begins every code and has none itself.
# So Tailwind's `w-[1fr_min]`, where it stands for a space, comes back with a comma, and `w-1/2` and `w-1_f2` have one escaped name.
# Needs Node 20 or newer and npm. Exit 0: as described; 1: something changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @weapp-core/escape@7.0.0 >/dev/null
cat >ask.mjs <<'S'
import { escape, MappingChars2String as map, unescape } from '@weapp-core/escape';
for (const name of ['w-full', 'w-[1px]', 'w-1/2', 'w-1_f2', 'w-[1fr_min]']) {
  const escaped = escape(name);
  console.log(`${name} => ${escaped} => ${unescape(escaped)}, with the map ${unescape(escaped, { map })}`);
}
S
node ask.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'S'
w-full => w-full => w-full, with the map w-full
w-[1px] => w-_b1px_B => w-_b1px_B, with the map w-[1px]
w-1/2 => w-1_f2 => w-1_f2, with the map w-1/2
w-1_f2 => w-1_f2 => w-1_f2, with the map w-1/2
w-[1fr_min] => w-_b1fr_min_B => w-_b1fr_min_B, with the map w-[1fr,in]
S
diff expected.txt seen.txt && echo 'as described'
