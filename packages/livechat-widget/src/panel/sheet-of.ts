const sheets = new Map<string, CSSStyleSheet>();

/** The style sheet with that content, one for all who want it. */
export function sheetOf(css: string): CSSStyleSheet {
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  return sheet;
}

/** Dresses `root`, as often as wanted: a document that takes an element over takes its sheets away, and this one gives none back. */
export function adopt(root: ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
  const { adoptedStyleSheets: worn } = root;
  worn.push(...sheets.filter((sheet) => !worn.includes(sheet)));
}
