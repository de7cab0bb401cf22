/** A replacement for the process that decodes images. The type of an image selects its behaviour. */
import type { ImageRequest } from '../files/image-process.ts';

process.on('message', ({ type, bytes }: ImageRequest) => {
  if (type === 'crash') process.kill(process.pid, 'SIGSEGV');
  if (type === 'hang') for (;;);
  if (type === 'wait') return;
  process.send?.({ image: { bytes, width: 1, height: 1, thumbnail: null } });
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
