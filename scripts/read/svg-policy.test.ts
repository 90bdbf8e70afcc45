/** An SVG that is more than a picture is refused, and the files of drawing programs are accepted. */
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { readAvatar } from './avatar.ts';
import { activeContent } from './svg-policy.ts';

const NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (inside: string, attributes = ''): string =>
  `<svg ${NAMESPACES} width="64" height="64" viewBox="0 0 64 64"${attributes}>${inside}</svg>`;
const readSvg = (text: string) => readAvatar('avatar.svg', Buffer.from(text));

describe('an SVG that is more than a picture is refused', () => {
  const x = 'alert(1)';
  test.each([
    ['a script', `<script>${x}</script>`],
    ['a script in capitals', `<SCRIPT>${x}</SCRIPT>`],
    ['a script from elsewhere', '<script href="https://evil.example/x.js"/>'],
    ['a script of another prefix', `<s:script xmlns:s="http://www.w3.org/2000/svg">${x}</s:script>`],
    ['a script of HTML', `<h:script xmlns:h="http://www.w3.org/1999/xhtml">${x}</h:script>`],
    ['a script in an unknown element', `<g><metadata><foo><script>${x}</script></foo></metadata></g>`],
    ['a script with a line feed in its tag', `<script\n>${x}</script\n>`],
    ['a script after a comment that ends early', `<!-- --><script>${x}</script><!-- -->`],
    ['HTML in a foreignObject', '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'],
    ['HTML without a foreignObject', '<p xmlns="http://www.w3.org/1999/xhtml">x</p>'],
    ['a frame', '<iframe src="https://evil.example"/>'],
    ['a handler element', `<handler type="text/javascript">${x}</handler>`],
    ['a listener', '<ev:listener xmlns:ev="http://www.w3.org/2001/xml-events" event="load"/>'],
    ['sound', '<audio src="#a"/>'],
    ['a link of HTML', '<link rel="stylesheet" href="#a"/>'],
    ['a handler', `<g onclick="${x}"/>`],
    ['a handler in capitals', `<g ONLOAD="${x}"/>`],
    ['a handler in single quotes', `<g onmouseover='${x}'/>`],
    ['a handler with spaces around its sign', `<g onload = "${x}"/>`],
    ['a handler after a line feed', `<g\nonload="${x}"/>`],
    ['a handler of an animation', `<animate onbegin="${x}" attributeName="x"/>`],
    ['a handler without quotes', `<g onload=${x}/>`],
    ['a handler after a slash', `<g/onload="${x}"/>`],
    ['a handler without a space before', `<g id="a"onload="${x}"/>`],
    ['a script address', `<a href="javascript:${x}"><text>x</text></a>`],
    ['a script address of xlink', `<a xlink:href="javascript:${x}"/>`],
    ['a script address of another prefix', `<a xmlns:l="http://www.w3.org/1999/xlink" l:href="javascript:${x}"/>`],
    ['a script address with references', `<a href="&#106;&#x61;vascript&#58;${x}"/>`],
    ['a script address with long references', `<a href="&#0000106;avascript:${x}"/>`],
    ['a script address with a tab', `<a href="java&#9;script:${x}"/>`],
    ['a script address with a line feed', `<a href="java\nscript:${x}"/>`],
    ['a script address with spaces before', `<a href="  \u00a0 JavaScript:${x}"/>`],
    ['a script address with named references', `<a href="javascript&colon;${x}"/>`],
    ['a script address of another language', `<a href="vbscript:${x}"/>`],
    ['a page as data', '<a href="data:text/html,x"/>'],
    ['an SVG as data', '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'],
    ['a link to a server', '<a href="https://evil.example"/>'],
    ['a link to a server without scheme', '<a href="//evil.example"/>'],
    ['an image of a server', '<image xlink:href="https://evil.example/pixel.png" width="1" height="1"/>'],
    ['an image beside the file', '<image href="other.png"/>'],
    ['a part of another file', '<use href="other.svg#a"/>'],
    ['a filter image of a server', '<filter id="f"><feImage href="http://evil.example/x.png"/></filter>'],
    ['another base', '<g xml:base="https://evil.example/"/>'],
    ['an animated link', '<a><set attributeName="href" to="#x"/></a>'],
    ['an animated link of xlink', '<a><animate attributeName="xlink:href" values="#a;#b"/></a>'],
    ['an animated script address', `<a><animate attributeName="x" values="javascript:${x}"/></a>`],
    ['an animated handler', '<set attributeName="onclick" to="x"/>'],
    ['a style sheet of a server', '<style>@import "https://evil.example/x.css";</style>'],
    ['a style sheet of a server, escaped', '<style>@\\69mport "https://evil.example/x.css";</style>'],
    ['a style sheet of a server, in CDATA', '<style><![CDATA[@import "//evil.example";]]></style>'],
    ['a style sheet of a server, with references', '<style>&#64;import "//evil.example";</style>'],
    ['a style sheet in parts', '<style>@imp<![CDATA[ort "//evil.example";]]></style>'],
    ['a style sheet in parts around a comment', '<style>@imp<!-- -->ort "//evil.example";</style>'],
    ['a style sheet by an instruction', '<?xml-stylesheet href="https://evil.example/x.css"?>'],
    ['a fill of a server', '<rect fill="url(https://evil.example/x.svg#a)"/>'],
    ['a fill of a server in quotes', `<rect style="fill:url( 'https://evil.example/x.svg#a' )"/>`],
    ['a fill of a server, escaped', '<rect style="fill:u\\72l(https://evil.example/x.svg#a)"/>'],
    ['a fill of a server, the second of two', '<rect style="fill:url(#a);stroke:URL(//evil.example#a)"/>'],
    ['a fill of a server between comment signs in strings', `<style>a{b:"/*";fill:url(//evil.example);c:"*/"}</style>`],
    ['an image set', '<style>rect{fill:image-set("//evil.example/x.png" 1x)}</style>'],
    ['a font of a server', '<style>@font-face{font-family:a;src:url(//evil.example/a.woff)}</style>'],
    ['an expression of old browsers', `<rect style="width:expression(${x})"/>`],
    ['a binding of old browsers', '<rect style="-moz-binding:url(#a)"/>'],
    ['a behaviour of old browsers', '<rect style="behavior:url(#a)"/>'],
    ['an entity that nobody declared', '<text>&nbsp;</text>'],
    ['a control character by its number', '<g id="a&#1;b"/>'],
    ['a tag that does not end', '<g'],
    ['elements that cross', '<g><a></g></a>'],
    ['an attribute that does not end', '<g id="a><script>x</script>'],
    ['a comment that does not end', '<!-- '],
    ['CDATA that does not end', '<![CDATA[ '],
    ['a control character', '<g id="\x01"/>'],
  ])('%s', (_, inside) => {
    const { format, active } = readSvg(svg(inside));
    expect(format).toBe('svg');
    expect(active).toMatch(/\S{3}/);
  });

  const root = svg('');
  test.each([
    ['an entity of its own', `<!DOCTYPE svg [<!ENTITY x "javascript:alert(1)">]>${root}`],
    ['an entity of a server', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${root}`],
    ['a document type of a server', `<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd">${root}`],
    [
      'a document type of a server, called SVG',
      `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "https://evil.example/x.dtd">${root}`,
    ],
    ['a style sheet before the root', `<?xml-stylesheet type="text/xsl" href="#x"?>${root}`],
    ['an encoding that reads other letters', `<?xml version="1.0" encoding="UTF-7"?>${root}`],
    ['a handler of the root', svg('', ' onload="alert(1)"')],
    ['something after the root', `${root}<script>alert(1)</script>`],
    ['text after the root', `${root}<!-- --> x`],
    ['a second root', `${root}${root}`],
    ['another root', `<html><body>${root}</body></html>`],
  ])('%s', (_, text) => {
    expect(activeContent(text)).toMatch(/\S{3}/);
  });
});

describe('a plain SVG of a drawing program is accepted', () => {
  const gradient =
    '<defs><linearGradient id="a" x1="0" x2="1"><stop offset="0" stop-color="#fff"/><stop offset="1" style="stop-color:#000;stop-opacity:1"/></linearGradient><radialGradient id="b" xlink:href="#a" gradientTransform="matrix(1 0 0 1 0 0)"/></defs>';
  test.each([
    [
      'as Inkscape writes it',
      `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
   xmlns:svg="http://www.w3.org/2000/svg" ${NAMESPACES} xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="64mm" height="64mm" viewBox="0 0 64 64" version="1.1" id="svg8"
   inkscape:version="1.3 (0e150ed, 2023-07-21)" sodipodi:docname="alarm.svg" inkscape:export-filename="C:\\alarm.png">
  ${gradient}
  <sodipodi:namedview id="base" pagecolor="#ffffff" inkscape:zoom="0.35" showgrid="false"><inkscape:grid type="xygrid" id="g"/></sodipodi:namedview>
  <metadata id="m"><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>
    <dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/><dc:source>https://example.com/</dc:source><dc:title>Alarm &amp; clock</dc:title>
  </cc:Work></rdf:RDF></metadata>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1">
    <path style="fill:url(#a);stroke:#000000;stroke-width:0.26;-inkscape-font-specification:'Sans, Normal';font-family:Sans" d="M 1,1 H 2 Z" id="p" inkscape:connector-curvature="0"/>
    <text xml:space="preserve" style="line-height:1.25" x="1" y="2"><tspan sodipodi:role="line" x="1">12:30</tspan></text>
    <svg:use xlink:href="#p" x="0" y="0"/>
  </g>
</svg>
`,
    ],
    [
      'as Illustrator writes it',
      `<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" ${NAMESPACES} x="0px" y="0px" width="64px" height="64px" viewBox="0 0 64 64" style="enable-background:new 0 0 64 64;" xml:space="preserve">
<style type="text/css"><![CDATA[
	.st0{fill:#FF6600;} .st1{clip-path:url(#SVGID_2_);} .st2{fill:none;stroke:#000;stroke-miterlimit:10;}
	@media (prefers-color-scheme: dark) { .st0 { fill: #fff } }
]]></style>
<g><defs><rect id="SVGID_1_" width="64" height="64"/></defs><clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_" style="overflow:visible;"/></clipPath>
<path class="st0 st1" d="M10,10c0,0,5-3,8,0z"/></g>
</svg>`,
    ],
    [
      'as Figma writes it',
      `<svg width="64" height="64" viewBox="0 0 64 64" fill="none" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<g clip-path="url(#clip0_1_2)" filter="url('#filter0_d')"><rect width="64" height="64" rx="12" fill="url(#paint0_linear)"/><path fill-rule="evenodd" d="M1 1L2 2Z" fill="white"/></g>
<rect width="64" height="64" fill="url(#pattern0)"/>
<defs><pattern id="pattern0" width="1" height="1"><use xlink:href="#image0" transform="scale(0.01)"/></pattern>
<filter id="filter0_d" x="0" y="0" width="1" height="1" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB"><feFlood flood-opacity="0" result="BackgroundImageFix"/><feColorMatrix in="SourceAlpha" type="matrix" values="0 0 0 0 0"/></filter>
<image id="image0" width="1" height="1" xlink:href="data:image/png;base64,${PNG.sync.write(new PNG({ width: 1, height: 1 })).toString('base64')}"/>
<clipPath id="clip0_1_2"><rect width="64" height="64" fill="white"/></clipPath></defs>
</svg>`,
    ],
    [
      'with a style sheet of colours',
      svg(
        '<style>.a { fill: #fff; stroke: rgb(1, 2, 3) } /* url of nothing */ .b{font:12px "My Font"}</style><g class="a"/>',
      ),
    ],
    [
      'with a gradient and a mask',
      svg(`${gradient}<mask id="m"><rect fill="url(#b)" mask="url(&quot;#m&quot;)"/></mask>`),
    ],
    [
      'with an animation of its shape',
      svg('<circle r="3"><animate attributeName="r" values="3;5;3" dur="2s" repeatCount="indefinite"/></circle>'),
    ],
    [
      'with words that only name code',
      svg(
        '<title>javascript: the good parts</title><desc>onload="x" &lt;script&gt;</desc><text>url(https://example.com)</text>',
      ),
    ],
    ['with a comment that holds code', svg('<!-- <script>alert(1)</script> -->')],
    ['with letters of many scripts', svg('<text>闹钟 منبه ⏰</text>')],
    ['after a plain document type', `<!DOCTYPE svg>${svg('')}`],
    [
      'with metadata of Adobe',
      svg(
        '<metadata><?xpacket begin="" id="W5M0"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?></metadata>',
      ),
    ],
  ])('%s', (_, text) => {
    expect(activeContent(text)).toBeUndefined();
    expect(readSvg(text)).toMatchObject({ format: 'svg' });
    expect(readSvg(text).active).toBeUndefined();
  });
});
