#!/usr/bin/env node
/**
 * The command `alur-host`. Exit codes: 0 success, 1 failure, 2 the command line, a variable or a file is
 * invalid. See the README for options and variables.
 *
 * @module
 */
import { helpText, readCommandLine, UsageError, type CommandLine } from './cli/read-command-line.ts';

try {
  await run(readCommandLine(process.argv.slice(2), process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(error instanceof UsageError ? 2 : 1);
}

/** Loads a command only when it is used, so that a mistake is reported at once. */
async function run({ command, operands, settings }: CommandLine): Promise<void> {
  if (operands.length > 0 && command !== 'check' && command !== 'keys' && command !== 'help')
    throw new UsageError(`"${operands[0]}" is too much. See alur-host --help.`);
  switch (command) {
    case 'help':
      return console.log(helpText());
    case 'serve':
      return (await import('./cli/serve.ts')).serve(settings);
    case 'check': {
      if (operands.length === 0) throw new UsageError('Say which files: alur-host check <file>…');
      const { readWorkspace } = await import('./cli/read-workspace.ts');
      const { loadKinds, moduleUrl } = await import('./kinds/load-kinds.ts');
      const { kindsModule } = settings;
      const kinds = await loadKinds(kindsModule === null ? null : moduleUrl(kindsModule));
      for (const file of operands) {
        await readWorkspace(file, { isWhole: true, kinds: kinds.author });
        console.log(`${file}: nothing is wrong.`);
      }
      return;
    }
    case 'keys':
      return (await import('./cli/manage-keys.ts')).manageKeys(operands, settings);
    case 'clean-images':
      return (await import('./cli/clean-images.ts')).cleanImages(settings);
    case 'export-to-postgres': {
      if (settings.database === null) throw new UsageError('Say with --database where to.');
      const { exportToPostgres } = await import('./database/export-to-postgres.ts');
      const counts = await exportToPostgres(settings.data, settings.database);
      for (const [table, count] of Object.entries(counts)) console.log(`${table}: ${count}`);
      console.log('Done. Start the host with ALUR_DATABASE_URL from now on; the old folder was only read.');
    }
  }
}
