/** Of a text, by its field's or label's name. `=~` and `!~` take a regular expression that has to fit the whole text. */
export interface Matcher {
  name: string
  is: '=' | '!=' | '=~' | '!~'
  value: string
}

/** One of the groups has to fit, by all its matchers. */
export type Matchers = Matcher[][]

/** `severity=warning`, `team!~"a|b"`; undefined for what is no matcher. Whether a pattern is one is seen when it is compiled. */
export function parseMatcher(text: string): Matcher | undefined {
  const [, name = '', is, written = ''] = /^\s*([A-Za-z_][\w.:/-]*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s.exec(text) ?? []
  if (is !== '=' && is !== '!=' && is !== '=~' && is !== '!~') return undefined
  const quoted = /^"(.*)"$/s.exec(written)?.[1]
  return { name, is, value: quoted ?? written }
}

/** As `parseMatcher` reads it. */
export function matcherText({ name, is, value }: Matcher): string {
  return `${name}${is}${value === '' || /^~|[\s"]/.test(value) ? `"${value}"` : value}`
}

/** The projects that matchers are for; undefined: they may fit any. */
export function projectsOf(matchers: Matchers): string[] | undefined {
  const named = matchers.map((group) => group.find(({ name, is }) => name === 'project' && is === '=')?.value)
  return named.every((one) => one !== undefined) ? named : undefined
}

/** What fits an incident, and its next lives. */
export function incidentMatchers({ project, groupKey }: { project: string; groupKey: string }): Matchers {
  return [
    [
      { name: 'project', is: '=', value: project },
      { name: 'key', is: '=', value: groupKey },
    ],
  ]
}
