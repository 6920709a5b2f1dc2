/// One execution of one query: its snapshot, memory, parameters, time limit and workers.
@NullMarked
package io.sabot.exec.run;

import org.jspecify.annotations.NullMarked;
