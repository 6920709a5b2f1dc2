/// The openCypher front-end: text in, logical plan out.
///
/// `syntax` reads the text into the records of `ast`, `check` refuses what has no meaning, `lower`
/// writes the plan. The generated parser in `grammar` is seen by `syntax` only.
@NullMarked
package io.sabot.parser.cypher;

import org.jspecify.annotations.NullMarked;
