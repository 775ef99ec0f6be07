import type { OwnAccount } from "./accounts.ts"
import type { People } from "./people.ts"
import type { SecondFactor } from "./second-factor.ts"
import type { Sessions } from "./sessions.ts"

interface OwnAccountParts {
  readonly people: People
  readonly sessions: Sessions
  readonly secondFactor: SecondFactor
}

/**
 * What a person changes about their own account. A signed-in page is not enough for what would lock its owner out: the
 * password is asked for again, and the code too where the second step is turned off. Whoever else was signed in is out
 * afterwards, since it may be for them that it was changed.
 */
export function createOwnAccount({ people, sessions, secondFactor }: OwnAccountParts): OwnAccount {
  return {
    confirmPassword: (userId, password) => people.confirm(userId, password),
    async erase(userId) {
      await sessions.endAll(userId, undefined)
      await people.remove(userId)
    },
    rename: (userId, name) => people.rename(userId, name),
    preferencesOf: (userId) => people.preferencesOf(userId),
    async savePreferences(userId, chosen) {
      const preferences = { ...(await people.preferencesOf(userId)), ...chosen }
      await people.keepPreferences(userId, preferences)
      return preferences
    },
    async changeEmail(userId, { email, password }) {
      await people.confirm(userId, password)
      return people.changeEmail(userId, email)
    },
    async changePassword(userId, { current, password, session }) {
      await people.confirm(userId, current, "current")
      await people.setPassword(userId, password)
      return sessions.endAll(userId, session)
    },
    sessionsOf: (userId, current) => sessions.list(userId, current),
    endSession: (userId, sessionId) => sessions.end(userId, sessionId),
    async logoutEverywhere(userId, except) {
      await sessions.endAll(userId, except)
    },
    secondFactorOf: (userId) => secondFactor.read(userId),
    async enrolSecondFactor(userId, password) {
      await people.confirm(userId, password)
      const user = await people.find(userId)
      return secondFactor.enrol(userId, user?.email || user?.name || userId)
    },
    async confirmSecondFactor(userId, code, session) {
      const recoveryCodes = await secondFactor.confirm(userId, code)
      await sessions.endAll(userId, session)
      return { recoveryCodes }
    },
    async renewRecoveryCodes(userId, code) {
      await secondFactor.take(userId, code)
      return { recoveryCodes: await secondFactor.renewRecoveryCodes(userId) }
    },
    async disableSecondFactor(userId, { password, code }) {
      await people.confirm(userId, password)
      await secondFactor.take(userId, code)
      await secondFactor.remove(userId)
    },
  }
}
