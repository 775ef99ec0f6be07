import { create } from "zustand"

/** Whose view of the canvas this screen goes along with; kept nowhere. */
interface Follow {
  readonly person: { readonly id: string; readonly name: string } | undefined
}

export const useFollow = create<Follow>(() => ({ person: undefined }))

export const follow = {
  /** Begins, or ends with the same person. */
  toggle: (id: string, name: string) =>
    useFollow.setState(({ person }) => ({ person: person?.id === id ? undefined : { id, name } })),
  stop: () => useFollow.setState({ person: undefined }),
}
