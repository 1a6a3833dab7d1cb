import { describe, expect, it } from 'vitest'
import { type Matchers, parseMatcher } from '../../shared/contracts/matcher.ts'
import { matchesEverything } from '../../shared/contracts/matches-everything.ts'
import type { Matched } from '../../shared/incidents/pause/matched.ts'
import { compileMatchers } from '../../shared/incidents/pause/matcher.ts'

/** `project=pay check=web or severity=info`. */
const read = (text: string): Matchers =>
  text.split(' or ').map((group) => group.split(' ').map((one) => parseMatcher(one) ?? expect.fail(one)))

const pay: Matched = {
  project: 'pay',
  groupKey: 'web',
  severity: 'warning',
  sightings: [],
  source: 'grafana',
  title: 'Checkout',
  summary: '',
}

/** Incidents of which some are unlike whatever a case names. */
const all: Matched[] = [
  pay,
  { ...pay, severity: 'critical', labels: { team: 'a', env: 'prod' }, component: 'pay/web', summary: 'down' },
  { ...pay, project: 'x7', groupKey: '9', severity: 'info', title: '收银台', source: '支付', labels: { team: '团队' } },
  { ...pay, project: '支付', severity: 'error', sightings: [{ vantage: 'aws/sg', verdict: 'down' }], class: 'cpu' },
]

describe('matchers fit everything', () => {
  it.each([
    'project=~.*',
    'project=~.+',
    'project=~(?s).*',
    'project=~.*.*',
    'project=~[^/]*|.*',
    'project!=""',
    'title!=',
    'vantage!=""',
    'team=~.*',
    'severity=~critical|error|warning|info',
    'severity=~[a-z]+',
    'project=~.* severity!=fatal',
    'severity=critical or severity!=critical',
    'team=~a.* or team!~a.*',
    'team= or team!=""',
    'team=~.+ or team=""',
    'severity=critical or severity=error or severity=~warning|info',
    'project=pay or project!=pay severity=critical or project!=pay severity!=critical',
    'project=pay or severity=~.*',
    'project!=pay or project!=shop',
  ])('by %s', (text) => {
    expect(matchesEverything(read(text))).toBe(true)
    expect(all.filter((incident) => !compileMatchers(read(text))(incident))).toEqual([])
  })
})

describe('matchers leave something out', () => {
  it.each([
    'project=pay',
    'project!=pay',
    'team!=""',
    'team=',
    'check=~.+',
    'vantage=~.*',
    'project!~"pay|shop"',
    'team!~db-[0-9a-f]{8}',
    'project!~.*',
    'project=~[^z]*',
    'title=~.{1,100}',
    'title=~.{1,1000}',
    'title=~[\\x20-~\\p{Han}]+',
    'severity=~critical|error|warning',
    'severity=critical or severity=error or severity=warning',
    'project=pay or project=shop',
    'team=~a.* or team=~b.*',
    'project=~.* severity=info',
    'severity=critical project=pay or severity!=critical',
    'a=1 b=2 c=3 d=4 e=5 f=6 or a!=1 b!=2 or c!=3 d!=4',
  ])('by %s', (text) => expect(matchesEverything(read(text))).toBe(false))

  it('however many fields there are, and however long their patterns take', () => {
    const many = Array.from({ length: 16 }, (_, index) => `l${index}=~[^z]{0,1000} or l${index}!=y z=1`).join(' or ')
    const before = process.cpuUsage().user
    expect(matchesEverything(read(many))).toBe(false)
    expect(process.cpuUsage().user - before).toBeLessThan(900_000)
  })
})
