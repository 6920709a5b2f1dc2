/// Files for rows that do not fit in the memory of a query: one directory a process, one below it a
/// query, and in it files of blocks of columns. `docs/design/0011-spilling.md` has the layout.
@NullMarked
package io.sabot.exec.spill;

import org.jspecify.annotations.NullMarked;
