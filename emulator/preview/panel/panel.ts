// The panel beside the phone: what happened last, what may be broken, who is using it.

import { make, makeButton } from '../shell/dom'
import type { Stand } from '../shell/stand'
import { createChips } from './chips'
import { createDeeds, type Deed } from './deeds'
import { createDoors } from './doors'
import { createWatch, type Known } from './known'
import { createPhoneDeeds } from './phone-deeds'
import { type Group, keepPrefs, type Prefs, readPrefs } from './prefs'
import { createProfileDeeds } from './profile-deeds'
import { createServiceDeeds } from './service-deeds'
import { createStory } from './story'
import { createWho } from './who'
import { panelWords } from './words'

export const createPanel = (key: string, stand: Stand): HTMLElement => {
  const doors = createDoors(key)
  const panel = make('aside', { className: 'panel' })
  let update = (_known: Known): void => undefined
  const news = (): void => update(watch.known)
  const watch = createWatch(doors, stand, news)

  const choose = (chosen: Partial<Prefs>): void => {
    keepPrefs(localStorage, chosen)
    build()
  }

  /** Everything anew, in the words of now; what is known stays. */
  const build = (): void => {
    const prefs = readPrefs(localStorage, stand.options.language)
    const words = panelWords[prefs.language]
    document.documentElement.dataset['theme'] = prefs.theme
    panel.lang = prefs.language === 'en' ? 'en' : 'zh-CN'
    panel.setAttribute('aria-label', words.sequence)

    const story = createStory(words, stand, prefs)
    const who = createWho(words, stand)
    const ports = {
      deeds: createDeeds(doors, stand, watch),
      phoneDeeds: createPhoneDeeds(doors, stand),
      profileDeeds: createProfileDeeds(doors, stand),
      serviceDeeds: createServiceDeeds(doors, stand),
      async act(deed: Deed) {
        await deed.press(watch.known)
        await watch.refresh()
      },
      opened: (group: Group) => keepPrefs(localStorage, { group }),
    }
    const chips = createChips(words, ports, prefs)
    const storage = makeButton('tool storage', words.storage, () => {
      const shown = storage.getAttribute('aria-pressed') !== 'true'
      keepPrefs(localStorage, { storage: shown })
      storage.setAttribute('aria-pressed', String(shown))
      story.showStorage(shown)
    })
    storage.setAttribute('aria-pressed', String(prefs.storage))
    const isDark = prefs.theme === 'dark'
    const tools = make('div', { className: 'tools' }, [
      storage,
      makeButton('tool theme', isDark ? words.light : words.dark, () => choose({ theme: isDark ? 'light' : 'dark' })),
      makeButton('tool language', words.otherLanguage, () =>
        choose({ language: prefs.language === 'en' ? 'zh_CN' : 'en' }),
      ),
      makeButton('tool relaunch', words.relaunch, () => void stand.phone.relaunch()),
    ])
    panel.replaceChildren(make('header', { className: 'panel-head' }, [story.heading, tools]), story.element)
    panel.append(chips.element, who.element)
    update = (known) => {
      story.update(known)
      chips.update(known)
      who.update(known)
    }
    news()
  }

  let { account } = stand.options
  stand.onChange(() => {
    if (account !== stand.options.account) watch.personChanged()
    account = stand.options.account
    news()
  })
  build()
  return panel
}
