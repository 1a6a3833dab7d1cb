/** What a comment may have, in characters: messages quote it. */
export const COMMENT_CHARACTERS = 200

/** A silence is no way to switch a check off, ms. */
export const LONGEST_SILENCE_MS = 90 * 86_400_000
