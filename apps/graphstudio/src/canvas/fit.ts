/** How everything is brought on screen: clear of the rail on the left and the controls below, and never enlarged. */
export const FIT = {
  padding: { top: "28px", right: "64px", bottom: "76px", left: "72px" },
  maxZoom: 1,
} as const
