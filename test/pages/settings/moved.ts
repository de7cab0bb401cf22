import assert from 'node:assert/strict';
import type { Setting } from '../kit/setting.ts';

export const moved: Setting = {
  name: 'moved',
  about: 'an element that is moved a hundred times, and taken away and put back a hundred times',
  serve: async ({ tag, counted }, inbox) => ({
    '/': {
      widget: tag(inbox, { 'data-host': (await counted(inbox)).url }),
      end: '<div id="here"></div><div id="there"></div>',
    },
  }),
  async run(visit) {
    await visit.goto();
    await visit.chats();
    await visit.streamsAre(1);
    await visit.look(async () => {
      const widget = document.querySelector('livechat-widget')!;
      const places = [document.getElementById('here')!, document.getElementById('there')!];
      for (let i = 0; i < 100; i += 1) places[i % 2]!.append(widget);
      for (let i = 0; i < 100; i += 1) {
        widget.remove();
        // Now and then it has time to let go of everything.
        if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        places[i % 2]!.append(widget);
        if (i % 10 === 5) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    await visit.isOpen();
    await visit.sees(`A word from ${visit.engine}`);
    await visit.say('A word after the journey');
    await visit.isHeard('A word after the journey');
    await visit.stage.reply(visit.inbox, 'Still here?');
    await visit.sees('Still here?');
    const shown = await visit.look(() => probe.texts('.bubble').filter((text) => text === 'Still here?'));
    assert.equal(shown.length, 1);
    assert.equal(await visit.look(() => probe.all('livechat-panel').length), 1);
    assert.equal(await visit.look(() => probe.boxes('.launcher').length), 1);
    await visit.streamsAre(1);
    await visit.isQuiet();
  },
};
