/// The demonstration: WordNet in tables, asked in three languages.
@NullMarked
package io.sabot.shell.demo;

import org.jspecify.annotations.NullMarked;
