import { Time } from '../../services/console/pages/layout.tsx'
import type { View } from '../../services/console/view.ts'
import type { Call, Phone } from '../phones.ts'
import { pageWords } from './words.ts'

/** One phone; `back`: where its buttons lead to. */
export function PhoneCard({ view, phone, back }: { view: View; phone: Phone; back: string }) {
  const { number, name, call } = phone
  const say = pageWords[view.language]
  const id = `phone-${number.slice(1)}`
  return (
    <article class={`phone ${stateOf(call)}`} id={id} aria-labelledby={`${id}-name`}>
      <p class="line">{call === undefined ? say.idle : call.state === 'ringing' ? say.calling : say.talking}</p>
      <h2 id={`${id}-name`} dir="auto">
        {name ?? say.nobody}
      </h2>
      <p class="digits">{number}</p>
      {call === undefined ? <Last view={view} last={phone.last} /> : <Live view={view} call={call} back={back} />}
    </article>
  )
}

function stateOf(call: Call | undefined): string {
  if (call === undefined) return 'idle'
  return call.state === 'ringing' ? 'ringing' : call.listening ? 'talking listening' : 'talking'
}

function Live({ view, call, back }: { view: View; call: Call; back: string }) {
  const { language, assets } = view
  const say = pageWords[language]
  const path = `/phones/${encodeURIComponent(call.contactId)}`
  const isRinging = call.state === 'ringing'
  return (
    <>
      {isRinging ? (
        <p class="ring">
          <img src={`/assets/${assets.icon}`} alt="" width="40" height="40" />
        </p>
      ) : (
        <Said call={call} />
      )}
      <form method="post" action={path}>
        <input type="hidden" name="t" value={view.token('/phones')} />
        <input type="hidden" name="back" value={back} />
        {isRinging ? (
          <div class="controls">
            <button type="submit" name="do" value="no-answer" class="end">
              {say.noAnswer}
            </button>
            <button type="submit" name="do" value="answer" class="answering">
              {say.answer}
            </button>
          </div>
        ) : (
          <>
            <p class="line">{call.listening && say.listening}</p>
            <div class="keys">
              {call.menu.map(({ key, menu }) => (
                <button type="submit" name="key" value={key} disabled={!call.listening}>
                  {key} <small>{menu[language]}</small>
                </button>
              ))}
            </div>
            <div class="controls one">
              <button type="submit" name="do" value="hangup" class="end">
                {say.hangUp}
              </button>
            </div>
          </>
        )}
      </form>
    </>
  )
}

/** What the voice says, the newest last; a script says it aloud from here. */
function Said({ call }: { call: Call }) {
  const { contactId, transcript, attributes } = call
  return (
    <ol class="said" lang={attributes.language === 'en' ? 'en' : 'zh-CN'} data-call={contactId}>
      {transcript.length === 0 && <li>…</li>}
      {transcript.map(({ text }) => (
        <li>{text}</li>
      ))}
    </ol>
  )
}

/** How the call before went, and what was said in it. */
function Last({ view, last }: { view: View; last: Call | undefined }) {
  if (last === undefined) return null
  const say = pageWords[view.language]
  const { contactId, keys, connectedAt, initiatedAt, transcript } = last
  const went = keys.length > 0 ? say.pressed(keys.join(' ')) : connectedAt === undefined ? say.unanswered : say.noKey
  const line = (
    <>
      {say.last} <Time view={view} at={initiatedAt} /> · {went}
    </>
  )
  if (transcript.length === 0) return <p class="quiet">{line}</p>
  return (
    <details id={`last-${contactId}`}>
      <summary>{line}</summary>
      <Said call={last} />
    </details>
  )
}
