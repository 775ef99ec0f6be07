import { EditorView } from "@codemirror/view"

/** The editor drawn with the studio's tokens; light and dark come from the tokens themselves. */
export const nxmlLook = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", backgroundColor: "var(--nx-surface)", color: "var(--nx-ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--nx-mono)", lineHeight: "1.65", fontVariantLigatures: "none" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--nx-accent)" },
  ".cm-line": { padding: "0 16px 0 8px" },
  ".cm-cursor": { borderLeftColor: "var(--nx-accent)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--nx-ink-faint)", border: "none", paddingLeft: "6px" },
  ".cm-activeLine": { backgroundColor: "color-mix(in oklab, var(--nx-accent) 5%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--nx-ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": {
    backgroundColor: "color-mix(in oklab, var(--nx-accent) 22%, transparent) !important",
  },
  "&.cm-focused .cm-matchingBracket, .cm-matchingBracket": { backgroundColor: "var(--nx-accent-soft)" },
  "&.cm-focused .cm-nonmatchingBracket, .cm-nonmatchingBracket": { backgroundColor: "var(--nx-wrong-soft)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--nx-wrong) 1px",
    textUnderlineOffset: "4px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--nx-careful) 1px",
    textUnderlineOffset: "4px",
  },
  ".cm-tooltip": {
    border: "1px solid var(--nx-line)",
    borderRadius: "8px",
    backgroundColor: "var(--nx-raised)",
    color: "var(--nx-ink)",
    boxShadow: "var(--nx-shadow-float)",
    overflow: "hidden",
  },
  ".cm-tooltip .cm-tooltip-arrow": { display: "none" },
  ".cm-diagnostic": { padding: "8px 12px", fontFamily: "var(--nx-font)", fontSize: "13px", maxWidth: "440px" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--nx-wrong)" },
  ".cm-diagnostic-warning": { borderLeft: "3px solid var(--nx-careful)" },
  ".cm-diagnosticAction": {
    margin: "6px 0 0",
    padding: "2px 8px",
    borderRadius: "6px",
    backgroundColor: "var(--nx-accent)",
    color: "var(--nx-on-accent)",
    font: "500 12px/18px var(--nx-font)",
  },
  ".cm-tooltip-autocomplete ul": { fontFamily: "var(--nx-mono)", fontSize: "12.5px", maxHeight: "18em" },
  ".cm-tooltip-autocomplete ul li": { padding: "3px 10px !important" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--nx-accent-soft)",
    color: "var(--nx-ink)",
  },
  ".cm-completionDetail": { color: "var(--nx-ink-faint)", fontStyle: "normal", marginLeft: "10px" },
  ".cm-completionMatchedText": { textDecoration: "none", color: "var(--nx-accent)", fontWeight: "600" },
  ".cm-completionInfo": { padding: "8px 12px", font: "13px/19px var(--nx-font)", maxWidth: "320px" },
  ".cm-nexus-code": { display: "block", marginTop: "2px", color: "var(--nx-ink-faint)", fontSize: "12px" },
})
