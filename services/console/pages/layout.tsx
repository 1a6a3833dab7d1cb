import type { Child } from 'hono/jsx'
import { signInWords } from '../../../shared/messages/console/sign-in.ts'
import { timeSeenFrom, utcOffset } from '../../../shared/messages/times.ts'
import type { View } from '../view.ts'

/** What is said at the top of a page of what was just done, or was not. */
export interface Notice {
  text: string
  tone: 'good' | 'bad'
  /** Takes it back, where that can be done. */
  undo?: Child
}

export interface LayoutProps {
  view: View
  title: string
  notice?: Notice | undefined
  /** It asks for something that its address does not show: it is not renewed. */
  asks?: boolean | undefined
  children?: Child
}

/** The frame of every page. */
export function Layout({ view, title, notice, asks, children }: LayoutProps) {
  const { say, language, assets, nav, path } = view
  return (
    <html lang={language === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title} · 烽火</title>
        <link rel="icon" href={`/assets/${assets.icon}`} type="image/svg+xml" />
        <link rel="stylesheet" href={`/assets/${assets.style}`} />
        <script type="module" src={`/assets/${assets.script}`} />
      </head>
      <body>
        <a class="skip" href="#page">
          {say.skip}
        </a>
        <header class="top">
          <a class="brand" href="/">
            <img src={`/assets/${assets.icon}`} alt="" width="28" height="28" />
            <b>烽火</b>
            <span>Fenghuo</span>
          </a>
          <nav aria-label="Fenghuo">
            {nav.map((item) => (
              <a href={item.path} aria-current={currentIn(item.path, path)}>
                {say.pages[item.name]}
              </a>
            ))}
          </nav>
        </header>
        <main id="page" data-asks={asks ? '' : undefined}>
          <p id="lost" class="notice bad" role="status" hidden data-own="">
            {say.lost}
          </p>
          {notice && (
            <div id="notice" class={`notice ${notice.tone}`} role="status">
              {notice.text} {notice.undo}
            </div>
          )}
          {children}
        </main>
        <Foot view={view} />
      </body>
    </html>
  )
}

/** The page itself, or the one that it is below. */
function currentIn(item: string, path: string): 'page' | 'true' | undefined {
  if (item === path) return 'page'
  return path.startsWith(`${item}/`) ? 'true' : undefined
}

function Foot({ view }: { view: View }) {
  const { say, language, timezone, now, address, name, person } = view
  const other = language === 'zh' ? 'en' : 'zh'
  const back = encodeURIComponent(address)
  return (
    <footer class="foot">
      <span>{say.times(timezone, utcOffset(now, timezone))}</span>
      {person !== undefined && (
        <form method="post" action="/sign-out">
          <input type="hidden" name="t" value={view.token('/sign-out')} />
          <span dir="auto">{say.you(person)}</span> <button type="submit">{signInWords[language].out}</button>{' '}
          <button type="submit" name="where" value="everywhere">
            {signInWords[language].outEverywhere}
          </button>
        </form>
      )}
      {person === undefined && name !== undefined && (
        <span>
          {say.you(name)} <a href={`/not-me?back=${back}`}>{say.notYou}</a>
        </span>
      )}
      <a href={`/language?to=${other}&back=${back}`} lang={other} hreflang={other}>
        {say.other}
      </a>
    </footer>
  )
}

/** A time as the page's zone has it, and as machines do. */
export function Time({ view, at }: { view: View; at: number }) {
  return <time datetime={new Date(at).toISOString()}>{timeSeenFrom(view.now, at, view.timezone)}</time>
}

/** How long until then: the script counts it down, and without one the time stands beside it. */
export function Countdown({ at }: { at: number }) {
  return <span class="countdown" data-until={at} />
}
