/**
 * URLs that run script when a user follows them.
 *
 * @module
 */

/** The simplest one, for tests that need a single URL. */
export const SCRIPT_ADDRESS = 'javascript:pwned()';

/** Unusual spellings of one scheme, as browsers and filters read it or do not. */
const schemes = [
  SCRIPT_ADDRESS,
  'JaVaScRiPt:pwned()',
  ' javascript:pwned()',
  '\u00A0javascript:pwned()',
  '\u0001javascript:pwned()',
  '\u200Bjavascript:pwned()',
  '\uFEFFjavascript:pwned()',
  'java\nscript:pwned()',
  'java\tscript:pwned()',
  'java\r\nscript:pwned()',
  'java\u0000script:pwned()',
  'javascript\n:pwned()',
  'javascript&colon;pwned()',
  'javascript&#58;pwned()',
  '&#106;avascript:pwned()',
  'javascript%3Apwned()',
  '%6Aavascript:pwned()',
  'javaſcript:pwned()',
  'ｊａｖａｓｃｒｉｐｔ:pwned()',
  'javascript：pwned()',
  'javascript://%0apwned()',
  'javascript://safe.example/%0A%0Dpwned()',
  'javascript:/*https://safe.example*/pwned()',
  'javascript:void(0);pwned()',
  'javascript:javascript:pwned()',
  'livescript:pwned()',
  'mocha:pwned()',
  'vbscript:pwned()',
  'feed:javascript:pwned()',
  'view-source:javascript:pwned()',
  'jar:javascript:pwned()!/',
  'x-javascript:pwned()',
  'intent://safe.example#Intent;scheme=javascript;S.browser_fallback_url=javascript:pwned();end',
  'ms-its:javascript:pwned()',
];

/** URLs that contain a document, or that look like one of ours. */
const addresses = [
  'data:text/html,<script>pwned()</script>',
  'data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+',
  'data:text/html;charset=utf-7,+ADw-script+AD4-pwned()+ADw-/script+AD4-',
  'data:image/svg+xml,<svg onload=pwned()>',
  'data:application/xhtml+xml,<x:script xmlns:x="http://www.w3.org/1999/xhtml">pwned()</x:script>',
  'DATA:,<script>pwned()</script>',
  'blob:https://safe.example/x',
  'filesystem:https://safe.example/temporary/x',
  'file:///etc/passwd',
  'about:blank#<script>pwned()</script>',
  'chrome://settings/',
  'ws://safe.example/pwned()',
  'https://safe.example/"onmouseover="pwned()',
  "https://safe.example/'onmouseover='pwned()",
  'https://safe.example/`onmouseover=`pwned()',
  'https://safe.example/<script>pwned()</script>',
  'https://safe.example/?x=javascript:pwned()#javascript:pwned()',
  'https://javascript:pwned()@safe.example/',
  'https://safe.example\\@javascript:pwned()',
  'https:javascript:pwned()',
  'https:\n//safe.example/javascript:pwned()',
  'https://[javascript:pwned()]/',
  'https://safe.example:javascript/pwned()',
  'www.safe.example/javascript:pwned()',
  'mailto:a@safe.example?body=<script>pwned()</script>',
  'mailto:"<img src=x onerror=pwned()>"@safe.example',
  'tel:javascript:pwned()',
  '//safe.example/x',
  '/\\safe.example/x',
];

export const ADDRESSES: readonly string[] = [...schemes, ...addresses];
