import type { Letter, QueueDepth } from '../../../../shared/contracts/queue-desk.ts'
import {
  isLettered,
  type LetteredQueue,
  lettersOf,
  type QueueName,
  workedQueues,
} from '../../../../shared/contracts/queues.ts'
import { withoutSecrets } from '../../../../shared/contracts/without-secrets.ts'
import type { Instant } from '../../../../shared/contracts/words.ts'
import { queueWords } from '../../../../shared/messages/console/queues.ts'
import { duration } from '../../../../shared/messages/times.ts'
import { words } from '../../../../shared/messages/words.ts'
import type { View } from '../../view.ts'
import { Layout, type Notice, Time } from '../layout.tsx'
import { SystemNav } from './parts.tsx'

/** Enough of a message to know whose it is and what it says. */
const SHOWN_CHARACTERS = 1_500

export interface QueuesProps {
  view: View
  /** Undefined: they could not be asked. */
  depths: Partial<Record<QueueName, QueueDepth>> | undefined
  /** When the last report was taken from the events queue, and when something last came through both. */
  taken: Instant | undefined
  through: Instant | undefined
}

/** Each queue: what waits, what is worked on, when something was last taken from it, and its dead letters. */
export function QueuesPage({ view, depths, taken, through }: QueuesProps) {
  const say = queueWords[view.language]
  const ago = (at: Instant) => duration(Math.max(0, view.now - at), view.language)
  return (
    <Layout view={view} title={say.title}>
      <h1>{say.title}</h1>
      <SystemNav view={view} />
      <p class="quiet">{say.how}</p>
      <div class="cards">
        {workedQueues.map((name) => {
          const depth = depths?.[name]
          const letters = isLettered(name) ? depths?.[lettersOf(name)] : undefined
          return (
            <section class="card" aria-labelledby={`queue-${name}`}>
              <h2 id={`queue-${name}`}>{say.names[name]}</h2>
              <p>{depth === undefined ? say.unreachable : numbers(view, depth)}</p>
              {name === 'events' && (
                <p class="quiet">{taken === undefined ? say.neverConsumed : say.consumed(ago(taken))}</p>
              )}
              {name === 'escalation' && through !== undefined && <p class="quiet">{say.through(ago(through))}</p>}
              {letters && isLettered(name) && <Letters view={view} queue={name} count={heldIn(letters)} />}
            </section>
          )
        })}
      </div>
    </Layout>
  )
}

function Letters({ view, queue, count }: { view: View; queue: LetteredQueue; count: number }) {
  const say = queueWords[view.language]
  if (count === 0) return <p class="quiet">{say.noLetters}</p>
  return (
    <p>
      <span class="word warning">{say.letters(count)}</span> <a href={`/system/queues/${queue}`}>{say.look}</a>
    </p>
  )
}

export interface LettersProps {
  view: View
  queue: LetteredQueue
  letters: Letter[]
  /** Whether these are all. */
  all: boolean
  /** Whether whoever looks may see what they say. */
  mayRead: boolean
  maySendBack: boolean
  notice?: Notice | undefined
}

/** The dead letters of a queue, each with why it is one and what it says, and a way back for one or all. */
export function LettersPage({ view, queue, letters, all, mayRead, maySendBack, notice }: LettersProps) {
  const say = queueWords[view.language]
  const path = `/system/queues/${queue}`
  return (
    <Layout view={view} title={say.lettersOf(say.names[queue])} notice={notice} asks={notice !== undefined}>
      <p class="quiet">
        <a href="/system/queues">{say.title}</a>
      </p>
      <h1>{say.lettersOf(say.names[queue])}</h1>
      {letters.length === 0 && <p>{say.noLetters}</p>}
      {!all && <p class="quiet">{say.more}</p>}
      {letters.length > 0 && !maySendBack && <p class="quiet">{say.onlyAdmins}</p>}
      <div class="cards">
        {letters.map((letter) => (
          <article class="card" aria-labelledby={`letter-${letter.id}`}>
            <h2 id={`letter-${letter.id}`}>
              <Time view={view} at={letter.sentAt} />
            </h2>
            <p>{letter.reason === undefined ? say.givenUp(letter.redrives) : say.refused}</p>
            {letter.reason !== undefined && (
              <p>
                <code dir="auto">{withoutSecrets(letter.reason, SHOWN_CHARACTERS)}</code>
              </p>
            )}
            {mayRead && (
              <pre class="message" tabindex={0} dir="auto">
                {withoutSecrets(letter.body, SHOWN_CHARACTERS)}
              </pre>
            )}
            {maySendBack && <SendBack path={path} token={view.token(path)} id={letter.id} text={say.sendBack} />}
          </article>
        ))}
      </div>
      {maySendBack && letters.length > 1 && (
        <SendBack path={path} token={view.token(path)} id="all" text={say.sendAll} />
      )}
    </Layout>
  )
}

function SendBack({ path, token, id, text }: { path: string; token: string; id: string; text: string }) {
  return (
    <form method="post" action={path}>
      <input type="hidden" name="t" value={token} />
      <button type="submit" name="id" value={id}>
        {text}
      </button>
    </form>
  )
}

function numbers({ language }: View, { waiting, inFlight, delayed }: QueueDepth): string {
  const say = queueWords[language]
  const parts = [say.waiting(waiting), say.inFlight(inFlight), ...(delayed > 0 ? [say.delayed(delayed)] : [])]
  return parts.join(words[language].comma)
}

function heldIn({ waiting, inFlight }: QueueDepth): number {
  return waiting + inFlight
}
