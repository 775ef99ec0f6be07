import { ACCOUNT } from "./german/account.ts"
import { ASSISTANT } from "./german/assistant.ts"
import { AUDIT } from "./german/audit.ts"
import { CANVAS } from "./german/canvas.ts"
import { CATALOGUE } from "./german/catalogue.ts"
import { COMMENTS } from "./german/comments.ts"
import { CONFLICTS } from "./german/conflicts.ts"
import { CONNECT } from "./german/connect.ts"
import { DEEDS } from "./german/deeds.ts"
import { DIRECT } from "./german/direct.ts"
import { EDITOR } from "./german/editor.ts"
import { EMBED } from "./german/embed.ts"
import { EVENTS } from "./german/events.ts"
import { FACTS } from "./german/facts.ts"
import { FINDINGS } from "./german/findings.ts"
import { GALLERY } from "./german/gallery.ts"
import { GRAPH } from "./german/graph.ts"
import { HISTORY } from "./german/history.ts"
import { HOME } from "./german/home.ts"
import { INBOX } from "./german/inbox.ts"
import { INSPECTOR } from "./german/inspector.ts"
import { INSTALL } from "./german/install.ts"
import { LOG } from "./german/log.ts"
import { OPERATOR } from "./german/operator.ts"
import { PERMISSIONS } from "./german/permissions.ts"
import { PHONE } from "./german/phone.ts"
import { PICTURES } from "./german/pictures.ts"
import { REFUSALS } from "./german/refusals.ts"
import { REVIEW } from "./german/review.ts"
import { RUNNER } from "./german/runner.ts"
import { RUNS } from "./german/runs.ts"
import { SHARE } from "./german/share.ts"
import { SHORTCUTS } from "./german/shortcuts.ts"
import { TABLES } from "./german/tables.ts"
import { TIMELINE } from "./german/timeline.ts"
import { TOUR } from "./german/tour.ts"
import { UI } from "./german/ui.ts"
import { VERSIONS } from "./german/versions.ts"
import { WORKSPACE } from "./german/workspace.ts"

/** The studio in German: each English message and what stands for it, folder by folder; a message of several folders stands with the first. What is missing or left over is found by a test, not by a reader. */
export const GERMAN: Readonly<Record<string, string>> = {
  ...ACCOUNT,
  ...ASSISTANT,
  ...AUDIT,
  ...CANVAS,
  ...CATALOGUE,
  ...COMMENTS,
  ...CONFLICTS,
  ...CONNECT,
  ...DIRECT,
  ...EDITOR,
  ...EMBED,
  ...GALLERY,
  ...GRAPH,
  ...HISTORY,
  ...HOME,
  ...INBOX,
  ...INSPECTOR,
  ...INSTALL,
  ...LOG,
  ...OPERATOR,
  ...PERMISSIONS,
  ...PHONE,
  ...PICTURES,
  ...REVIEW,
  ...RUNNER,
  ...RUNS,
  ...SHARE,
  ...SHORTCUTS,
  ...TABLES,
  ...TIMELINE,
  ...TOUR,
  ...UI,
  ...VERSIONS,
  ...WORKSPACE,
}

/** What the components of panels say themselves; apart from the studio's own words, which may mean something else. */
export { COMPONENTS } from "./german/components.ts"

/** What other packages say: the studio does not ask for these, it recognises them. */
export const OTHERS: Readonly<Record<string, string>> = { ...DEEDS, ...EVENTS, ...FACTS, ...FINDINGS, ...REFUSALS }
