import { jsonIn } from '../../contracts/json-in.ts'

/** A vendor's words are no longer in a finding. */
const REASON_CHARACTERS = 160

/** Why AWS refused, in its own words: the error's name and message of a REST or JSON API, or of one that speaks XML. */
export async function reasonOfAws(answer: Response): Promise<string> {
  const text = await answer.text().catch(() => '')
  const { name, said } = errorIn(text, answer.headers.get('x-amzn-errortype'))
  return [`HTTP ${answer.status}`, name, said].filter(Boolean).join(' ').slice(0, REASON_CHARACTERS)
}

/** An error's name, if it has one, and its message: `type` is the header `x-amzn-errortype`, which REST APIs have. */
export function errorIn(text: string, type: unknown): { name?: string; said: string } {
  const body: Record<string, unknown> = Object(jsonIn(text))
  const name = type ?? body.__type ?? element(text, 'Code')
  const said = String(body.Message ?? body.message ?? element(text, 'Message') ?? '')
  return { ...(name !== undefined && { name: String(name).replace(/^.*#|:.*$/g, '') }), said }
}

/** The text of an XML element without children, the first of its name. */
export function element(xml: string, name: string): string | undefined {
  return elements(xml, name)[0]
}

/** The texts of all elements of this name in an XML answer, which have no elements inside. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((match) => match[1] ?? '')
}
