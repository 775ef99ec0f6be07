/** Every page of a list, one after the other: `for await (const { members } of pagesOf(api.listMembers, { params }))`. */
export async function* pagesOf<Request extends { readonly query?: object }, Answer extends { readonly next?: string }>(
  list: (request: Request) => Promise<Answer>,
  request: Request,
): AsyncGenerator<Answer> {
  let answer = await list(request)
  yield answer
  while (answer.next !== undefined) {
    answer = await list({ ...request, query: { ...request.query, cursor: answer.next } })
    yield answer
  }
}
