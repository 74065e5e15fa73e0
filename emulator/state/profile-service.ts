// What each app's avatar sheets, nickname reviews and user information end with.

import type { Table, Tables } from '../ports'
import type { ProfileService } from '../profile'

export interface ProfileServices {
  get(appid: string): ProfileService
  set(appid: string, changes: Partial<ProfileService>): void
  /** What the person answered to the dialog about their user information; undefined when never asked. */
  scope(account: string, appid: string): boolean | undefined
  setScope(account: string, appid: string, granted: boolean): void
}

const FIRST_DAY: ProfileService = { avatar: 'ask', nickname: 'check', userInfo: 'anonymous' }

export function createProfileServices(tables: Tables): ProfileServices {
  const services: Table<ProfileService> = tables.table('weixin.profile-service')
  const scopes: Table<boolean> = tables.table('weixin.scope-user-info')
  const id = (account: string, appid: string) => `${appid} ${account}`
  const get = (appid: string) => services.get(appid) ?? FIRST_DAY
  return {
    get,
    set: (appid, changes) => services.set(appid, { ...get(appid), ...changes }),
    scope: (account, appid) => scopes.get(id(account, appid)),
    setScope: (account, appid, granted) => scopes.set(id(account, appid), granted),
  }
}
