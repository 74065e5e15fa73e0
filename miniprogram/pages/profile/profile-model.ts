// What the page of the profile does: every tap and every piece of news becomes an action, then a view.
import { type Auth, type AuthState, type Failure, failureOf, type User } from '../../auth/index'
import type { ProfileNotice } from '../../i18n/index'
import type { Draft, Drafts } from './drafts'
import { isTooLong, tidied } from './name'
import type { Pictures } from './pictures'
import { type Deed, type Given, type Local, present, type View } from './present'
import { createReading } from './reading'
import { type Changes, saveAll, saveProfile } from './save'

export interface ProfilePorts {
  auth: Auth
  given: Given
  drafts: Drafts
  pictures: Pictures
  show(view: View): void
  /** Puts a name into the field, in the place of whatever stands there. */
  put(nickname: string): void
  /** The field takes the cursor. */
  focus(): void
  confirm(what: 'removeName' | 'removePicture'): Promise<boolean>
  copy(text: string): void
  /** Opens the privacy guideline. */
  read(): void
  now(): number
  /** For developers: what the user is not told. */
  log(thrown: unknown): void
}

export interface ProfilePage {
  /** The page came to the front. */
  shown(): void
  signIn(): Promise<void>
  /** `here`: what the field holds now; WeChat fills and clears it without telling. */
  typed(here: string): void
  /** WeChat looked at the name: what did not pass it has taken out of the field. */
  reviewed(review: { pass: boolean; timeout: boolean }): void
  chosen(path: string): Promise<void>
  /** An older WeChat gave name and face, and they are stored; or nothing but its anonymous ones, which are not. */
  given(given: { isNothing: boolean }): void
  failed(failure: Failure): void
  /** This face cannot be shown. */
  broken(src: string): void
  /** `here`: what the field holds, read at submit. */
  save(here: string): Promise<void>
  remove(what: 'removeName' | 'removePicture'): Promise<void>
  act(deed: Deed): void
  close(): void
}

/** 2 MB, as the server takes it. */
const MAX_BYTES = 2 * 1024 * 1024
const CALM: Local = { busy: undefined, failure: undefined, failed: '', isCut: false, notice: undefined, isSaved: false }

