import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { HelpPage } from './help-page.tsx';

const root = document.getElementById('root')!;
const { inbox, host } = root.dataset as { inbox: string; host: string };

createRoot(root).render(
  <StrictMode>
    <HelpPage inbox={inbox} host={host} />
  </StrictMode>,
);
