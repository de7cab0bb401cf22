/** The variable parts of a test page. */
export interface TestPage {
  /** Attributes of `<html>`. Default: `lang="en"`. */
  html?: string;
  /** HTML before the widget's script; `{{nonce}}` is replaced with the nonce. */
  head?: string;
  /** The widget's tag; empty for a page without it. */
  widget?: string;
  bodyAttributes?: string;
  /** HTML before the site's content. */
  start?: string;
  /** HTML after it. */
  end?: string;
  /** HTTP headers of the page. */
  headers?: Record<string, string>;
}

export const NONCE = 'c2l0ZQ';

/**
 * The site's content: controls that a visitor can use, all over the page. The last ones are as close to the
 * launcher's corner as a site may place them.
 */
export const SITE = `
<header id="top"><a id="link-a" href="#a">Products</a> <a id="link-b" href="#b">Prices</a> <a id="link-c" href="#c">Contact</a></header>
<main>
  <h1>A site that was here first</h1>
  <p>Its own words, its own manners.</p>
  <form id="order">
    <input id="field" aria-label="Name">
    <select id="choice"><option>One<option>Two</select>
    <input id="tick" type="checkbox" aria-label="Agreed">
    <textarea id="area" aria-label="Remarks"></textarea>
    <button id="send" type="button">Order</button>
  </form>
</main>
<button id="near-left" type="button" class="near">near</button>
<button id="near-above" type="button" class="near">near</button>
<button id="far-start" type="button" class="near">far</button>
<button id="middle" type="button" class="near">middle</button>`;

/** The ids of the clickable elements in {@link SITE}. */
export const CONTROLS = [
  'link-a',
  'link-b',
  'link-c',
  'field',
  'tick',
  'area',
  'send',
  'near-left',
  'near-above',
  'far-start',
  'middle',
];

/** The controls that stay free next to the fallback card, and those next to an open chat. */
export const BESIDE_CARD = CONTROLS.filter((id) => id !== 'near-above');
export const BESIDE_CHAT = [
  'link-a',
  'link-b',
  'link-c',
  'field',
  'tick',
  'near-left',
  'far-start',
  'middle',
];

/** Style sheets are files: a page with a strict policy allows no inline styles. */
export const SITE_STYLES = `
  body { margin: 0; min-height: 1200px; font: 16px/1.5 sans-serif; color: #223; background: #f4f2ee }
  header, main { padding: 16px 24px }
  form { display: flex; gap: 12px; align-items: start }
  #field, #area { inline-size: 160px; block-size: 32px; box-sizing: border-box }
  .near { position: fixed; inline-size: 72px; block-size: 32px; padding: 0 }
  #near-left { right: 84px; bottom: 32px }
  #near-above { right: 12px; bottom: 84px }
  #far-start { left: 12px; bottom: 12px }
  #middle { left: 50%; top: 50% }
`;

/** Returns the page as HTML. The probe's script is first. */
export function renderPage(page: TestPage): string {
  const { html = 'lang="en"', head = '', widget = '', bodyAttributes = '', start = '', end = '' } = page;
  const markup = `<!doctype html>
<html ${html}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Test page</title>
<link rel="icon" href="data:,">
<script nonce="{{nonce}}" src="/probe.js"></script>
<link rel="stylesheet" href="/site.css">
${head}
${widget}
</head>
<body ${bodyAttributes}>
${start}
${SITE}
${end}
</body>
</html>`;
  return markup.replaceAll('{{nonce}}', NONCE);
}
