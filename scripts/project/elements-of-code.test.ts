/** What elements that code makes give to the components of the project, which show or call it. */
import { describe, expect, test } from 'vitest';
import { REQUEST, uses } from '../fixtures/projects/uses.ts';

const IMAGE = ['static https://a.example.com'];
const found = (script: string) => uses({ 'a.jsx': script }).filter((use) => !use.endsWith('?'));

describe('a component shows what an element gives it', () => {
  test.each([
    ['taken apart', 'const Face = ({ face }) => <Image src={face} />; <Face face="https://a.example.com/u/1" />'],
    [
      'as a member',
      'function Face(props) { return <Image src={props.face} /> }; <Face face={"https://a.example.com/u/1"} />',
    ],
    [
      'that is kept',
      'const Face = memo(({ face }) => <Image src={face} />); <Face face="https://a.example.com/u/1" />',
    ],
    [
      'that is a class',
      'class Face extends Component { render() { return <Image src={this.props.face} /> } }; <Face face="https://a.example.com/u/1" />',
    ],
    [
      'that is a class with a constructor',
      'class Face extends Component { constructor(props) { super(props); this.face = props.face } render() { return <Image src={this.face} /> } }; <Face face="https://a.example.com/u/1" />',
    ],
    [
      'that it is not given, of a class',
      'class Face extends Component { static defaultProps = { face: "https://a.example.com/u/1" }; render() { return <Image src={this.props.face} /> } }',
    ],
    [
      'that it is not given, of a function',
      'function Face(props) { return <Image src={props.face} /> } Face.defaultProps = { face: "https://a.example.com/u/1" }; <Face />',
    ],
    [
      'that it is not given, as compilers write classes',
      '(function () { var F = function (t) { function n() {} return c(n, [{ key: "render", value: function () { return R.createElement(I, { src: this.props.face }) } }]) }(R.Component); d(F, "defaultProps", { face: "https://a.example.com/u/1" }) })()',
    ],
    [
      'in a list',
      'const Row = ({ item }) => <Image src={item.src} />; const all = [{ src: "https://a.example.com/u/1" }]; all.map((item) => <Row item={item} />)',
    ],
    [
      'with others',
      'const Face = ({ face }) => <Image src={face} />; const all = { face: "https://a.example.com/u/1" }; <Face {...all} />',
    ],
    [
      'of a library of the project',
      'const Ui = { Face: ({ face }) => <Image src={face} /> }; <Ui.Face face="https://a.example.com/u/1" />',
    ],
    [
      'as compilers write it',
      'const Face = ({ face }) => (0, r.jsx)(Image, { src: face }); (0, r.jsx)(Face, { face: "https://a.example.com/u/1" })',
    ],
    [
      'as compilers wrote it',
      'const Face = ({ face }) => React.createElement(Image, { src: face }); React.createElement(Face, { face: "https://a.example.com/u/1" }, "x")',
    ],
  ])('%s', (_, script) => {
    expect(found(script)).toEqual(IMAGE);
  });
});

describe('a component of Vue, as compilers write it, shows what an element gives it', () => {
  const draw =
    'function b(e, t, r) { return v.openBlock(), v.createElementBlock("view", null, [v.createBaseVNode("image", { src: r.face })]) }';
  test.each([
    [
      'as options with a function that draws',
      `const y = { props: { face: String } }; ${draw}; const Face = sfc(y, [["render", b]]);
       const own = sfc({ data() { return {} } }, [["render", () => v.createVNode(Face, { face: "https://a.example.com/u/1" })]])`,
    ],
    [
      'as a function that setup gives',
      `const Face = define({ __name: "Face", props: { face: {} }, setup(e) { const t = e; return (c, l) => v.createBaseVNode("image", { src: c.face }) } });
       v.createVNode(Face, { face: "https://a.example.com/u/1" })`,
    ],
    [
      'under names that a minifier gives',
      `const r = { pM: (e) => e }; const Face = (0, r.pM)({ __name: "Face", props: { face: {} }, setup(e) { return (c, l) => (0, r.Lk)("image", { src: c.face }) } });
       (0, r.bF)(Face, { face: "https://a.example.com/u/1" })`,
    ],
  ])('%s', (_, script) => {
    const sfc =
      'const sfc = (e, t) => { const r = e.__vccOpts || e; for (const [n, o] of t) r[n] = o; return r }; const define = (a) => a;';
    expect(found(`${sfc} ${script}`)).toEqual(IMAGE);
  });

  test('of the host', () => {
    const script =
      '(0, r.Lk)("image", { src: "https://a.example.com/u/1" }); emit("load", { src: "https://b.example.com/u/1" })';
    expect(found(script)).toEqual(IMAGE);
  });
});

test('and calls it', () => {
  const script =
    'const List = ({ base }) => { ty.request({ url: base + "/v1" }); return <View /> }; <List base="https://api.example.com" />';
  expect(uses({ 'a.jsx': script })).toEqual(REQUEST);
});

test.each([
  ['another property', 'const Face = ({ face }) => <Image src={face} />; <Face name="https://a.example.com/u/1" />'],
  [
    'an element of the host of that name',
    'const view = ({ face }) => <Image src={face} />; <view face="https://a.example.com/u/1" />',
  ],
  ['what is not shown', 'const Face = ({ face }) => <Text>{face}</Text>; <Face face="https://a.example.com/u/1" />'],
])('%s is none', (_, script) => {
  expect(found(script)).toEqual([]);
});

test('what a list has is shown, however far what is added to it leads', () => {
  const added = Array.from({ length: 2000 }, () => 'at.a.b.c.d.e.f.g.h').join();
  const script = `const at = { a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } };
    const all = [{ face: "https://a.example.com/u/1" }]; all.push(${added}); all.map((one) => <Image src={one.face} />)`;
  expect(found(script)).toEqual(IMAGE);
});