export const createProfilePage = (ports: ProfilePorts): ProfilePage => {
  const { auth, given, drafts, pictures, show } = ports
  let local: Local = CALM
  let isClosed = false
  /** Grows with every choice and every change of person: what an earlier one brings home is not wanted any more. */
  let turn = 0

  const reading = createReading(auth, { log: ports.log, changed: () => heard() })
  const userIn = (state: AuthState): User | undefined => ('user' in state ? state.user : undefined)
  const user = (): User | undefined => userIn(reading.state())
  const draft = (): Draft => drafts.of(user()?.id ?? '')
  const look = (): View => present(given, reading.state(), local, draft())
  let view = look()

  const change = (news: Partial<Local>): void => {
    if (isClosed) return
    local = { ...local, ...news }
    view = look()
    show(view)
  }
  const keep = (news: Partial<Draft>): void => {
    const id = user()?.id
    if (id !== undefined) drafts.keep(id, { ...draft(), ...news })
  }
  const forget = (...keys: Array<keyof Draft>): void => {
    const id = user()?.id
    if (id === undefined) return
    const left = { ...draft() }
    for (const key of keys) delete left[key]
    drafts.keep(id, left)
  }
  /** One that was chosen since is the next draft. */
  const forgetPicture = (picture: Draft['picture']): void => {
    if (draft().picture === picture) forget('picture')
  }
  /** The field shows what was typed, else what is stored. */
  const fill = (): void => {
    if (!isClosed) ports.put(draft().nickname ?? user()?.nickname ?? '')
  }
  const tell = (notice: ProfileNotice): void => change({ ...CALM, notice })
  const fail = (thrown: unknown, failed: Local['failed'] = '', isCut = false): Failure => {
    const failure = failureOf(thrown)
    if (failure.remedy === 'stop') ports.log(thrown)
    change({ ...CALM, failure, failed, isCut })
    return failure
  }

  const save = async (here: string): Promise<void> => {
    const stored = user()
    if (local.busy || !stored) return
    keep({ nickname: here })
    const nickname = tidied(here)
    const { picture } = draft()
    if (nickname === '' && !picture) return tell(stored.nickname === undefined ? 'nothing' : 'emptied')
    if (isTooLong(nickname)) return tell('long')
    const changes: Changes = nickname === '' || nickname === stored.nickname ? {} : { nickname }
    let isSending = false
    try {
      const saved = await saveAll(ports, changes, picture, (busy, isUnderWay = false) => {
        isSending = isUnderWay
        change({ ...CALM, busy })
      })
      if (saved === 'gone') {
        forgetPicture(picture)
        return tell('gone')
      }
      if (saved) reading.saved(saved)
      // What was typed or chosen meanwhile is the next draft.
      if (draft().nickname === here) forget('nickname')
      forgetPicture(picture)
      change({ ...CALM, isSaved: true })
      fill()
    } catch (thrown) {
      const { code } = failureOf(thrown)
      // The bytes there are of no use; the name may still be.
      if (code === 'AVATAR_REJECTED') forgetPicture(picture)
      else if (code === 'BAD_REQUEST' && picture) delete picture.sent
      fail(thrown, 'save', isSending)
    }
  }

  const removeNow = async (what: 'removeName' | 'removePicture'): Promise<void> => {
    if (local.busy) return
    change({ ...CALM, busy: what })
    try {
      reading.saved(await saveProfile(auth, what === 'removeName' ? { nickname: null } : { avatar: null }))
      forget(what === 'removeName' ? 'nickname' : 'picture')
      change(CALM)
      fill()
    } catch (thrown) {
      fail(thrown, what)
    }
  }

  const deeds: Record<Deed, () => void> = {
    '': () => {},
    retry: () => {
      if (local.failed === 'save') void save(draft().nickname ?? '')
      else if (local.failed) void removeNow(local.failed)
    },
    copy: () => ports.copy(view.facts.join('\n')),
    read: ports.read,
    rename: ports.focus,
  }

  let isRestoring = auth.state.status === 'restoring'
  let before = user()
  const heard = (): void => {
    const { status } = auth.state
    const isRestored = isRestoring && status === 'signedIn'
    isRestoring = isRestoring && status === 'restoring'
    const now = user()
    const isAnother = before?.id !== now?.id
    const isRenamed = before?.nickname !== now?.nickname
    before = now
    if (isAnother) turn += 1
    change(isAnother ? CALM : {})
    if (isAnother || (isRenamed && draft().nickname === undefined)) fill()
    if (isRestored) void reading.read()
  }
  const unsubscribe = auth.onChange(heard)
  show(view)
  fill()

  return {
    shown() {
      // Another device may have changed it, or WeChat's check may be through. What a save answers is newer.
      if (user() && !local.busy) void reading.read()
    },
    async signIn() {
      if (local.busy) return
      change({ ...CALM, busy: 'signIn' })
      try {
        await auth.signIn()
        change(CALM)
      } catch (thrown) {
        fail(thrown)
      }
    },
    typed(here) {
      if (here === (draft().nickname ?? user()?.nickname ?? '')) return
      keep({ nickname: here })
      // What was said of the name before is not about this one.
      change({ isSaved: false, notice: undefined, ...(local.failure?.code === 'PROFILE_REJECTED' ? CALM : {}) })
    },
    reviewed({ pass, timeout }) {
      if (pass || timeout) return // our server looks as well, and decides
      if (draft().nickname === undefined) return fill() // it was saved meanwhile: the server has decided
      keep({ nickname: '' })
      if (!local.busy) tell('review')
    },
    async chosen(path) {
      turn += 1
      const mine = turn
      const facts = await pictures.look(path)
      if (mine !== turn || isClosed) return
      if (!facts?.type) return tell('type')
      const { type, size } = facts
      if (size > MAX_BYTES) return tell('size')
      keep({ picture: { path, facts: { type, size } } })
      change(local.busy ? {} : CALM)
    },
    given({ isNothing }) {
      if (isNothing) return tell('anonymous')
      reading.saved(userIn(auth.state))
      forget('nickname', 'picture')
      change(CALM)
      fill()
    },
    failed: (failure) => change({ ...CALM, failure }),
    broken(src) {
      if (draft().picture?.path !== src || local.busy) return
      forget('picture')
      change({})
    },
    save,
    async remove(what) {
      if (!local.busy && (await ports.confirm(what))) await removeNow(what)
    },
    act: (deed) => deeds[deed](),
    close() {
      isClosed = true
      turn += 1
      unsubscribe()
    },
  }
}
