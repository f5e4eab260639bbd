/** A step that can't be taken back: asked once more, in place, without a dialogue that a small screen would cut off. */
import type { Child } from 'hono/jsx'
import { useEffect, useRef, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'

export function Confirm({
  ask,
  confirm,
  cancel,
  busy,
  onConfirm,
  children,
}: {
  /** Word of the first button. */
  ask: string
  /** Word of the second, which does it. */
  confirm: string
  cancel: string
  busy: boolean
  onConfirm: () => void
  /** Said between the two. */
  children?: Child
}): JSX.Element {
  const [asking, setAsking] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  const second = useRef<HTMLButtonElement>(null)
  const wasAsking = useRef(false)
  useEffect(() => {
    if (asking) second.current?.focus()
    else if (wasAsking.current) first.current?.focus()
    wasAsking.current = asking
  }, [asking])
  // Not `disabled`, which would drop the focus.
  const disabled = busy ? 'true' : undefined
  if (!asking)
    return (
      <button
        type="button"
        class="plain"
        ref={first}
        aria-disabled={disabled}
        onClick={() => {
          if (!busy) setAsking(true)
        }}
      >
        {ask}
      </button>
    )
  return (
    <div class="confirm">
      {children}
      <div class="buttons">
        <button
          type="button"
          ref={second}
          aria-disabled={disabled}
          onClick={() => {
            if (busy) return
            setAsking(false)
            onConfirm()
          }}
        >
          {confirm}
        </button>
        <button type="button" class="plain" onClick={() => setAsking(false)}>
          {cancel}
        </button>
      </div>
    </div>
  )
}
