/**
 * Test helpers for hosts, for tests outside of this package (`@alur/host/testing`). Not published.
 *
 * @module
 */
export { openPGlite } from '../database/pglite-database.ts';
export { openPostgres } from '../database/postgres-database.ts';
export { countedDatabase } from './counted-database.ts';
export { openTemplate } from './open-template.ts';
export { onPostgres, withSchema } from './postgres-schema.ts';
export { signToken } from './sign-token.ts';
export { templateFile } from './template-file.ts';
export {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  type TestHost,
  type TestVisitor,
  type TestWorkspace,
} from './test-host.ts';
export { workspaceOf } from './test-workspace.ts';
