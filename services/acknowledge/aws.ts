import { isReceiptsPath } from '../../shared/channels/receipts/receipts-address.ts'
import { textEventOf, textRepliesOf } from '../../shared/channels/receipts/text-events.ts'
import { callInputOf, contactEventOf } from '../../shared/channels/voice/calls.ts'
import { withDoubtedSecret } from '../../shared/clouds/aws/doubted-secret.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import { isUrlEvent, urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { lateDirectories } from '../../shared/clouds/aws/late-directories.ts'
import { LITTLE_PATIENCE } from '../../shared/clouds/aws/patience.ts'
import { peersOnAws, SHORT_SEND_MS } from '../../shared/clouds/aws/peers.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import { OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { takeContactEvent } from '../../shared/engine/answers/take-contact-event.ts'
import { answerCall, callPatienceMs } from '../../shared/engine/answers/take-key.ts'
import { takeText } from '../../shared/engine/answers/take-text-receipts.ts'
import { takeTextReplies } from '../../shared/engine/answers/take-text-reply.ts'
import { engineOnAws } from '../../shared/engine/on-aws.ts'
import { basesElsewhere } from '../../shared/engine/regions/bases-elsewhere.ts'
import { isFeedPath } from '../../shared/oncall/feed-address.ts'
import { directoryOf } from '../../shared/oncall/owner.ts'
import { answerReceipts } from './receipts.ts'

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const config = readConfig(env)
  const directory = lateDirectories(dynamoDb(env, { patience: LITTLE_PATIENCE }), required(env, 'CONTACTS_TABLE'))
  const engine = engineOnAws(env, { config, patience: LITTLE_PATIENCE })
  const peers = config.regions && peersOnAws(env, Date.now, { sendMs: SHORT_SEND_MS })
  const deps = {
    // Links and receipts need it. A key that somebody presses does not, and counts while no store answers.
    get secret() {
      return required(env, 'FENGHUO_SECRET')
    },
    language: config.language,
    timezone: config.timezone,
    projects: [...new Set([...Object.keys(config.projects), OWN_PROJECT])],
    channels: config.channels,
    env,
    directory: (project: string) => directoryOf(project, config, directory),
    now: Date.now,
    log: writeLog,
  }
  return async (event, context) => {
    const io = { ...engine.io(context), ...(peers && { peers }) }
    const input = callInputOf(event)
    if (input !== undefined) {
      const patience = AbortSignal.timeout(callPatienceMs(context.getRemainingTimeInMillis()))
      return answerCall(input, io, patience)
    }
    const contact = contactEventOf(event)
    if (contact !== undefined) return contact === 'ignored' ? contact : takeContactEvent(contact, io)
    const text = textEventOf(event)
    if (text !== undefined) return text === 'ignored' ? text : takeText(text, io)
    const replies = textRepliesOf(event)
    if (replies !== undefined) return takeTextReplies(replies, deps, io)
    if (isUrlEvent(event)) {
      const request = urlRequestOf(event)
      if (isReceiptsPath(request.rawPath)) return answerReceipts(request, deps.secret, deps, io)
      // A key that somebody presses in a call does not wait for what only pages and calendars need.
      if (isFeedPath(request.rawPath)) return (await import('./calendar.ts')).answerCalendar(request, deps.secret, deps)
      return (await import('./web.ts')).answerWeb(request, { ...deps, elsewhere: () => basesElsewhere(io) }, io)
    }
    writeLog({ level: 'error', event: 'unknown trigger', keys: Object.keys(Object(event)) })
    throw new Error('This is neither a contact flow, nor an event of a call or text, nor a request to the function URL')
  }
}

/** What Lambda calls. */
export const handler = withDoubtedSecret(wire, { env: process.env, now: Date.now, log: writeLog })
