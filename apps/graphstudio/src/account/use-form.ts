import { type FormEvent, useState } from "react"
import { sentence } from "../connect/sentence.ts"

interface Form {
  readonly busy: boolean
  readonly error: string | undefined
  submit(event: FormEvent<HTMLFormElement>): Promise<void>
}

/** A form whose fields `act` gets as texts; it is emptied when that worked, and says why when it did not. */
export function useForm(act: (text: (name: string) => string) => Promise<unknown>): Form {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  return {
    busy,
    error,
    async submit(event) {
      event.preventDefault()
      const form = event.currentTarget
      const fields = new FormData(form)
      setBusy(true)
      setError(undefined)
      try {
        await act((name) => String(fields.get(name) ?? ""))
        form.reset()
      } catch (cause) {
        setError(sentence(cause))
      }
      setBusy(false)
    },
  }
}
