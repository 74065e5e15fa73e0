// The table of calls. A new call is a file beside this one and a line in it; the compiler asks for both.
import type { Call } from '../../typings/contract'
import type { CallOf } from '../core/call'
import { avatarUpload } from './avatar-upload'
import { deleteAccount } from './delete-account'
import { login } from './login'
import { phone } from './phone'
import { profile } from './profile'
import { sessions } from './sessions'
import { signOut } from './sign-out'
import { userInfo } from './user-info'

export const calls: { [K in Call]: CallOf<K> } = {
  login,
  profile,
  phone,
  avatarUpload,
  userInfo,
  sessions,
  signOut,
  deleteAccount,
}
