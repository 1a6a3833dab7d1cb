/** The seed's Lambda slept so long while a phone rang, once per call; nobody else was called before it woke, ms. */
export const seedMs = 65_000
