// The chips: lit while armed, each says in one line what WeChat would be doing.

import { make, makeButton } from '../shell/dom'
import type { Deed, Deeds } from './deeds'
import { createGroups } from './groups'
import type { Known } from './known'
import type { PhoneDeeds } from './phone-deeds'
import { GROUPS, type Group } from './prefs'
import type { ProfileDeeds } from './profile-deeds'
import type { ServiceDeeds } from './service-deeds'
import type { PanelWords } from './words'

export interface Chips {
  readonly element: HTMLElement
  update(known: Known): void
}

export interface ChipsPorts {
  deeds: Deeds
  phoneDeeds: PhoneDeeds
  profileDeeds: ProfileDeeds
  serviceDeeds: ServiceDeeds
  /** Runs what a chip does and rejects as it does. */
  act(deed: Deed): Promise<void>
  /** Another group was opened. */
  opened(group: Group): void
}

export const createChips = (
  words: PanelWords,
  { deeds, phoneDeeds, profileDeeds, serviceDeeds, act, opened }: ChipsPorts,
  { group }: { group: Group },
): Chips => {
  const line = make('p', { className: 'says', role: 'status', text: words.hint })
  /** What the line says when nobody points at a chip. */
  let resting = words.hint
  const say = (text: string): void => {
    line.textContent = text
  }

  const chipOf = (deed: Deed): HTMLButtonElement => {
    const { label, says } = words.deeds[deed.name]
    const chip = makeButton('chip', label, () => {
      resting = says
      say(says)
      act(deed).catch((error: unknown) => {
        resting = `${words.failed}${error instanceof Error ? error.message : String(error)}`
        say(resting)
      })
    })
    chip.title = says
    chip.dataset['deed'] = deed.name
    for (const event of ['pointerenter', 'focus']) chip.addEventListener(event, () => say(says))
    for (const event of ['pointerleave', 'blur']) chip.addEventListener(event, () => say(resting))
    return chip
  }
  const { outcomes, quota, person } = phoneDeeds
  const { avatar, nickname, older, platform } = profileDeeds
  const { pushes, content, timer } = serviceDeeds
  /** Without what acts at once and is never lit. */
  const grouped: Record<Group, readonly Deed[]> = {
    signIn: [...deeds.others, ...deeds.exchange],
    phone: [...outcomes, ...quota],
    profile: [...avatar, ...nickname, ...older, ...platform],
    service: content,
  }
  const all = [...GROUPS.flatMap((name) => grouped[name]), ...person, ...pushes, ...timer]
  const chips = new Map(all.map((deed) => [deed, chipOf(deed)]))
  const row = (...content: readonly (string | HTMLElement | readonly Deed[])[]): HTMLElement =>
    make(
      'div',
      { className: 'chips' },
      content.flatMap((it): readonly HTMLElement[] => {
        if (typeof it === 'string') return [make('span', { className: 'chips-label', text: it })]
        return it instanceof HTMLElement ? [it] : it.flatMap((deed) => chips.get(deed) ?? [])
      }),
    )
  const left = make('output', { className: 'quota' })
  const contents = {
    signIn: [row(deeds.others), row(words.nextExchange, deeds.exchange)],
    phone: [row(words.phone.nextTaps, outcomes), row(words.phone.quota, left, quota, person)],
    profile: [
      row(words.profile.avatar, avatar, words.profile.older, older),
      row(words.profile.nickname, nickname, words.profile.platform, platform),
    ],
    service: [row(words.service.pushes, pushes, words.service.timer, timer), row(words.service.content, content)],
  }
  const groups = createGroups(words.groups, contents, group, opened)
  const element = make('section', { className: 'breaking' }, [
    make('header', {}, [make('h3', { text: words.break }), groups.tabs]),
    groups.element,
    line,
  ])
  const isArmed = (known: Known) => (deed: Deed) => deed.name !== 'phone-ask' && deed.isOn?.(known) === true
  return {
    element,
    update(known) {
      for (const [deed, chip] of chips) {
        if (deed.isOn) chip.setAttribute('aria-pressed', String(deed.isOn(known)))
        chip.disabled = deed.isOff?.(known) ?? false
      }
      const count = known.phone === undefined ? '–' : String(known.phone.quota)
      // An output is read aloud whenever it is written.
      if (left.textContent !== count) left.textContent = count
      left.classList.toggle('none', known.phone?.quota === 0)
      for (const name of GROUPS) groups.mark(name, grouped[name].some(isArmed(known)))
    },
  }
}
