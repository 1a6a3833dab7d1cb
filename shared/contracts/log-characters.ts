/**
 * Of what a job posts, such as its log, so much is kept: the end, where it says how it ended. Clients of Healthchecks are told so many bytes
 * (healthchecks.io documentation, "Attaching logs").
 */
export const LOG_CHARACTERS = 10_000
