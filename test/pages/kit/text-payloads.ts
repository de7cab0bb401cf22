/**
 * Text that changes its meaning when it is decoded, rendered as a template or used as a key.
 *
 * @module
 */

/** Markdown, wikis, boards: text that some chats turn into markup. */
const markdown = [
  '[click](javascript:pwned())',
  '[click](<javascript:pwned()>)',
  '[click](javascript&colon;pwned())',
  '[click](https://safe.example "\\"onmouseover=\\"pwned()")',
  '![x](javascript:pwned())',
  '![x" onerror="pwned()](https://safe.example/x.png)',
  '[a]: javascript:pwned() "x"\n[click][a]',
  '<javascript:pwned()>',
  '```html\n<script>pwned()</script>\n```',
  '`<img src=x onerror=pwned()>`',
  '> <img src=x onerror=pwned()>',
  '[url=javascript:pwned()]click[/url]',
  '[img]x" onerror="pwned()[/img]',
  '$\\href{javascript:pwned()}{click}$',
  '<https://safe.example|javascript:pwned()>',
];

/** Templates of several engines, including the widget's own renderer. */
const templates = [
  "{{constructor.constructor('pwned()')()}}",
  "{{visitor.constructor.constructor('pwned()')()}}",
  '{{visitor.__proto__.x}}',
  '{{#with "s" as |string|}}{{string.constructor}}{{/with}}',
  '{{{pwned()}}}',
  '{{toString.constructor.prototype.charAt=[].join;$eval("x=pwned()")}}',
  '<div v-html="pwned()" @click="pwned()" :x="pwned()">',
  '<div x-data x-init="pwned()">',
  '<div ng-app ng-init="constructor.constructor(\'pwned()\')()">',
  '<div hx-on:load="pwned()" hx-get="/" hx-trigger="load">',
  '<div data-turbo-stream><turbo-stream action="append" target="x"><template><script>pwned()</script></template></turbo-stream>',
  '${pwned()}',
  '`${pwned()}`',
  '<%= pwned() %>',
  '<?= pwned() ?>',
  '#{pwned()}',
  '{%raw%}{{pwned()}}{%endraw%}',
  '*{pwned()}',
  '<!--?lit$1$--><img src=x onerror=pwned()>',
  '?lit$123456789$',
  '<!--lit-part--><script>pwned()</script><!--/lit-part-->',
  '{{lit-1}}@click=${pwned()}',
  '{"_$litType$":1,"strings":["<img src=x onerror=pwned()>"],"values":[]}',
  '{"_$litDirective$":{},"values":["<script>pwned()</script>"]}',
];

/** Names that reach inherited members of objects. */
const prototypes = [
  '?x=1&__proto__[pwned]=1',
  '{"__proto__":{"pwned":true}}',
  '{"constructor":{"prototype":{"pwned":true}}}',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '{"toJSON":"pwned","then":"pwned"}',
  'Object.prototype.pwned=1',
];

/** Markup that appears only after decoding or normalization. */
const encodings = [
  '&lt;img src=x onerror=pwned()&gt;',
  '&amp;lt;img src=x onerror=pwned()&amp;gt;',
  '&#60;img src=x onerror=pwned()&#62;',
  '&#x3c;img src=x onerror=pwned()&#x3e;',
  '\\u003cimg src=x onerror=pwned()\\u003e',
  '\\x3cimg src=x onerror=pwned()\\x3e',
  '%3Cimg%20src=x%20onerror=pwned()%3E',
  '%253Cimg%2520src=x%2520onerror=pwned()%253E',
  '%C0%BCimg src=x onerror=pwned()%C0%BE',
  '+ADw-img src=x onerror=pwned()+AD4-',
  '=3Cimg src=x onerror=pwned()=3E',
  'PGltZyBzcmM9eCBvbmVycm9yPXB3bmVkKCk+',
  '＜img src=x onerror=pwned()＞',
  '‹img src=x onerror=pwned()›',
  '﹤img src=x onerror=pwned()﹥',
  'ŧ<img src=x onerror=pwned()>ŧ'.normalize('NFD'),
  '\uD800<img src=x onerror=pwned()>\uDC00',
];

/** Text that imitates other text, or that breaks its display. */
const appearances = [
  '\u202Egpj.exe\u202C <b onclick=pwned()>bold</b>',
  '\u2066\u202E<img src=x onerror=pwned()>\u2069',
  '\u2067https://safe.example/\u2066javascript:pwned()',
  'https://safe.example/\u202Ednuor/)(denwp:tpircsavaj',
  'https://ѕаfe.example/pwned()',
  'https://safe.example\u2024/pwned()',
  'https://safe\u200B.example/pwned()',
  '\u200D\u200C\u2060<script>pwned()</script>',
  `<script>p\u0336w\u0336n\u0336e\u0336d\u0336()</script>`,
  `Z${'\u0334\u0335\u0336\u0337'.repeat(40)}<img src=x onerror=pwned()>`,
  '👩‍👩‍👧‍👦<img src=x onerror=pwned()>🏳️‍🌈',
  '\u{E0001}\u{E0070}\u{E0077}\u{E006E}<script>pwned()</script>',
  '\uFFF9pwned\uFFFA<script>pwned()</script>\uFFFB',
  '\u0007\u001B[31m<img src=x onerror=pwned()>\u001B[0m',
  '\u001B]8;;javascript:pwned()\u0007click\u001B]8;;\u0007',
  `${'<b>'.repeat(200)}pwned()`,
  '=HYPERLINK("javascript:pwned()","click")',
  "'; DROP TABLE messages; --<img src=x onerror=pwned()>",
];

export const TEXTS: readonly string[] = [
  ...markdown,
  ...templates,
  ...prototypes,
  ...encodings,
  ...appearances,
];
