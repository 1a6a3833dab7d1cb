/**
 * What may become of a press on a card's button. `taken`: somebody has it, whoever pressed or who was faster; `passed`, `silenced`: it went on to
 * the next layer, or is silenced for an hour; `over`: the incident is; `unknown`: no such incident is known here; `expired`: the card is too
 * old, or none of ours; `nobody`: no contact has the presser's id.
 */
export const pressResults = ['taken', 'passed', 'silenced', 'over', 'unknown', 'expired', 'nobody'] as const
