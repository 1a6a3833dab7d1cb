import { editsOf, type Mutant } from './mutant.ts'

const news = 'shared/incidents/duty/take-news.ts'
const ask = 'shared/engine/regions/ask-peers.ts'

const gate = 'shared/incidents/duty/gate.ts'

/** How several regions guard each other. */
const ofTwo: Mutant[] = [
  {
    name: 'w1',
    what: 'a region that does not work on what it takes is waited for while it says that it pages',
    edits: editsOf(gate, ["if (!isWell || incident?.status !== 'open'", "if (incident?.status !== 'open'"]),
  },
  {
    name: 'w2',
    what: 'whoever answers is well, whatever became of its canary',
    edits: editsOf('shared/store/canary.ts', [
      'const isWell = last !== undefined && now - last.at <= CANARY_LATE_MS',
      'const isWell = last !== undefined',
    ]),
  },
  {
    name: 'w3',
    what: 'it is handed back while somebody listens',
    edits: editsOf(gate, [' || listenedUntil(incident, now) !== undefined\n', '\n']),
  },
  {
    name: 'w4',
    what: 'it is handed back to a region that is only just well',
    edits: editsOf(gate, ['isWell && wellForMs >= HAND_BACK_MS', 'isWell && wellForMs >= 0 * HAND_BACK_MS']),
  },
  {
    name: 'w5',
    what: 'a region that was asleep goes on before it asks the others',
    edits: editsOf(ask, [
      'const isLate = hasSlept(incident, place, io.now()) || mayBePaged',
      'const isLate = hasSlept(incident, place, 0) && mayBePaged',
    ]),
  },
  {
    name: 'w6',
    what: 'a region that was asleep does not know of it by its canary',
    edits: editsOf(ask, ['return !isWell || wellForMs < ASLEEP_MS', 'return !isWell && wellForMs < 0']),
  },
  {
    name: 'w7',
    what: 'an older word counts',
    edits: editsOf(news, [
      '  if (isOutdated(ours, theirs, from) || (isKnown && last.step === step)) return undefined\n',
      '',
    ]),
  },
  {
    name: 'w8',
    what: 'what people do where it is only guarded is told nobody',
    edits: editsOf('shared/incidents/duty/tell-peers.ts', ['const isHand = isByHand(event)', 'const isHand = false']),
  },
  {
    name: 'w10',
    what: 'a word that was not taken is not said again',
    edits: editsOf('shared/engine/regions/send-word.ts', [
      "return isLast ? { status: 'done' }",
      "return isLast || tries >= 0 ? { status: 'done' }",
    ]),
  },
  {
    name: 'w13',
    what: 'what a queue brings of the life before ends this one',
    edits: editsOf(news, ['Math.max((before?.lastAlertAt ?? 0) + 1, beganAt(theirs))', '0']),
  },
  {
    name: 'w14',
    what: 'who goes on with a layer calls as often as if nobody had begun it',
    edits: editsOf('shared/incidents/escalation/layer.ts', ['calls : Math.min(calls, 1)', 'calls : calls']),
  },
  {
    name: 'w16',
    what: 'who has taken elsewhere what several have to take is not counted',
    edits: editsOf('shared/incidents/duty/takers.ts', [
      'const told = theirEnd > ownEnd ? (theirs.takers ?? []) : since(theirs.takers, ownEnd)',
      'const told: Action[] = []',
    ]),
  },
  {
    name: 'w17',
    what: 'who has taken duty by hand stands where the order has it',
    edits: editsOf('shared/incidents/duty/duty.ts', [
      'return first === undefined ? order :',
      'return first === undefined || order.length > 0 ? order :',
    ]),
  },
  {
    name: 'w18',
    what: 'what was said of duty before counts over what was said later',
    edits: editsOf('shared/incidents/duty/record.ts', [
      'if (!isSaidAfter(said, known?.said)) return',
      'if (!isSaidAfter(said, known?.said) && from === undefined) return',
    ]),
  },
  {
    name: 'w19',
    what: 'what was only told counts as paged in the stead of a region that is back',
    edits: editsOf('shared/engine/regions/follow-duty.ts', [
      "phase !== 'notified' && phase !== 'paused'",
      "phase !== 'paused'",
    ]),
    unseen: {
      test: 'test/engine/regions/back.test.ts',
      why: 'a warning that is only told, and guarded elsewhere, has no rounds: a world no longer waits for its end, which never came with it',
    },
  },
  {
    name: 'w20',
    what: 'a guard that asks is taken for one that hands back',
    edits: editsOf(news, ['if (!theirs.duty.handed && ', 'if (theirs.duty.handed && ']),
  },
  {
    name: 'w21',
    what: 'what an incident is merged into is not known where it is guarded',
    edits: editsOf('shared/incidents/duty/follow.ts', ['    ...mergedAs(theirs, incident, pages),\n', '']),
  },
  {
    name: 'w28',
    what: 'a region that can ring nobody keeps what it pages',
    edits: editsOf(gate, ['ringing === undefined ? ', 'ringing === undefined || isMute(incident) ? ']),
  },
  {
    name: 'w29',
    what: 'calls of which no answer comes are never in vain',
    edits: editsOf('shared/incidents/escalation/mute.ts', [' >= LOST_CALLS', ' >= 1_000 * LOST_CALLS']),
  },
  {
    name: 'w30',
    what: 'a region that keeps its word is waited for, though it says that it rings nobody',
    edits: editsOf('shared/incidents/duty/duty.ts', [
      'return now - (ours?.muteAt ?? Number.NEGATIVE_INFINITY) >= HAND_BACK_MS',
      'return now - (ours?.muteAt ?? Number.NEGATIVE_INFINITY) < 0',
    ]),
    unseen: {
      test: 'test/engine/regions/mute.test.ts',
      why: 'it takes a region whose voice routes are dead while its words get out and nothing gets in: one of 400 whole nights of three regions, all of them voiceless, had that',
    },
  },
  {
    name: 'w31',
    what: 'that nobody has it any more is not heard of where it is guarded',
    edits: editsOf(news, ['if (knowsOf(theirs, before)) return', 'if (knowsOf(theirs, before) && now < 0) return']),
  },
  {
    name: 'w22',
    what: 'a guard in which no canary comes through either pages beside whoever promises to',
    edits: editsOf(gate, ['const pager = paging ?? asUnwell', 'const pager = paging']),
    unseen: {
      test: 'test/engine/regions/nap.test.ts',
      why: 'it takes watch to rest in both regions, and duty to be taken by hand or an alert to come to the second alone: three of 80,000 worlds had that, and go another way by now',
    },
  },
  {
    name: 'w23',
    what: 'what another region has begun is begun here, too',
    edits: editsOf(news, ['isUnbegun(ours) && isBegun(theirs) &&', 'isUnbegun(ours) && !isBegun(theirs) &&']),
    unseen: {
      test: 'test/engine/regions/nap.test.ts',
      why: 'it takes watch to rest in both regions, and the first to wake within a minute of what was begun in its stead: three of 80,000 worlds had that, and go another way by now',
    },
  },
  {
    name: 'w24',
    what: 'what began in both regions at the same time counts as two lives, as long as neither has told of it',
    edits: editsOf('shared/incidents/duty/same-life.ts', [
      'Math.abs(beganAt(theirs) - beganAt(ours)) <= CLOCKS_MS / 2',
      'Math.abs(beganAt(theirs) - beganAt(ours)) < 0',
    ]),
    unseen: {
      test: 'test/engine/regions/soon.test.ts',
      why: 'it takes words that are lost for minutes, and somebody who takes it at once where it is guarded: two of 80,000 worlds had that, and go another way by now',
    },
  },
  {
    name: 'w25',
    what: 'what breaks again soon after an end is the life that ended',
    edits: editsOf('shared/incidents/duty/opening.ts', [': !beganAfter(incident, last)', ': true']),
    unseen: {
      test: 'test/engine/regions/soon.test.ts',
      why: 'it takes what ends and breaks again within a minute, and a region that has heard of it by its end alone; what breaks again in worlds does so after two',
    },
  },
  {
    name: 'w26',
    what: 'its own alert of a life that somebody has closed within a minute begins another one where that was only heard of',
    edits: editsOf('shared/incidents/duty/opening.ts', [
      '(isUnheard ? 0 : CLOCKS_MS)',
      '(isUnheard ? CLOCKS_MS : CLOCKS_MS)',
    ]),
    unseen: {
      test: 'test/engine/regions/soon.test.ts',
      why: 'nobody closes anything by hand in worlds of several regions: they take it',
    },
  },
  {
    name: 'w27',
    what: 'a region whose word fits no secret is not asked',
    edits: editsOf('shared/engine/regions/take-word.ts', ['if (isForged(error)) await', 'if (!isForged(error)) await']),
    unseen: {
      test: 'test/engine/regions/rotation.test.ts',
      why: 'nobody changes the secret in worlds',
    },
  },
]

export const regions = ofTwo.map((one) => ({ ...one, regions: 2 }))
