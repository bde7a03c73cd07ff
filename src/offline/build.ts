/** What the worker is told of the build that it belongs to. */
export interface Build {
  /** Changes with every file of the app. Stands in the page, too: `<meta name="parley-version">`. */
  version: string
  /** Paths that a call needs, or may need when there is no server: fetched ahead. The page is `/`. */
  ahead: readonly string[]
  /** Paths that are kept from when they were used. */
  later: readonly string[]
}
