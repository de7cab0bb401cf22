/**
 * Parts of the editor that are loaded on first use. `details` is loaded at the start in parallel with the
 * canvas, which is usable while it loads.
 */
export type LazyPart = 'details' | 'outline' | 'problems' | 'try' | 'search' | 'shortcuts' | 'minimap';

/** Loads a part and registers its elements, once. Rejects if the download fails; the next call retries. */
export async function loadPart(part: LazyPart): Promise<void> {
  switch (part) {
    case 'details': {
      const { FlowInspector, FlowKeywords, FlowPicker } = await import('./flow-inspector/details-part.ts');
      define('flow-keywords', FlowKeywords);
      define('flow-picker', FlowPicker);
      define('flow-inspector', FlowInspector);
      break;
    }
    case 'outline': {
      const { FlowOutline } = await import('./flow-outline/flow-outline.ts');
      define('flow-outline', FlowOutline);
      break;
    }
    case 'problems': {
      const { FlowProblems } = await import('./flow-problems/flow-problems.ts');
      define('flow-problems', FlowProblems);
      break;
    }
    case 'try': {
      const [{ FlowSimulator }, { FlowPicker }] = await Promise.all([
        import('./flow-simulator/flow-simulator.ts'),
        import('./flow-inspector/details-part.ts'),
      ]);
      define('flow-picker', FlowPicker);
      define('flow-simulator', FlowSimulator);
      break;
    }
    case 'search': {
      const { FlowSearch } = await import('./flow-search/flow-search.ts');
      define('flow-search', FlowSearch);
      break;
    }
    case 'minimap': {
      const { FlowMinimap } = await import('./flow-minimap/flow-minimap.ts');
      define('flow-minimap', FlowMinimap);
      break;
    }
    case 'shortcuts': {
      const { FlowShortcuts } = await import('./flow-shortcuts/flow-shortcuts.ts');
      define('flow-shortcuts', FlowShortcuts);
      break;
    }
  }
}

/** Registers an element unless its name is already defined. A page can contain two copies of the package. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
