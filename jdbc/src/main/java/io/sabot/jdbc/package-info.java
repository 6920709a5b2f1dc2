/// The embedded JDBC driver: `jdbc:sabot:PATH`. See `docs/reference/jdbc.md` and
/// `docs/design/0007-jdbc.md`.
@NullMarked
package io.sabot.jdbc;

import org.jspecify.annotations.NullMarked;
