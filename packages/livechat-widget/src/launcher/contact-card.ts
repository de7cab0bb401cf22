import { contactWays } from '../store/contact-ways.ts';
import { element } from './dom.ts';

/** Texts of the card. */
export interface ContactWords {
  failed: string;
  form: string;
  retry: string;
}

/**
 * Creates the card that replaces a chat that cannot be loaded: other ways to contact the site, and a retry
 * button.
 */
export function contactCard(
  words: ContactWords,
  contact: string | undefined,
  retry: () => void,
): HTMLElement {
  const card = element('div', 'card');
  const title = element('p');
  const again = element('button');
  card.role = 'alert';
  title.textContent = words.failed;
  again.textContent = words.retry;
  again.addEventListener('click', retry);
  const links = contactWays(contact).map(({ href, text }) => {
    const link = element('a');
    link.href = href;
    link.textContent = text ?? words.form;
    return link;
  });
  card.append(title, ...links, again);
  return card;
}
