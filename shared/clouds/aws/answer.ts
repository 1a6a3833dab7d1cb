import { jsonIn } from '../../contracts/json-in.ts'

/** A vendor's words are no longer in a finding. */
const REASON_CHARACTERS = 160

/** Why AWS refused, in its own words: the error's name and message of a REST or JSON API, or of one that speaks XML. */
export async function reasonOfAws(answer: Response): Promise<string> {
  const text = await answer.text().catch(() => '')
  const body: Record<string, unknown> = Object(jsonIn(text))
  const name = answer.headers.get('x-amzn-errortype') ?? body.__type ?? element(text, 'Code')
  const message = body.Message ?? body.message ?? element(text, 'Message')
  const parts = [`HTTP ${answer.status}`, String(name ?? '').replace(/^.*#|:.*$/g, ''), message]
  return parts.filter(Boolean).join(' ').slice(0, REASON_CHARACTERS)
}

/** The text of an XML element without children, the first of its name. */
export function element(xml: string, name: string): string | undefined {
  return elements(xml, name)[0]
}

/** The texts of all elements of this name in an XML answer, which have no elements inside. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((match) => match[1] ?? '')
}
