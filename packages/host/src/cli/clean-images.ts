import { cleanStoredImages } from '../files/clean-stored-images.ts';
import { createImageCleaner } from '../files/image-cleaner.ts';
import { openDatabase } from './open-database.ts';
import type { Settings } from './options.ts';

const REPORT_EVERY = 100;

/** Removes metadata from images that earlier versions stored with it. Prints what it does. */
export async function cleanImages(settings: Settings): Promise<void> {
  const database = await openDatabase(settings);
  const images = createImageCleaner({ atOnce: 1 });
  const counts = { cleaned: 0, failed: 0, erased: 0 };
  try {
    await cleanStoredImages({
      database,
      images,
      onImage(attachmentId, outcome) {
        counts[outcome] += 1;
        if (outcome === 'failed') console.warn(`${attachmentId} cannot be decoded and stays as it is.`);
        if (outcome === 'cleaned' && counts.cleaned % REPORT_EVERY === 0)
          console.log(`${counts.cleaned} images cleaned so far.`);
      },
    });
  } finally {
    images.close();
    await database.close();
  }
  console.log(`Images cleaned: ${counts.cleaned}. Images that cannot be decoded: ${counts.failed}.`);
}
