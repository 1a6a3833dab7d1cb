/** A resolved incident is kept so long, ms; its timeline likewise. */
export const KEPT_AFTER_RESOLVE_MS = 180 * 86_400_000
