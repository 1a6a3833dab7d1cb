/** `phone`, `sms`, `email` reach a person; `chat` stands for the project's robots. */
export type Reach = PersonalReach | 'chat'
export type PersonalReach = 'phone' | 'sms' | 'email'
