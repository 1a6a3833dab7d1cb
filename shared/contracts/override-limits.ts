/** Why there is an override, and who made it, at most: it stands in a row with all the others. */
export const NOTE_CHARACTERS = 200
export const MAKER_CHARACTERS = 100
