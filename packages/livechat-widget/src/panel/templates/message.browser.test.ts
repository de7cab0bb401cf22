import { equal, until } from '../../testing/page.ts';
import '../../define.ts';
import { startNetwork, stopNetwork } from '../../testing/fake-network.ts';
import { openChat, type OpenChat } from '../../testing/open-chat.ts';

describe('a message', () => {
  let chat: OpenChat;
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => chat.widget.remove());

  const links = () => chat.widget.all('.bubble a') as HTMLAnchorElement[];

  it('links a URL without surrounding brackets and punctuation', async () => {
    chat = await openChat();
    await chat.hear(
      '(lihat https://en.example/Kopi_(minuman)) 请看https://a.example/x。谢谢 josé@correo.example',
    );
    equal(
      links().map(({ textContent, href }) => [textContent, decodeURIComponent(href)]),
      [
        ['https://en.example/Kopi_(minuman)', 'https://en.example/Kopi_(minuman)'],
        ['https://a.example/x', 'https://a.example/x'],
        ['josé@correo.example', 'mailto:josé@correo.example'],
      ],
    );
  });

  it('shows a URL left to right inside right-to-left text, and ends it at a control character', async () => {
    chat = await openChat();
    await chat.hear('راجع https://toko.example/ للمزيد');
    await chat.hear('https://a.example/\u202egpj.exe');
    const [first, second] = links();
    equal([first!.textContent, second!.textContent], ['https://toko.example/', 'https://a.example/']);
    const leftOf = (index: number) => {
      const range = document.createRange();
      // Lit adds a marker comment beside the text.
      const words = [...first!.childNodes].find((node) => node instanceof Text && node.data)!;
      range.setStart(words, index);
      range.setEnd(words, index + 1);
      return range.getBoundingClientRect().left;
    };
    const places = Array.from('https://toko.example/', (_, index) => leftOf(index));
    equal(
      places,
      places.toSorted((a, b) => a - b),
      'the URL is not shown left to right',
    );
  });

  it('shows names without control characters, and initials with their combining marks', async () => {
    chat = await openChat();
    await chat.hear('Halo');
    chat.inbox.host.reply('Namaste', { name: '\u202eअनिल \u2066कुमार' });
    chat.inbox.flush();
    await chat.widget.sees('Namaste');
    const group = chat.widget.all('.group').at(-1)!;
    equal(group.querySelector('.meta b')?.textContent, 'अनिल कुमार');
    await until(() => group.querySelector('.avatar')?.textContent?.trim() === 'अकु', 'other initials');
  });

  it('shows images from https URLs, and on a local page from localhost, and no others', async () => {
    chat = await openChat();
    await chat.hear('Halo');
    const requests = ['https://a.invalid/a.png', `${location.origin}/a.png`, 'http://a.invalid/a.png'];
    for (const address of requests) {
      chat.inbox.host.reply(`From ${address}`, { name: `Agent of ${address}`, avatarUrl: address }, address);
      chat.inbox.flush();
      await chat.widget.sees(`From ${address}`);
    }
    const shown = (selector: string) =>
      (chat.widget.all(selector) as HTMLImageElement[]).map(({ src }) => src);
    equal(shown('.avatar img'), requests.slice(0, 2));
    equal(shown('.picture img'), requests.slice(0, 2));
  });
});
