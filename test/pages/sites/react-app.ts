/**
 * A React application with the element, in StrictMode: every effect runs, is undone, and runs again.
 *
 * @module
 */
import { createElement, StrictMode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

interface Props {
  inbox: string;
  host: string;
}

function Chat({ inbox, host }: Props) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const widget = element.current;
    const count = (): void => {
      const shown = document.getElementById('count')!;
      shown.textContent = String(Number(shown.textContent) + 1);
    };
    widget?.addEventListener('livechat-message-sent', count);
    return () => widget?.removeEventListener('livechat-message-sent', count);
  }, []);
  return createElement('livechat-widget', { ref: element, inbox, host });
}

function App(props: Props) {
  const [shown, setShown] = useState(true);
  const [, setRenders] = useState(0);
  return createElement(
    'section',
    null,
    createElement(
      'button',
      { id: 'toggle', onClick: () => setShown((was) => !was) },
      'Show or hide the chat',
    ),
    createElement('button', { id: 'render', onClick: () => setRenders((was) => was + 1) }, 'Draw again'),
    shown && createElement(Chat, { key: 'chat', ...props }),
  );
}

const place = document.getElementById('app')!;
const { inbox, host } = place.dataset as unknown as Props;
createRoot(place).render(createElement(StrictMode, null, createElement(App, { inbox, host })));
