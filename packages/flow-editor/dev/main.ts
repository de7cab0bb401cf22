/**
 * Development page for the elements without a host. Query: `?element=editor|list|inbox`,
 * `&flow=example|new|big`, `&size=1000`, `&locale=id`, `&scheme=dark`, `&dir=rtl`, `&readonly`,
 * `&answer=ok|fail|conflict` (result of a save), `&loading`.
 */
import '../src/define.ts';
import { emptyFlow, type Flow } from '@alur/flow';
import type { FlowEditor } from '../src/index.ts';
import { bigFlow, directory, exampleFlow, sampleList } from './sample.ts';

const query = new URLSearchParams(location.search);
document.documentElement.style.colorScheme = query.get('scheme') ?? 'light dark';
document.documentElement.lang = query.get('locale') ?? 'en';
document.documentElement.dir = query.get('dir') ?? 'ltr';

function chooseFlow(): Flow {
  if (query.get('flow') === 'new') {
    return emptyFlow({ id: 'flow_new', name: 'Jam kerja', timeZone: 'Asia/Jakarta' });
  }
  return query.get('flow') === 'big' ? bigFlow(Number(query.get('size') ?? 1000)) : exampleFlow;
}

function showEditor(): void {
  const editor = document.createElement('flow-editor');
  editor.flow = chooseFlow();
  editor.version = 3;
  editor.live = true;
  editor.readonly = query.has('readonly');
  editor.directory = query.has('loading') ? null : directory;
  editor.addEventListener('flow-save', (event) => {
    event.respondWith(answerSave(editor, event.baseVersion ?? 0, event.live));
  });
  document.body.append(editor);
}

async function answerSave(editor: FlowEditor, base: number, live: boolean) {
  await new Promise((resolve) => setTimeout(resolve, 300));
  const wanted = query.get('answer');
  if (wanted === 'fail') throw new Error('The host cannot be reached.');
  if (wanted === 'conflict' && base < 4) {
    const flow = structuredClone(exampleFlow);
    flow.name = 'Jam kerja dan libur';
    return { conflict: { version: 4, flow } };
  }
  const hasErrors = editor.store.$problems.get().some(({ severity }) => severity === 'error');
  return { version: base + 1, live: live && !hasErrors, problems: [] };
}

function showList(): void {
  const list = document.createElement('flow-list');
  list.style.cssText = 'max-width: 880px; margin: 32px auto; padding: 0 16px';
  const flows = query.has('empty') ? [] : sampleList;
  list.flows = query.has('loading') ? null : flows;
  const answer = () =>
    query.get('answer') === 'fail' ? Promise.reject(new Error('No connection.')) : Promise.resolve();
  for (const type of [
    'flow-create',
    'flow-rename',
    'flow-duplicate',
    'flow-delete',
    'flow-import',
  ] as const) {
    list.addEventListener(type, (event) => event.respondWith(answer()));
  }
  document.body.append(list);
}

function showInbox(): void {
  const element = document.createElement('inbox-flow');
  element.style.cssText = 'max-width: 560px; margin: 32px auto; padding: 0 16px';
  const type = query.get('type') ?? 'web-livechat';
  element.inbox = { id: 'inb_1', name: 'Toko', type, flowId: query.has('none') ? null : 'flow_example' };
  element.flows = query.has('loading') ? null : sampleList.map((item) => ({ ...item, flow: exampleFlow }));
  element.addEventListener('inbox-flow-update', (event) => event.respondWith(Promise.resolve()));
  document.body.append(element);
}

const shows: Record<string, () => void> = { editor: showEditor, list: showList, inbox: showInbox };
shows[query.get('element') ?? 'editor']?.();
