/** The mark: two panels and the line between them. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--nx-accent)" />
      <g fill="none" stroke="var(--nx-on-accent)" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M9 23V9l14 14V9" />
      </g>
      <circle cx="9" cy="23" r="2.6" fill="var(--nx-on-accent)" />
      <circle cx="23" cy="9" r="2.6" fill="var(--nx-on-accent)" />
    </svg>
  )
}
