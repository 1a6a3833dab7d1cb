/** How one person is reached, in the order in which a contact's channels take over from each other. */
export const personalReaches = ['phone', 'sms', 'email'] as const
export type PersonalReach = (typeof personalReaches)[number]

/** What shows that a channel reached somebody, the surest first. `sent` is a vendor's word alone. */
export const proofs = ['key', 'answered', 'arrived', 'sent'] as const
export type Proof = (typeof proofs)[number]

/** `chat` stands for the project's robots. */
export const reaches = [...personalReaches, 'chat'] as const
export type Reach = (typeof reaches)[number]
