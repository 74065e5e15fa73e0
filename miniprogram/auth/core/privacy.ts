// One owner of WeChat's privacy question: it queues who asks, shows one sheet, and always answers.
import type { ClockPort, PrivacyAnswer, PrivacyPort } from './ports'

/** WeChat shows no new popup so soon after a refusal; neither do we. */
const SILENCE_MS = 10_000

export interface Privacy {
  /** The interface that waits for consent (`button.getPhoneNumber`, `chooseAvatar`, …); `undefined` while nobody waits. */
  readonly asking: string | undefined
  /** Who subscribes can show the question: with no subscriber it is answered "disagree" at once, never left open. */
  onChange(listener: (asking: string | undefined) => void): () => void
  /** The sheet is visible: WeChat wants to know. */
  shown(): void
  /** After the tap on the button with this id and `open-type="agreePrivacyAuthorization"`. */
  agree(buttonId: string): void
  /** "Not now", and leaving the page. */
  disagree(): void
}

interface Question {
  answer: (answer: PrivacyAnswer) => void
  referrer: string
}

export const createPrivacyCore = ({ clock, privacy }: { privacy: PrivacyPort; clock: ClockPort }): Privacy => {
  const listeners = new Set<(asking: string | undefined) => void>()
  let waiting: Question[] = []
  let refusedAt = Number.NEGATIVE_INFINITY

  const announce = () => {
    for (const listener of [...listeners]) listener(waiting[0]?.referrer)
  }
  const settle = (answer: PrivacyAnswer) => {
    const answered = waiting
    waiting = []
    for (const question of answered) question.answer(answer)
    if (answered.length > 0 && waiting.length === 0) announce()
  }
  const disagree = () => {
    if (waiting.length > 0) refusedAt = clock.now()
    settle({ event: 'disagree' })
  }

  privacy.onNeeded((answer, referrer) => {
    if (listeners.size === 0 || clock.now() - refusedAt < SILENCE_MS) return answer({ event: 'disagree' })
    if (waiting.push({ answer, referrer }) === 1) announce()
  })

  return {
    get asking() {
      return waiting[0]?.referrer
    },
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) disagree()
      }
    },
    shown() {
      for (const { answer } of waiting) answer({ event: 'exposureAuthorization' })
    },
    agree: (buttonId) => settle({ event: 'agree', buttonId }),
    disagree,
  }
}
