/** Of a fact in JSON. More than one sentence needs is a mistake, or somebody else's text. */
export const FACT_CHARACTERS = 2_000
