/** One section of a manual: what stands under one heading, up to the next. */
export interface ManualSection {
  /** Stable and unique, from the document and the heading: `configuration#keys`. */
  readonly id: string;
  /** The heading's text, without markup. */
  readonly title: string;
  /** Where it stands: `Configuration > Keys`. */
  readonly path: string;
  /** The section's Markdown, without its heading. */
  readonly body: string;
  /** Other words that readers ask with; searched, never shown. */
  readonly keywords: string;
}
