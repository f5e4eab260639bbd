/** Ways to keep a reference and a secret: copy, print, or a picture, which in-app browsers save by a long press (DESIGN 4.9). */
import { useEffect, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { drawPicture, type Keepsake } from './picture.js'

/** Words of the buttons and what they say when done. */
export interface KeepSafeTexts {
  copy: string
  copied: string
  copyFailed: string
  print: string
  picture: string
  pictureAlt: string
  pictureHold: string
  pictureSave: string
}

/** Whether an app shows the page inside itself: LINE, Zalo, Facebook, WeChat. There `print` and downloads do nothing. */
export function isInAppBrowser(userAgent: string): boolean {
  return /\bLine\/|Zalo|FBA[NV]|FB_IAB|Instagram|MicroMessenger|; wv\)/.test(userAgent)
}

/** The buttons. `keepsake` is what is kept; its lines are copied as text. */
export function KeepSafe({ keepsake, texts }: { keepsake: Keepsake; texts: KeepSafeTexts }): JSX.Element {
  const [said, say] = useState('')
  const [picture, setPicture] = useState('')
  const inApp = isInAppBrowser(navigator.userAgent)
  useEffect(() => () => URL.revokeObjectURL(picture), [picture])
  const copy = async (): Promise<void> => {
    const text = [
      keepsake.title,
      ...keepsake.lines.map((line) => `${line.label}: ${line.value}`),
      keepsake.foot,
    ]
    say((await copyText(text.join('\n'))) ? texts.copied : texts.copyFailed)
  }
  const draw = async (): Promise<void> => setPicture(URL.createObjectURL(await drawPicture(keepsake)))
  return (
    <div class="keep-safe">
      <div class="buttons">
        <button type="button" class="plain" onClick={() => void copy()}>
          {texts.copy}
        </button>
        <button type="button" class="plain" onClick={() => void draw()}>
          {texts.picture}
        </button>
        {!inApp && (
          <button type="button" class="plain" onClick={() => window.print()}>
            {texts.print}
          </button>
        )}
      </div>
      <p role="status">{said}</p>
      {picture && (
        <figure>
          <figcaption>{texts.pictureHold}</figcaption>
          <img src={picture} alt={texts.pictureAlt} />
          {!inApp && (
            <a class="button" href={picture} download={`${keepsake.file}.png`}>
              {texts.pictureSave}
            </a>
          )}
        </figure>
      )}
    </div>
  )
}

/** Copies a text; in-app browsers often lack the clipboard API, and then the old way is tried. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.setAttribute('readonly', '')
    area.className = 'offscreen'
    const focused = document.activeElement
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    if (focused instanceof HTMLElement) focused.focus()
    return done
  }
}
