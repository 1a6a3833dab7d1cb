import { endSessions } from '../../../../shared/store/ended-sessions.ts'
import type { Handlers } from '../asked.ts'
import type { sessions } from '../contract/sessions.ts'

export const sessionHandlers: Handlers<keyof typeof sessions> = {
  async endSessions({ body, io, note }) {
    note('end-sessions')
    // Addresses are kept in small letters, ids as their provider writes them.
    const who = /^[^\s@#:]+@[^\s@#]+$/.test(body.who) ? body.who.toLowerCase() : body.who
    await endSessions(who, io)
    return { body: { who } }
  },
}
