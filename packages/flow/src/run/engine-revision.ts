/**
 * Revision of the engine's rules and of `vectors/folding.json`. It increases when the same flow and input can
 * give another result, so that a version difference is distinguishable from a bug. Revision 1 had no
 * published table.
 */
export const ENGINE_REVISION = 2;
