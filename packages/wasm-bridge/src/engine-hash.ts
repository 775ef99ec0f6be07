/** The SHA-256 of the interpreter that the suite was run against; images are only good for this one. */
export const ENGINE_SHA256 = "d4c9375f2b1ca4dc95f72c8aa2982a7a9951ac8011490d79c6582df732b4bbd9"
