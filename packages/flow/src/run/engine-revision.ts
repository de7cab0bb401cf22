/**
 * Revision of the engine's rules and of `vectors/folding.json`. It rises when the same flow and input can
 * give another result, so that a difference between two programs can be told from a fault. Revision 1 had no
 * published table.
 */
export const ENGINE_REVISION = 2;
