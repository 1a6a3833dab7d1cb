/**
 * For whom a line is, as whoever is on call filters in the night. `error`: something of ours needs a hand, such as a setting, a permission or
 * a fault of the code, or a message or call that was refused for good. `warn`: it is to be looked at, but nobody has to act on this line by
 * itself. `info`: what has happened.
 */
export type LogLevel = 'info' | 'warn' | 'error'

/** What JSON holds as it is. An `Error`, of which it would hold nothing, is none of it, nor is an instance of any other class. */
type Field = string | number | boolean | null | undefined | readonly Field[] | { readonly [name: string]: Field }

/** Fields by these names hold what is nobody's to read: the compiler takes no line that has one. */
type Secret = 'address' | 'body' | 'email' | 'headers' | 'key' | 'password' | 'phone' | 'secret' | 'token' | 'url'

export type LogFields = { readonly [name in Secret]?: never } & { readonly [name: string]: Field }

/**
 * One line of the log. `event` is a code to search by and never changes with what it is about, which stands in fields of its own. No field
 * holds a secret or a number of a phone.
 */
export type LogEntry = { level: LogLevel; event: string } & LogFields
