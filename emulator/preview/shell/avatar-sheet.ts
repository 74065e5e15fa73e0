// The sheet of chooseAvatar: the face on WeChat, the album with a way to the tester's own pictures, the camera.

import type { AvatarSource, OfferedPicture } from '../../profile'
import { make, makeButton } from './dom'
import type { Words } from './words'

export type AvatarChoice = { choose: AvatarSource | 'cancel' } | { own: File }

export const avatarSheet = (
  words: Words,
  pictures: readonly OfferedPicture[],
  answer: (choice: AvatarChoice) => void,
): HTMLElement => {
  const cancel = () => makeButton('item cancel', words.cancel, () => answer({ choose: 'cancel' }))
  const sheet = make('section', { className: 'sheet avatar-sheet', role: 'dialog', 'aria-label': words.avatarTitle })
  const row = (text: string, act: () => void, picture?: OfferedPicture): HTMLElement => {
    const button = makeButton('item', '', act)
    if (picture?.preview !== undefined) button.append(thumbnail(picture.preview))
    button.append(make('span', { text }))
    return button
  }
  const album = (): void => {
    const grid = make('div', { className: 'pictures' })
    for (const picture of pictures.filter(({ source }) => source.startsWith('album:')))
      grid.append(albumPicture(words, picture, () => answer({ choose: picture.source })))
    sheet.replaceChildren(
      make('p', { className: 'alert', text: words.avatarAlbum }),
      grid,
      ownPicture(words, answer),
      cancel(),
    )
  }
  const weixin = pictures.find(({ source }) => source === 'weixin')
  sheet.append(
    make('p', { className: 'alert', text: words.avatarTitle }),
    row(words.avatarWeixin, () => answer({ choose: 'weixin' }), weixin),
    row(words.avatarAlbum, album),
    row(words.avatarCamera, () => answer({ choose: 'camera' })),
    cancel(),
  )
  return sheet
}

const thumbnail = (src: string): HTMLElement => make('img', { className: 'thumbnail', src, alt: '' })

const albumPicture = (words: Words, { source, preview, bytes }: OfferedPicture, take: () => void): HTMLElement => {
  const name = source.slice('album:'.length)
  const button = makeButton('picture', '', take)
  button.dataset['picture'] = name
  button.append(
    preview === undefined ? make('i', { className: 'thumbnail', text: sizeOf(bytes) }) : thumbnail(preview),
    make('span', { text: words.avatarPictures[name] ?? name }),
  )
  return button
}

/** A field for files is the one thing a browser lets a page open the tester's own pictures with. */
const ownPicture = (words: Words, answer: (choice: AvatarChoice) => void): HTMLElement => {
  const field = make('input', { type: 'file', accept: 'image/*' })
  field.addEventListener('change', () => {
    const file = field.files?.[0]
    if (file) answer({ own: file })
  })
  return make('label', { className: 'item own-picture' }, [make('span', { text: words.avatarOwn }), field])
}

const sizeOf = (bytes: number): string => {
  const megabytes = bytes / 1024 / 1024
  return megabytes >= 1 ? `${megabytes.toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} KB`
}
