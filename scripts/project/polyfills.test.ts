/** Methods of texts and lists as compilers write them with core-js, their names kept and minified. */
import { expect, test } from 'vitest';
import { REQUEST, uses } from '../fixtures/projects/uses.ts';

const HOST = 'var h = { base: "https://api.example.com" };';

test.each([
  [
    'a text that is put together',
    `${HOST} var _concat = _interop(require("core-js-pure/concat")); function get(p) { var _context; return ty.request({ url: (0, _concat["default"])(_context = "".concat(h.base)).call(_context, p) }) }`,
  ],
  [
    'the same, minified',
    `${HOST} function get(p) { var n; ty.request({ url: x()(n = "".concat(h.base)).call(n, p) }) }`,
  ],
  ['the same of a name', 'var n = "https://api"; ty.request({ url: x()(n).call(n, ".example.com", "/v1") })'],
  [
    'what a function makes of a list',
    `var l = ["v1", "v2"]; ${HOST} ty.request({ url: y()(l).call(l, function (v) { return h.base + "/" + v })[0] })`,
  ],
  [
    'the elements of a list',
    'var l = ["https://api.example.com"]; z()(l).call(l, function (host) { ty.request({ url: host + "/v1" }) })',
  ],
])('%s', (_, script) => {
  expect(uses(script)).toEqual(REQUEST);
});

test.each([
  ['a call with another this', 'var n = "https://api.example.com"; ty.request({ url: x()(n).call(this, "/v1") })'],
  [
    'a function of the project',
    'var n = "https://api.example.com"; function x(a) { return y } ty.request({ url: x(n).call(m, "/v1") })',
  ],
])('%s is not known', (_, script) => {
  expect(uses(script)).toEqual(['request ?']);
});
