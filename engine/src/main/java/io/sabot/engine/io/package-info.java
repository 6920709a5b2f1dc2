/// Import and export: RDF through Jena RIOT, tables from CSV.
@NullMarked
package io.sabot.engine.io;

import org.jspecify.annotations.NullMarked;
