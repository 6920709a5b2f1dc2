/// Random questions that SQL, openCypher and SPARQL can all ask of the same rows, and the test that
/// their answers agree.
@NullMarked
package io.sabot.engine.triangle;

import org.jspecify.annotations.NullMarked;
